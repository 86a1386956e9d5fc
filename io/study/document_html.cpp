#include <fmt/format.h>

#include "io/study/document.hpp"

namespace foramen::io {

namespace {

constexpr const char* style =
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "h1,h2{line-height:1.2}h1{font-size:1.7rem}h2{font-size:1.25rem;margin-top:2rem;border-bottom:1px solid #ccc}h3{font-size:1rem}"
    "div.t{overflow-x:auto}table{border-collapse:collapse;font-size:13px}td,th{border:1px solid #ccc;padding:2px 7px;text-align:left;vertical-align:top}"
    "th{background:#f2f3f5}pre{background:#f6f7f9;padding:.7rem;overflow-x:auto;font-size:12px}svg{max-width:100%;height:auto}figcaption{font-size:13px;color:#555}"
    "figure{margin:1rem 0}";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else {
            out += c;
        }
    }
    return out;
}

struct SvgPart {
    std::string operator()(const Figure::Line& l) const {
        return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" stroke-width=\"{}\"/>", l.x1, l.y1, l.x2, l.y2, l.colour, l.width);
    }
    std::string operator()(const Figure::Bar& b) const {
        return fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>", b.x, b.y, b.width, b.height, b.colour);
    }
    std::string operator()(const Figure::Dot& d) const {
        return fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"{}\"/>", d.x, d.y, d.radius, d.colour);
    }
    std::string operator()(const Figure::Words& w) const {
        constexpr std::string_view anchors[] = {"start", "middle", "end"};
        return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>", w.x, w.y, anchors[static_cast<std::size_t>(w.anchor)], escaped(w.text));
    }
};

struct HtmlPart {
    std::string operator()(const Document::Heading& h) const { return fmt::format("<h{0}>{1}</h{0}>\n", h.level + 1, escaped(h.text)); }
    std::string operator()(const Document::Paragraph& p) const { return fmt::format("<p>{}</p>\n", escaped(p.text)); }
    std::string operator()(const Document::Preformatted& p) const { return fmt::format("<pre>{}</pre>\n", escaped(p.text)); }
    std::string operator()(const Document::Table& t) const {
        std::string text = "<div class=\"t\"><table><tr>";
        for (const std::string& cell : t.header) text += fmt::format("<th>{}</th>", escaped(cell));
        text += "</tr>\n";
        for (std::size_t i = 0; i < t.rows.size(); ++i) {
            text += "<tr>";
            for (std::size_t j = 0; j < t.rows[i].size(); ++j) {
                const std::string cell = escaped(t.rows[i][j]);
                const bool link = j == 0 && i < t.links.size() && !t.links[i].empty();
                text += link ? fmt::format("<td><a href=\"{}\">{}</a></td>", escaped(t.links[i]), cell) : fmt::format("<td>{}</td>", cell);
            }
            text += "</tr>\n";
        }
        return text + "</table></div>\n";
    }
    std::string operator()(const Document::Drawing& d) const {
        std::string text = fmt::format("<figure><svg viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\" font-family=\"sans-serif\" font-size=\"11\" role=\"img\" aria-label=\"{2}\">",
                                       d.figure.width, d.figure.height, escaped(d.caption));
        for (const auto& part : d.figure.parts) text += std::visit(SvgPart{}, part);
        return text + fmt::format("</svg><figcaption>{}</figcaption></figure>\n", escaped(d.caption));
    }
};

}  // namespace

std::string html_text(const Document& document) {
    std::string text = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{0}</title>"
        "<style>{1}</style></head><body>\n<h1>{0}</h1>\n",
        escaped(document.title), style);
    for (const auto& part : document.parts) text += std::visit(HtmlPart{}, part);
    return text + "</body></html>\n";
}

}  // namespace foramen::io
