#pragma once

#include "engine/materials/curve.hpp"
#include "engine/materials/mooney_rivlin.hpp"
#include "models/disc.hpp"

namespace foramen::models {

/// The laws of the nucleus at one place: a sample that no neighbour touches, the same all over it.
struct NucleusSample {
    engine::MooneyRivlin<double> ground;
    engine::Curve osmotic_pressure;  ///< dpi(J) [MPa]
};

/// @param grade        Pfirrmann 1..5
/// @param temperature  [K]
[[nodiscard]] NucleusSample nucleus_sample(const AnatomyTables& tables, int grade, double temperature);

/// Stress along the axis of a sample in a chamber that it cannot leave sideways, at rest in its bath (p = 0), positive in
/// tension [MPa]:
///
///     F = diag(1, 1, J);   P = tau_axial/J - dpi(J)
///
/// -P at J = 1 is the isometric swelling stress, dP/dJ there the aggregate modulus that such a test reads, with the part of it
/// that is swelling: lambda + 2 mu - d(dpi)/dJ.
/// Source of the test: Johannessen & Elliott (2005) Spine 30:E724.
[[nodiscard]] double confined_stress(const NucleusSample& sample, double volume_ratio);

}  // namespace foramen::models
