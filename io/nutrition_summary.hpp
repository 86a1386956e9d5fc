#pragma once

#include <string>

#include "io/result_file.hpp"

namespace foramen::io {

/// Rows of a summary on what the discs' cells live on, a column a disc, and what advection adds to diffusion; empty where the run
/// did not follow solutes. @param title_width  of the rows' first column
[[nodiscard]] std::string nutrition_rows(const ResultFile& result, int title_width);

}  // namespace foramen::io
