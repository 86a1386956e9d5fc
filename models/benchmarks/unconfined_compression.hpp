#pragma once

#include <vector>

#include "models/benchmarks/benchmark.hpp"
#include "models/benchmarks/tissue_input.hpp"

namespace foramen::models {

/// A cylinder compressed between smooth impermeable plates, drained at its side; axial strain ramped and held. A quarter of it,
/// whose outline is a polygon of 2 `core` sides; nothing varies along the axis, so one layer is enough.
struct UnconfinedCompression {
    TissueInput tissue{.modulus = 1.0, .poisson = 0.1, .permeability = 1e-3};
    double radius = 3.0;   ///< [mm]
    double height = 3.0;   ///< [mm]
    double strain = 1e-6;  ///< engineering, positive in compression
    double ramp = 500.0;   ///< [s]
    double end = 2000.0;   ///< [s]
    int core = 8;          ///< squares along the mesh's core
};

void describe(engine::FieldVisitor& v, UnconfinedCompression& c);

/// Over time: stress (mean axial, positive in compression, over the polygon's area) [MPa], bulge (mean radial) [mm]; both over
/// the strain times 1e-6, so that strains may be compared with one curve of the linear theory.
[[nodiscard]] std::vector<Trace> run(const UnconfinedCompression& c);

}  // namespace foramen::models
