#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "models/benchmarks/benchmark.hpp"

namespace foramen::models {

enum class TubeState { drained, undrained };
inline constexpr std::array<std::string_view, 2> tube_state_words{"drained", "undrained"};

/// A thick neo-Hookean tube in plane strain whose inner surface is moved outwards in steps; its outer surface is free. A quarter
/// of the circumference, one layer of elements.
struct ThickTube {
    double modulus = 1.0, poisson = 0.2;  ///< drained, at rest [MPa, -]
    TubeState state = TubeState::drained;
    double inner = 1.0, outer = 2.0;  ///< radii at rest [mm]
    double displacement = 1e-6;       ///< of the inner surface at the end [mm]
    int steps = 1;
    int radial = 12, around = 16;  ///< elements
};

void describe(engine::FieldVisitor& v, ThickTube& t);

/// Over the inner surface's displacement [mm]: pressure on it (reaction over current area) [MPa], displacement of the outer
/// surface [mm]. At the end, over the radius at rest [mm]: hoop stress (Cauchy, total) [MPa].
[[nodiscard]] std::vector<Trace> run(const ThickTube& t);

}  // namespace foramen::models
