#pragma once

#include <string>

#include "io/result_file.hpp"
#include "io/scene/usual_range.hpp"

namespace foramen::viz {

/// Ranges of colours and arrows, the same in every picture of a session.
struct SceneRanges {
    io::FieldRange pressure;       ///< of the discs [MPa]
    io::FieldRange strain;         ///< of the ligaments [1]
    double flux = 0.0;         ///< length of the flux that has the longest arrow [mm/s]
};

/// Over the whole session; the flux of one disc.
[[nodiscard]] SceneRanges scene_ranges(const io::ResultFile& result, const std::string& flux_disc);

}  // namespace foramen::viz
