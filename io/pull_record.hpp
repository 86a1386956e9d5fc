#pragma once

#include "engine/core/describe.hpp"
#include "io/diagnostics.hpp"

namespace foramen::io {

/// Reads a recorded pull: CSV whose header names a time and a force with their units, in any order, among other columns.
///
///     time [s],force [N]
///     0.0,0.0
///
/// Times are shifted so that the first is 0. Lines that begin with # are passed over.
/// @param file   source number of the CSV text; problems are reported there, under `field`
/// @return       empty columns when something was reported
[[nodiscard]] engine::MeasuredCurve read_pull_record(int file, const std::string& field, Diagnostics& diagnostics);

}  // namespace foramen::io
