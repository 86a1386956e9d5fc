#include <fmt/format.h>
#include <hpdf.h>

#include <algorithm>
#include <array>
#include <memory>
#include <sstream>
#include <type_traits>

#include "io/result_file.hpp"
#include "io/study/document.hpp"

namespace foramen::io {

namespace {

constexpr float page_width = 595.0F, page_height = 842.0F, margin = 50.0F;  // A4, points

void refuse(HPDF_STATUS error, HPDF_STATUS detail, void*) { throw FileError(fmt::format("the PDF cannot be written: libharu {:#x}, {}", error, detail)); }

/// The Latin-1 of a UTF-8 text; what it has not is a question mark.
std::string latin(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x80) {
            out += text[i];
        } else if ((c == 0xC2 || c == 0xC3) && i + 1 < text.size()) {
            out += static_cast<char>((c == 0xC3 ? 0x40 : 0x00) | static_cast<unsigned char>(text[++i]));
        } else if ((c & 0xC0) != 0x80) {
            out += '?';
        }
    }
    return out;
}

/// Writes from the top of a page down, and begins the next page where there is no room.
class PdfWriter {
public:
    PdfWriter() : document_(HPDF_New(refuse, nullptr), &HPDF_Free) {
        if (!document_) throw FileError("the PDF cannot be begun");
        HPDF_SetCompressionMode(document_.get(), HPDF_COMP_ALL);
        plain_ = HPDF_GetFont(document_.get(), "Helvetica", "WinAnsiEncoding");
        bold_ = HPDF_GetFont(document_.get(), "Helvetica-Bold", "WinAnsiEncoding");
        mono_ = HPDF_GetFont(document_.get(), "Courier", "WinAnsiEncoding");
        new_page();
    }

    void title(const std::string& text) { words(text, bold_, 18.0F, 8.0F); }
    void operator()(const Document::Heading& h) {
        room(50.0F);
        y_ -= 8.0F;
        words(h.text, bold_, h.level == 1 ? 13.0F : 11.0F, 4.0F);
    }
    void operator()(const Document::Paragraph& p) { words(p.text, plain_, 9.5F, 5.0F); }
    void operator()(const Document::Preformatted& p) {
        std::istringstream lines(p.text);
        for (std::string line; std::getline(lines, line);) words(line, mono_, 6.5F, 0.0F);
        y_ -= 5.0F;
    }
    void operator()(const Document::Table& t) {
        const std::vector<float> widths = column_widths(t);
        row(t.header, widths, bold_);
        for (const auto& cells : t.rows) row(cells, widths, plain_);
        y_ -= 6.0F;
    }
    void operator()(const Document::Drawing& d) {
        scale_ = std::min(1.0F, (page_width - 2.0F * margin) / static_cast<float>(d.figure.width));
        const float height = scale_ * static_cast<float>(d.figure.height);
        room(height + 20.0F);
        top_ = y_;
        for (const auto& part : d.figure.parts) std::visit([this](const auto& p) { draw(p); }, part);
        y_ -= height + 4.0F;
        words(d.caption, plain_, 8.0F, 6.0F);
    }

