#pragma once

#include <vector>

#include "models/benchmarks/benchmark.hpp"
#include "models/benchmarks/tissue_input.hpp"

namespace foramen::models {

/// Mandel's problem: a plane-strain slab between rigid smooth plates, drained at its two sides, pressed with a constant force.
/// The plate is moved as the closed form says (Mandel 1953, Geotechnique 3:287); pressures and the force are outcomes. Half of
/// the slab; x runs from the symmetry plane to the drained side.
struct Mandel {
    TissueInput tissue;
    double half_width = 2.0;  ///< [mm]
    double height = 0.5;      ///< [mm]
    double stress = 1e-6;     ///< F/a: small, for the theory is linear [MPa]
    int layers = 32;          ///< elements across half of the slab
    double end = 2.0;         ///< T = c t/a^2 at the end
};

void describe(engine::FieldVisitor& v, Mandel& m);

/// Over T: centre, halfway (pressure over F/a), force (over the closed form's). Numbers: peak (of centre), peak_time (T).
[[nodiscard]] std::vector<Trace> run(const Mandel& m);

}  // namespace foramen::models
