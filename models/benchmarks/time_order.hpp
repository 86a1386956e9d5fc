#pragma once

#include <vector>

#include "models/benchmarks/confined_compression.hpp"

namespace foramen::models {

/// The order of the time schemes: a column under the smooth load traction sin^2(pi t/(2 end)), fixed steps, each half of the one
/// before; the error is the difference to steps a sixteenth of the shortest.
struct TimeOrder {
    ConfinedCompression column;
    double step = 5.0;  ///< longest [s]
    int halvings = 3;
};

void describe(engine::FieldVisitor& v, TimeOrder& t);

/// Curves over the step [s]: sdirk2_rate, backward_euler_rate; each value is log2 of the error over that at half the step.
[[nodiscard]] std::vector<Trace> run(const TimeOrder& t);

}  // namespace foramen::models
