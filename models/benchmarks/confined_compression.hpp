#pragma once

#include <vector>

#include "models/benchmarks/benchmark.hpp"
#include "models/benchmarks/tissue_input.hpp"

namespace foramen::models {

/// A column that may move along its axis only; base fixed and sealed, top drained and loaded at once or along a half sine.
/// Also known as Terzaghi's consolidation (small strain) and as confined compression creep.
struct ConfinedCompression {
    TissueInput tissue;
    double height = 1.0;    ///< [mm]
    double traction = 1e-4; ///< [MPa]
    double end = 2000.0;    ///< [s]
    int elements = 40;
    double growth = 1.12;   ///< of the layers away from the drained top
};

void describe(engine::FieldVisitor& v, ConfinedCompression& c);

/// Traces over time: settlement of the surface [mm], pressure at the base [MPa].
[[nodiscard]] std::vector<Trace> run(const ConfinedCompression& c);

}  // namespace foramen::models
