#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "scenarios/load_program.hpp"
#include "scenarios/scenario.hpp"

namespace foramen::scenarios {

/// A session with this peak force: hold and rest forces (or mean and amplitude, or a record's points) scaled alike, rates of ramps as they
/// are. @pre the scenario pulls
[[nodiscard]] Scenario with_peak(const Scenario& scenario, double peak);

/// The program up to the end of its last hold (without holds: the last time at its peak), where the rope goes slack within `release`;
/// then `after` of rest [s].
[[nodiscard]] LoadProgram with_sudden_release(const LoadProgram& program, double release, double after);

/// What one session used of each limit, at one force.
struct SessionUse {
    bool computed = false;
    std::string why;                        ///< why it could not be computed
    std::vector<double> use;                ///< an entry a limit; above 1: exceeded
    std::vector<double> strength;           ///< of this patient, an entry a limit
    std::vector<std::string> where;         ///< label that governs each
    [[nodiscard]] std::size_t governing() const;  ///< limit with the largest use
    /// Largest use; infinite for a session that could not be computed: what was not shown to be kept counts as exceeded.
    [[nodiscard]] double most() const;
};

enum class CeilingEnd { found, above_high, below_low };

/// Highest force that keeps every limit, between two forces that were computed.
struct PatientCeiling {
    CeilingEnd end = CeilingEnd::found;
    double force = 0.0;     ///< largest force that was seen to keep all limits (below_low: 0) [N]
    double exceeded = 0.0;  ///< smallest that was seen to exceed one; above_high: high [N]
    std::size_t limit = 0;  ///< that governs at `exceeded` (above_high: at high)
    std::string where, why;
    int sessions = 0;
};

/// Finds where the largest use passes 1 in [low, high], to a bracket of at most `tolerance`, in at most two sessions more than bisection. It
/// aims where the lines through each limit's uses at both ends first reach 1; where a session could not be computed, at the middle. `low`
/// is computed only when nothing above it was kept. Whether the use grows with the force is not assumed of the result: its lower end was
/// computed and kept all limits.
[[nodiscard]] PatientCeiling find_ceiling(const std::function<SessionUse(double force)>& session, double low, double high, double tolerance);

}  // namespace foramen::scenarios
