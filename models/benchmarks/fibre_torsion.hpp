#pragma once

#include <vector>

#include "models/benchmarks/benchmark.hpp"

namespace foramen::models {

/// A tube of an incompressible (undrained) neo-Hookean solid with one or two families of helical fibres is twisted about its
/// axis. Ends and inner surface follow the pure torsion r = R, theta = Theta + tau Z, z = Z; the outer surface is free and keeps
/// its radius, for pure torsion is a solution whatever the twist: the pressure balances the hoop stress. Source: Rivlin (1949)
/// Philos Trans R Soc A 242:173; Spencer (1972), Deformations of Fibre-reinforced Materials, for helices.
struct FibreTorsion {
    double modulus = 1.0, poisson = 0.2;  ///< of the ground substance, drained, at rest [MPa, -]
    double k1 = 0.5, k2 = 2.0, kappa = 0.0;
    double fibre_angle = 0.6;  ///< of the first family to the axis, towards the hoop; the second is its mirror image [rad]
    int families = 2;
    double inner = 1.0, outer = 2.0, height = 0.5;  ///< [mm]
    double twist = 0.3;                             ///< largest, both ways: angle a length [rad/mm]
    int steps = 6;                                  ///< each way
    int radial = 8, around = 32, axial = 4;
};

void describe(engine::FieldVisitor& v, FibreTorsion& t);

/// Over the twist [rad/mm], from negative to positive: torque [N mm], axial force (positive: pull) [N], and at the largest twist
/// over the radius [mm] the fluid's pressure half-way between the ends [MPa]; the largest bulge of the outer surface over its
/// radius.
[[nodiscard]] std::vector<Trace> run(const FibreTorsion& t);

}  // namespace foramen::models
