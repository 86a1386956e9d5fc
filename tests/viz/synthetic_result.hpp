#pragma once

#include <string>

namespace foramen::testing {

struct SyntheticOptions {
    int across = 12;          ///< disc elements across width and depth
    int layers = 6;           ///< disc elements over the height
    double bone_cell = 2.4;   ///< [mm]
    int field_outputs = 13;   ///< over the session
    double session = 1500.0;  ///< [s]
    double history_step = 2.0;///< [s]
};

/// Writes a result that looks like a session without a mechanical model behind it: a lordotic stack of the default bones,
/// discs with an arched pressure, strands, joints, foramina and histories of an intermittent pull of 60 s / 20 s at 18 degrees.
void write_synthetic_result(const std::string& path, const SyntheticOptions& options);

}  // namespace foramen::testing
