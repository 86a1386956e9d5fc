#include "io/svg_text.hpp"

#include <fmt/format.h>

namespace foramen::io {

std::string xml_text(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return out;
}

std::string svg_words(double x, double y, const char* anchor, const char* colour, const std::string& text, bool bold) {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" fill=\"{}\"{}>{}</text>\n", x, y, anchor, colour,
                       bold ? " font-weight=\"bold\"" : "", xml_text(text));
}

std::string svg_line(double x1, double y1, double x2, double y2, const char* colour, double stroke) {
    return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" stroke-width=\"{}\"/>\n", x1,
                       y1, x2, y2, colour, stroke);
}

}  // namespace foramen::io
