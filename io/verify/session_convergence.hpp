#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/describe.hpp"
#include "models/benchmarks/benchmark.hpp"
#include "models/spine_spec.hpp"

namespace foramen::io {

enum class Refined { mesh, time_step };
inline constexpr std::array<std::string_view, 2> refined_words{"mesh", "time_step"};

/// A scenario of the library over its three meshes, or over several tolerances of the time step.
struct SessionConvergence {
    std::string scenario = "default";
    std::optional<int> cycles;  ///< of its pull; none: the whole session
    double rest = 60.0;         ///< before and after a shortened pull [s]
    Refined refined = Refined::mesh;
    double time_tolerance = 0.02;  ///< largest of a refinement in time [mm]
    int runs = 3;                  ///< of a refinement in time; each has a quarter of the tolerance of the one before
};

void describe(engine::FieldVisitor& v, SessionConvergence& c);

/// Quantities: idp_before (the first pull), idp_lowest, idp_end (of the last pull), idp_fall, idp_end_fall (from before the pull to
/// these), all of L4-L5 [MPa]; height L1-L2 ... L5-S1:
/// change of a disc's height up to the end of the last pull [mm]; foramen_area L4-L5 left [mm2] and its change, foramen_opening.
/// Of each quantity, over meshes: "Q": its values over h; "Q limit", "Q order", "Q index": see grid_convergence.hpp; "Q off":
/// distance of the middle mesh from the limit; "Q share": the same over the limit; "Q fine share": the same of the finest mesh.
/// Over time steps: "Q": its values over the tolerance; "Q spread": largest distance from the last.
[[nodiscard]] std::vector<models::Trace> run(const SessionConvergence& c);

}  // namespace foramen::io
