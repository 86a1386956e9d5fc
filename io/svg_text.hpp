#pragma once

#include <string>

namespace foramen::io {

/// A text inside XML.
[[nodiscard]] std::string xml_text(const std::string& text);
/// A line of words. @param anchor  start, middle, end
[[nodiscard]] std::string svg_words(double x, double y, const char* anchor, const char* colour, const std::string& text, bool bold = false);
[[nodiscard]] std::string svg_line(double x1, double y1, double x2, double y2, const char* colour, double stroke);

}  // namespace foramen::io
