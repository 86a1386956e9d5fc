#pragma once

#include <vector>

#include "scenarios/load_program.hpp"
#include "scenarios/traction.hpp"

namespace foramen::scenarios {

/// Device force of one traction, from slack rope to slack rope; times from its start.
struct Pull {
    std::vector<double> time, force;  ///< [s], [N]; first (0, 0), last force 0
    std::vector<double> corners;      ///< where a time step must end [s]
    std::vector<Phase> phases;        ///< with activity 0
};

/// Time that a change of force takes [s].
[[nodiscard]] double ramp_time(const engine::Measure& edge, double change);

/// Share of a ramp's change of force that is done at a share of its time, both 0..1.
///
///     linear s,    smooth (1 - cos(pi s))/2,    logarithmic ln(1 + 9 s)/ln 10
[[nodiscard]] double ramp_share(RampShape shape, double s);

/// Time to reach full force once and to let go [s]: the least duration of a timed traction with its forces given.
[[nodiscard]] double shortest_duration(const Traction& traction);

/// Builds the pull of a traction without errors (rules.hpp).
///
/// - A ramp's rate is its mean rate; curved ramps are cut into 16 straight pieces. Corners are a ramp's ends, and of a
///   smooth ramp the middle too.
/// - The rope is never slacker than the pretension until the end.
/// - `duration` counts from the first pull to the slack rope: the cycle that runs then is left at the one moment from which
///   the falling edge ends exactly at the duration.
/// - With `cycles` the rope goes slack after the last hold, without a last rest.
/// - A measured pull that does not begin or end with a slack rope gets ramps of 20 N/s outside the record.
[[nodiscard]] Pull build_pull(const Traction& traction);

}  // namespace foramen::scenarios
