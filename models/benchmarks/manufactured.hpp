#pragma once

#include <vector>

#include "models/benchmarks/benchmark.hpp"

namespace foramen::models {

/// What both manufactured problems share: a unit cube of coarsest, 2 coarsest, 4 coarsest ... elements a side, whose inner
/// nodes are moved by a share of the element's size, alternating from node to node so that the distortion never fades.
struct CubeSeries {
    int coarsest = 4;
    int meshes = 3;
    double distortion = 0.1;  ///< over the element's size [-]
};

/// A drained solid at finite strain: Mooney-Rivlin with two fibre families, body forces from a smooth displacement.
struct ManufacturedSolid {
    CubeSeries cube;
    double c10 = 0.15, c01 = 0.05, lambda = 0.4;  ///< [MPa]
    double k1 = 0.3, k2 = 1.5, kappa = 0.1;       ///< of the fibres [MPa, -, -]
    double fibre_angle = 0.5;                     ///< between the families and the x axis, in the x-y plane [rad]
    double stretch = 0.1;                         ///< uniform, along x and y: keeps the fibres taut [-]
    double amplitude = 0.03;                      ///< of the waves [mm]
};

/// A biphasic solid at finite strain: neo-Hookean, constant permeability, fluid fed in; time steps that shrink with the elements.
struct ManufacturedBiphasic {
    CubeSeries cube;
    double modulus = 1.0, poisson = 0.2;  ///< drained, at rest [MPa, -]
    double permeability = 1e-2;           ///< [mm4/(N s)]
    double amplitude = 0.04;              ///< of the displacement's waves [mm]
    double pressure = 0.2;                ///< of the pressure's wave [MPa]
    double time_scale = 20.0;             ///< T of sin(t/T) [s]
    double end = 20.0;                    ///< [s]
    int coarsest_steps = 4;               ///< on the coarsest mesh; doubled with it
};

void describe(engine::FieldVisitor& v, CubeSeries& c);
void describe(engine::FieldVisitor& v, ManufacturedSolid& m);
void describe(engine::FieldVisitor& v, ManufacturedBiphasic& m);

/// Errors over the element's size [mm] and the rates between the last two meshes: displacement, displacement's gradient.
/// Errors are 2-norms over the cube, relative to that of the exact field.
[[nodiscard]] std::vector<Trace> run(const ManufacturedSolid& m);
/// The same at the end of the time, and the pressure.
[[nodiscard]] std::vector<Trace> run(const ManufacturedBiphasic& m);

}  // namespace foramen::models
