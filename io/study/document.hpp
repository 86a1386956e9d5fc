#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace foramen::io {

/// Where the user gave nothing, and nothing stands in its place.
inline constexpr std::string_view not_provided = "NOT PROVIDED";

/// A drawing of lines, bars, dots and words, in a frame with its origin at the upper left. The same in HTML and PDF.
struct Figure {
    struct Line {
        double x1, y1, x2, y2;
        std::string_view colour;
        double width = 1.0;
    };
    struct Bar {
        double x, y, width, height;
        std::string_view colour;
    };
    struct Dot {
        double x, y, radius;
        std::string_view colour;
    };
    enum class Anchor { start, middle, end };
    struct Words {
        double x, y;
        Anchor anchor;
        std::string text;
    };
    double width = 640.0, height = 200.0;
    std::vector<std::variant<Line, Bar, Dot, Words>> parts{};
};

/// A document that is written once and shown as HTML and as PDF.
struct Document {
    struct Heading {
        int level;  ///< 1 or 2
        std::string text;
    };
    struct Paragraph {
        std::string text;
    };
    struct Preformatted {
        std::string text;
    };
    struct Table {
        std::vector<std::string> header;
        std::vector<std::vector<std::string>> rows;
        std::vector<std::string> links{};  ///< of the first cell of each row; empty: none
    };
    struct Drawing {
        std::string caption;
        Figure figure;
    };
    std::string title;
    std::vector<std::variant<Heading, Paragraph, Preformatted, Table, Drawing>> parts{};

    void heading(int level, std::string text) { parts.emplace_back(Heading{level, std::move(text)}); }
    void paragraph(std::string text) { parts.emplace_back(Paragraph{std::move(text)}); }
    void preformatted(std::string text) { parts.emplace_back(Preformatted{std::move(text)}); }
    void table(Table t) { parts.emplace_back(std::move(t)); }
    void drawing(std::string caption, Figure figure) { parts.emplace_back(Drawing{std::move(caption), std::move(figure)}); }
};

/// One page that needs nothing else: no script, no network. The same bytes for the same document.
[[nodiscard]] std::string html_text(const Document& document);

/// A4 pages. The same bytes for the same document. @throws FileError
[[nodiscard]] std::string pdf_text(const Document& document);

}  // namespace foramen::io
