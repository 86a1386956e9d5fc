#pragma once

#include <vector>

#include "models/benchmarks/benchmark.hpp"
#include "models/benchmarks/tissue_input.hpp"

namespace foramen::models {

/// A column that may move along its axis only; base fixed and sealed, top drained and loaded at once: confined compression
/// creep, at small strain Terzaghi's consolidation.
struct ConfinedCompression {
    TissueInput tissue;
    double height = 1.0;     ///< [mm]
    double traction = 1e-4;  ///< [MPa]
    double end = 2000.0;     ///< [s]
    int elements = 40;
    double growth = 1.12;    ///< of the layers away from the drained top
    double isochrone = 0.0;  ///< time at which the pressure over depth is read; 0: none [s]
};

void describe(engine::FieldVisitor& v, ConfinedCompression& c);

/// The column as a domain: node sets z0, z1.
[[nodiscard]] engine::DomainSpec column_domain(const ConfinedCompression& c);
/// Compresses the top of a column of unit section.
void load_column(engine::System& system, double traction);

/// Over time: settlement of the surface [mm], base_pressure [MPa]; over depth [mm]: isochrone [MPa], if asked for.
[[nodiscard]] std::vector<Trace> run(const ConfinedCompression& c);

}  // namespace foramen::models
