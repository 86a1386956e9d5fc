#pragma once

#include <string>

#include "io/result_file.hpp"

namespace foramen::io {

/// Whether a result is of a test in the laboratory.
[[nodiscard]] bool is_laboratory(const ResultFile& result);

/// The table of such a result: range of motion by level and direction at the largest moment each way, pressures there, and where
/// there is an axial load the displacement, the pressures and the water at its extremes.
[[nodiscard]] std::string summarize_laboratory(const ResultFile& result);

}  // namespace foramen::io
