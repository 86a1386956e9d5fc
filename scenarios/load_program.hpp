#pragma once

#include <optional>
#include <vector>

#include "engine/core/piecewise_linear.hpp"
#include "scenarios/scenario.hpp"

namespace foramen::scenarios {

enum class PhaseKind { rest, pretension, ramp_up, hold, ramp_down, low, standing, lying };
inline constexpr std::array<std::string_view, 8> phase_words{"rest", "pretension", "ramp_up", "hold", "ramp_down", "low", "standing", "lying"};

/// A stretch of the session with one name, for outputs. Phases follow each other without gap.
struct Phase {
    double start, end;  ///< [s]
    PhaseKind kind;     ///< low: at the rest force between two holds
    int cycle;          ///< of its traction, from 1 (progressive: the step); 0 before the first ramp and in rests
    int activity;       ///< index into activities(scenario)
};

/// What the device does over the whole session: force and angle of the pull against time.
class LoadProgram {
public:
    struct AngleChange {
        double time;   ///< [s]
        double angle;  ///< from then on [rad]
    };

    /// @param upright        0 lying .. 1 standing against time; empty: always lying
    /// @param strengthening  of the muscles, by each traction that has ended [-]
    LoadProgram(engine::PiecewiseLinear force, std::vector<double> corners, std::vector<Phase> phases, std::vector<AngleChange> angles,
                std::optional<engine::PiecewiseLinear> upright = {}, double strengthening = 0.0);

    /// Device force [N] at a time of the session [s].
    [[nodiscard]] double force(double t) const { return force_.value(t); }
    /// Angle of the rope above the table's plane [rad]: of the traction that runs or ran last; before the first, of the first.
    [[nodiscard]] double angle(double t) const;
    /// How far the patient is off the table: 0 lying .. 1 standing.
    [[nodiscard]] double upright(double t) const { return upright_ ? upright_->value(t) : 0.0; }
    [[nodiscard]] bool stands() const { return upright_.has_value(); }
    /// Tractions that have ended by t.
    [[nodiscard]] int tractions_done(double t) const;
    /// Strength of the muscles over that at the start: (1 + strengthening)^tractions_done.
    [[nodiscard]] double strength(double t) const;
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
    std::optional<engine::PiecewiseLinear> upright_;
    double strengthening_ = 0.0;
};

/// Time in which a patient gets up, and lies down [s]. PROPOSED.
inline constexpr double rising_time = 30.0;

/// The program of a scenario without errors (rules.hpp). Every traction begins and ends with a slack rope.
/// @throws ContractViolation for an empty session
[[nodiscard]] LoadProgram load_program(const Scenario& scenario);

}  // namespace foramen::scenarios
