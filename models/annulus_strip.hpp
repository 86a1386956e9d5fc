#pragma once

#include "engine/materials/curve.hpp"
#include "engine/materials/mooney_rivlin.hpp"
#include "models/disc.hpp"

namespace foramen::models {

/// The laws of the annulus at one place: a strip cut from there, so small that they are the same all over it.
struct AnnulusStrip {
    engine::MooneyRivlin<double> ground;
    FibreConstants fibre;            ///< of both families, at +angle and -angle to the circumference
    double dispersion;               ///< kappa of the fibres [-]
    engine::Curve osmotic_pressure;  ///< dpi(J) [MPa]
};

/// @param grade          Pfirrmann 1..5
/// @param depth          0 outer surface .. 1 nucleus
/// @param circumference  0 anterior .. pi posterior [rad]
[[nodiscard]] AnnulusStrip annulus_strip(const AnatomyTables& tables, int grade, double depth, double circumference);

enum class StripDirection { radial, circumferential, axial };

/// Nominal stress of a strip that is pulled along one direction, free across, at rest in its bath (p = 0) [MPa]:
///
///     sigma_i = tau_i/J - dpi(J) = 0 across the pull;   P = sigma A/A0
///
/// Strain and area are counted from the strip that has swollen freely. No grips, no ends, whole fibres: a strip that is cut
/// from a disc has fibres that end at its edges, and is softer.
/// @throws std::runtime_error if no equilibrium is found
[[nodiscard]] double strip_stress(const AnnulusStrip& strip, StripDirection direction, double strain);

}  // namespace foramen::models