    [[nodiscard]] std::string text() {
        HPDF_SaveToStream(document_.get());
        std::string bytes(HPDF_GetStreamSize(document_.get()), '\0');
        auto size = static_cast<HPDF_UINT32>(bytes.size());
        HPDF_ReadFromStream(document_.get(), reinterpret_cast<HPDF_BYTE*>(bytes.data()), &size);
        bytes.resize(size);
        return bytes;
    }

private:
    void new_page() {
        page_ = HPDF_AddPage(document_.get());
        HPDF_Page_SetSize(page_, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
        y_ = page_height - margin;
    }
    void room(float height) {
        if (y_ - height < margin) new_page();
    }
    void put(const std::string& line, HPDF_Font font, float size, float x, float y) {
        HPDF_Page_BeginText(page_);
        HPDF_Page_SetFontAndSize(page_, font, size);
        HPDF_Page_TextOut(page_, x, y, line.c_str());
        HPDF_Page_EndText(page_);
    }
    float width_of(const std::string& text, HPDF_Font font, float size) {
        HPDF_Page_SetFontAndSize(page_, font, size);
        return HPDF_Page_TextWidth(page_, text.c_str());
    }
    /// The text in lines no wider than `width`; a word that is wider is cut.
    std::vector<std::string> wrapped(const std::string& text, HPDF_Font font, float size, float width) {
        std::vector<std::string> lines{""};
        std::istringstream stream(latin(text));
        for (std::string word; stream >> word;) {
            const std::string longer = lines.back().empty() ? word : lines.back() + " " + word;
            if (width_of(longer, font, size) <= width) {
                lines.back() = longer;
                continue;
            }
            if (!lines.back().empty()) lines.emplace_back();
            while (word.size() > 1 && width_of(word, font, size) > width) {
                std::size_t fits = word.size() - 1;
                while (fits > 1 && width_of(word.substr(0, fits), font, size) > width) --fits;
                lines.back() = word.substr(0, fits);
                lines.emplace_back();
                word.erase(0, fits);
            }
            lines.back() = word;
        }
        return lines;
    }
    void words(const std::string& text, HPDF_Font font, float size, float after) {
        for (const std::string& line : wrapped(text, font, size, page_width - 2.0F * margin)) {
            room(1.3F * size);
            y_ -= 1.3F * size;
            put(line, font, size, margin, y_);
        }
        y_ -= after;
    }
    std::vector<float> column_widths(const Document::Table& t) {
        std::vector<float> widths;
        for (std::size_t j = 0; j < t.header.size(); ++j) {
            float width = width_of(latin(t.header[j]), bold_, table_size);
            for (const auto& row : t.rows)
                if (j < row.size()) width = std::max(width, width_of(latin(row[j]), plain_, table_size));
            widths.push_back(std::min(width, 190.0F) + 2.0F * pad);
        }
        float all = 0.0F;
        for (const float width : widths) all += width;
        const float fit = std::min(1.0F, (page_width - 2.0F * margin) / all);
        for (float& width : widths) width *= fit;
        return widths;
    }
    void row(const std::vector<std::string>& cells, const std::vector<float>& widths, HPDF_Font font) {
        std::vector<std::vector<std::string>> lines;
        std::size_t most = 1;
        for (std::size_t j = 0; j < cells.size() && j < widths.size(); ++j) {
            lines.push_back(wrapped(cells[j], font, table_size, widths[j] - 2.0F * pad));
            most = std::max(most, lines.back().size());
        }
        const float height = 1.25F * table_size * static_cast<float>(most) + 2.0F * pad;
        room(height);
        float x = margin;
        for (std::size_t j = 0; j < lines.size(); ++j) {
            HPDF_Page_SetLineWidth(page_, 0.3F);
            HPDF_Page_SetRGBStroke(page_, 0.7F, 0.7F, 0.7F);
            HPDF_Page_Rectangle(page_, x, y_ - height, widths[j], height);
            HPDF_Page_Stroke(page_);
            for (std::size_t k = 0; k < lines[j].size(); ++k)
                put(lines[j][k], font, table_size, x + pad, y_ - pad - 1.25F * table_size * static_cast<float>(k + 1) + 2.0F);
            x += widths[j];
        }
        y_ -= height;
    }

    [[nodiscard]] float x_of(double x) const { return margin + scale_ * static_cast<float>(x); }
    [[nodiscard]] float y_of(double y) const { return top_ - scale_ * static_cast<float>(y); }
    /// "#1b7f5c" as three shares.
    static std::array<float, 3> shares(std::string_view colour) {
        std::array<float, 3> rgb{};
        for (std::size_t k = 0; k < 3; ++k) rgb[k] = static_cast<float>(std::stoi(std::string(colour.substr(1 + 2 * k, 2)), nullptr, 16)) / 255.0F;
        return rgb;
    }
    void draw(const Figure::Line& l) {
        const auto [r, g, b] = shares(l.colour);
        HPDF_Page_SetRGBStroke(page_, r, g, b);
        HPDF_Page_SetLineWidth(page_, scale_ * static_cast<float>(l.width));
        HPDF_Page_MoveTo(page_, x_of(l.x1), y_of(l.y1));
        HPDF_Page_LineTo(page_, x_of(l.x2), y_of(l.y2));
        HPDF_Page_Stroke(page_);
    }
    void draw(const Figure::Bar& b) {
        fill(b.colour);
        HPDF_Page_Rectangle(page_, x_of(b.x), y_of(b.y + b.height), scale_ * static_cast<float>(b.width), scale_ * static_cast<float>(b.height));
        HPDF_Page_Fill(page_);
        fill("#000000");
    }
    void draw(const Figure::Dot& d) {
        fill(d.colour);
        HPDF_Page_Circle(page_, x_of(d.x), y_of(d.y), scale_ * static_cast<float>(d.radius));
        HPDF_Page_Fill(page_);
        fill("#000000");
    }
    void draw(const Figure::Words& w) {
        const std::string text = latin(w.text);
        const float size = 11.0F * scale_, width = width_of(text, plain_, size);
        const float back = w.anchor == Figure::Anchor::start ? 0.0F : w.anchor == Figure::Anchor::middle ? 0.5F * width : width;
        put(text, plain_, size, x_of(w.x) - back, y_of(w.y));
    }
    void fill(std::string_view colour) {
        const auto [r, g, b] = shares(colour);
        HPDF_Page_SetRGBFill(page_, r, g, b);
    }

    static constexpr float table_size = 7.5F, pad = 2.5F;
    std::unique_ptr<std::remove_pointer_t<HPDF_Doc>, decltype(&HPDF_Free)> document_;
    HPDF_Font plain_ = nullptr, bold_ = nullptr, mono_ = nullptr;
    HPDF_Page page_ = nullptr;
    float y_ = 0.0F, top_ = 0.0F, scale_ = 1.0F;
};

}  // namespace

std::string pdf_text(const Document& document) {
    PdfWriter writer;
    writer.title(document.title);
    for (const auto& part : document.parts) std::visit(writer, part);
    return writer.text();
}

}  // namespace foramen::io
