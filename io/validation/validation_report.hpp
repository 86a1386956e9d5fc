#pragma once

#include <string>

#include "io/validation/validation.hpp"

namespace foramen::io {

/// The table for people: test, quantity, unit, published, ours and verdict for each anatomy, use, status, source.
[[nodiscard]] std::string validation_table(const Validation& all);
/// "37 targets: 20 in, 4 unclear, 13 missed, 0 not computed"
[[nodiscard]] std::string validation_closing_line(const Validation& all);

/// The table for programs: a row a target and anatomy.
[[nodiscard]] std::string validation_csv(const Validation& all);
[[nodiscard]] std::string validation_json(const Validation& all);

/// "34 (24 to 41)", "7.32 +- 1 to 3.1", "380 +- 20 %": centre and spread as they were published.
[[nodiscard]] std::string published_text(const Target& target);
/// Four digits at most; "-" where nothing was computed.
[[nodiscard]] std::string ours_text(const Ours& ours);
/// "" for a plain number.
[[nodiscard]] std::string unit_text(const Target& target);
/// What a column of an anatomy is headed by: ours, or ours (NAME).
[[nodiscard]] std::string ours_heading(const std::string& anatomy);

}  // namespace foramen::io
