#pragma once

#include <string>
#include <vector>

#include "io/report/packed_data.hpp"
#include "io/result_file.hpp"

namespace foramen::io {

/// Output times that a page plays: all of them, or every n-th and the last where there are more than `most`.
[[nodiscard]] std::vector<int> played_steps(const ResultFile& result, int most);

/// The parts of a spine that moves, as a JSON array; their numbers go into `data`.
///
/// - "rigid": points at the start, triangles, and for each frame the twelve numbers of a motion (rows of [R | t]); bones that do not
///   deform by more than 0.02 mm
/// - "surface": points and, of discs, pressure at each frame; triangles. Of a disc also its section in the middle
/// - "strands": end points at each frame, the lines, their strain
/// - "nerve": points of a centre line at each frame, radius along it
[[nodiscard]] std::string spine_parts(const ResultFile& result, const std::vector<int>& steps, PackedData& data);

}  // namespace foramen::io
