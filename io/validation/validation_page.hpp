#pragma once

#include <string>

#include "io/validation/validation.hpp"

namespace foramen::io {

inline constexpr const char* page_begin = "<!-- validation:begin -->";
inline constexpr const char* page_end = "<!-- validation:end -->";

/// Tables of all tests in Markdown: what the page holds between its two marks.
[[nodiscard]] std::string validation_sections(const Validation& all);

/// A page with what stands between its marks replaced; everything written by hand stays.
/// @param name  of the page, for the message  @throws FileError for a page without both marks
[[nodiscard]] std::string with_sections(const std::string& page, const std::string& sections, const std::string& name);

}  // namespace foramen::io
