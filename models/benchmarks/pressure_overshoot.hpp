#pragma once

#include <vector>

#include "models/benchmarks/confined_compression.hpp"

namespace foramen::models {

/// The first step of a loaded column, far shorter than Vermeer & Verruijt's limit h^2/(6 c_v) below which equal-order elements
/// oscillate (1981, Int J Numer Anal Methods Geomech 5:1): the largest pressure must be the load, no more.
struct PressureOvershoot {
    ConfinedCompression column{.tissue = {}, .elements = 20, .growth = 1.0};
};

void describe(engine::FieldVisitor& v, PressureOvershoot& p);

/// Curves over dt c_v/h^2 (h: a layer): overshoot and plain_overshoot, largest pressure over the load, less 1, with and without
/// the projection.
[[nodiscard]] std::vector<Trace> run(const PressureOvershoot& p);

}  // namespace foramen::models
