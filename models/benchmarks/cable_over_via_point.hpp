#pragma once

#include <vector>

#include "models/benchmarks/benchmark.hpp"

namespace foramen::models {

/// A strand runs from a held body over a via point of a second held body to a free one, which a constant force pulls; the force
/// turns in the x-z plane from straight down to `swing`. The free body finds its place and attitude: centre, end of the strand
/// and via point come to lie on one line along the force.
struct CableOverViaPoint {
    double slack_length = 60.0;       ///< of the strand law [mm]
    double transition_strain = 0.05;  ///< [-]
    double stiffness = 2000.0;        ///< [N per unit strain]
    double first_span = 25.0;         ///< from the held end to the via point, along -x [mm]
    double arm = 10.0;                ///< from the free body's centre to the strand's end [mm]
    double force = 120.0;             ///< [N]
    double swing = 1.2;               ///< [rad]
    int steps = 12;
};

void describe(engine::FieldVisitor& v, CableOverViaPoint& c);

/// Over the force's angle to straight down [rad]: place of the free body's centre [mm], its rotation [rad], force on the held end
/// and on the via point [N], and the angle of the latter to the bisector of the strands [rad].
[[nodiscard]] std::vector<Trace> run(const CableOverViaPoint& c);

}  // namespace foramen::models
