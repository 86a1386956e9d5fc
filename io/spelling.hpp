#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace foramen::io {

/// Number of letters to insert, remove, replace or swap with a neighbour to make one word of another.
/// Source: Damerau (1964), restricted form.
[[nodiscard]] int edit_distance(std::string_view a, std::string_view b);

[[nodiscard]] bool same_but_case(std::string_view a, std::string_view b);

/// 'did you mean "angle"?' for the nearest word at fewer than three edits, else 'known: a, b, c'.
[[nodiscard]] std::string suggest(std::string_view wrong, const std::vector<std::string>& known);

}  // namespace foramen::io
