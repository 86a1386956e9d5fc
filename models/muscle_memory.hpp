#pragma once

#include <deque>
#include <vector>

#include "engine/materials/tension_law.hpp"
#include "models/spine_spec.hpp"

namespace foramen::models {

/// What the fascicles keep of accepted steps; one entry per fascicle throughout. Plain data: with it and the
/// system's state a session goes on where it was left.
struct MuscleMemory {
    struct Moment {
        double time;                  ///< [s]
        std::vector<double> stretch;  ///< fibre length over optimal [-]
    };
    std::vector<double> rest;       ///< stretch, relaxed, in the equilibrium before the session [-]
    std::deque<Moment> moments;     ///< ascending; those of the last two delays and one before
    std::vector<double> eccentric;  ///< sum of lengthenings at an activation above the threshold [-]

    /// Forgets everything and takes the relaxed lengths.
    void begin(std::vector<double> stretch);
    /// Takes an accepted step. A second one at the same time replaces the first.
    /// @param active  which fascicles are above the threshold of soreness
    void take(double time, std::vector<double> stretch, const std::vector<bool>& active, double delay);
};

/// The reflex' part of a fascicle's activation at a time at or after the last moment.
struct ReflexDrive {
    double known = 0.0;                            ///< from moments alone [-]
    std::array<engine::Feedback, 2> present = {};  ///< where t - tau lies within the step that is being computed
};

/// Lengths between moments lie on straight lines; before the first moment nothing has moved. The rate is the mean over a delay,
/// [l(t - tau) - l(t - 2 tau)]/tau: bounded for any step. In the step in progress, from its last moment (t_n, l_n) to (t, l) with
/// h = t - t_n > tau, lengths depend on the present one:
///     l(t - tau) = l_n + (1 - tau/h)(l - l_n)
/// so a step longer than the delay costs no stability; in one that is shorter the drive is known beforehand.
[[nodiscard]] ReflexDrive reflex_drive(const StretchReflex& reflex, const MuscleMemory& memory, std::size_t fascicle,
                                       double time);

}  // namespace foramen::models
