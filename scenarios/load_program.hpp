#pragma once

#include <optional>
#include <vector>

#include "engine/core/piecewise_linear.hpp"
#include "scenarios/scenario.hpp"

namespace foramen::scenarios {

enum class PhaseKind { rest, pretension, ramp_up, hold, ramp_down, low };
inline constexpr std::array<std::string_view, 6> phase_words{"rest", "pretension", "ramp_up", "hold", "ramp_down", "low"};

/// A stretch of the session with one name, for outputs. Phases follow each other without gap.
struct Phase {
    double start, end;  ///< [s]
    PhaseKind kind;     ///< low: at the rest force between two holds
    int cycle;          ///< of its traction, from 1 (progressive: the step); 0 before the first ramp and in rests
    int activity;       ///< index into Scenario::session
};

/// What the device does over the whole session: force and angle of the pull against time.
class LoadProgram {
public:
    struct AngleChange {
        double time;   ///< [s]
        double angle;  ///< from then on [rad]
    };

    LoadProgram(engine::PiecewiseLinear force, std::vector<double> corners, std::vector<Phase> phases,
                std::vector<AngleChange> angles);

    /// Device force [N] at a time of the session [s].
    [[nodiscard]] double force(double t) const { return force_.value(t); }
    /// Angle of the rope above the table's plane [rad]: of the traction that runs or ran last; before the first, of the first.
    [[nodiscard]] double angle(double t) const;
    /// First corner after t, where a time step must end; infinity when there is none.
    [[nodiscard]] double next_corner(double t) const;
    /// Phase at t; where two meet, the later.
    [[nodiscard]] const Phase& phase(double t) const;
    [[nodiscard]] double duration() const { return force_.x().back(); }
    [[nodiscard]] double peak() const { return force_.max(); }

    [[nodiscard]] const engine::PiecewiseLinear& curve() const { return force_; }
    /// Times at which the slope jumps or an activity begins, increasing, first 0, last duration() [s].
    [[nodiscard]] const std::vector<double>& corners() const { return corners_; }
    [[nodiscard]] const std::vector<Phase>& phases() const { return phases_; }

private:
    engine::PiecewiseLinear force_;
    std::vector<double> corners_;
    std::vector<Phase> phases_;
    std::vector<AngleChange> angles_;
};

/// The program of a scenario without errors (rules.hpp). Every traction begins and ends with a slack rope.
/// @throws ContractViolation for an empty session
[[nodiscard]] LoadProgram load_program(const Scenario& scenario);

}  // namespace foramen::scenarios
