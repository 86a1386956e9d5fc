#pragma once

#include <string>

#include "io/result_file.hpp"

namespace foramen::io {

/// The table at the end of a run, made from its result file alone: pressures, heights, foramina, loads of each level before,
/// during and after the pull; of a test in the laboratory the ranges of motion, displacements and pressures.
[[nodiscard]] std::string summarize(const ResultFile& result);

}  // namespace foramen::io
