#pragma once

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "engine/solve/newton.hpp"
#include "engine/system/system.hpp"

namespace foramen::engine {

/// An accepted step, for looking only.
struct StepView {
    double time;  ///< [s]
    double step;  ///< its length [s]; 0 for the state at the start
    const System& system;
    const NewtonSolver& newton;
};

class Observer {
public:
    virtual ~Observer() = default;
    virtual void on_step(const StepView& view) = 0;
    /// Asked after each accepted step: true ends the run with StopReason::asked.
    virtual bool wants_stop() { return false; }
};

/// backward_euler has no error estimate: its steps grow until Newton's method refuses; for ways to an equilibrium, where only
/// the end counts, and with fixed_steps for comparison with other programs.
enum class Scheme { backward_euler, sdirk2 };

struct StepperOptions {
    Scheme scheme = Scheme::sdirk2;
    double displacement_tolerance = 0.005;  ///< error per step [mm]
    double pressure_tolerance = 0.004;      ///< error per step, root mean square over a domain's nodes [MPa]
    double first_step = 0.25;               ///< after the first corner of the load, and the least after a later one [s]
    double smallest_step = 1e-6;            ///< [s]
    double largest_step = 1e9;              ///< [s]
    double largest_growth = 3.0;            ///< of one step over the last
    bool fixed_steps = false;               ///< steps of `first_step` (shortened at corners only), no error control
};

enum class StopReason { finished, step_too_small, asked };

struct RunReport {
    StopReason reason = StopReason::finished;
    std::string why;         ///< a sentence when reason is step_too_small
    double time = 0.0;       ///< reached [s]
    int steps = 0;
    int rejected = 0;        ///< for their error
    int cutbacks = 0;        ///< for non-convergence
    int iterations = 0;
    int refreshes = 0;
    int wrong_inertia = 0;
    Profile profile;         ///< of the Newton solver, during the run
};

/// What drives a run: the loads at a time, and the times at which they have a corner.
struct Drive {
    std::function<void(double time, System&)> apply;
    std::vector<double> corners;  ///< ascending; each is hit exactly; the last one is the end
    /// Longest step that begins at a time, in place of the options'; empty: the options' at every time.
    std::function<double(double time)> largest_step{};
};

/// Adaptive implicit time stepping of d M/dt + Q = 0 under balance of forces at every stage time.
///
/// SDIRK2 (Alexander 1977, SIAM J Numer Anal 14:1006; gamma = 1 - 1/sqrt 2, L-stable, stiffly accurate):
///     M(x1) + gamma h Q(x1) = M_n                              at t + gamma h
///     M(x2) + gamma h Q(x2) = M_n - (1 - gamma) h Q(x1)        at t + h
/// The difference to the embedded first-order solution, gamma h (Q2 - Q1), goes through the factored tangent and is the error.
/// M_n is the balance's integrated target, so that what Newton leaves over is carried into the next step and no fluid is lost.
/// The step restarts at every corner and hits it exactly; it is cut when Newton fails or the error is too large. After the first corner it
/// starts with what the errors of the last eight first steps allow for a twentieth of the tolerance, growing from corner to corner as from
/// step to step.
class TimeStepper {
public:
    TimeStepper(System& system, NewtonSolver& newton, StepperOptions options);

    /// Runs from `start` to the last corner.
    [[nodiscard]] RunReport run(double start, const Drive& drive, const std::vector<Observer*>& observers);

    /// One backward Euler step of length h to time t, without error control: the way to an equilibrium (h very large).
    /// @param worst_start  unbalanced forces over the pull beyond which nothing is tried
    [[nodiscard]] NewtonReport settle(double time, double h, const Drive& drive, double worst_start = std::numeric_limits<double>::infinity());

private:
    [[nodiscard]] RunReport step_through(double start, const Drive& drive, const std::vector<Observer*>& observers);
    struct Attempt {
        NewtonReport newton;
        double error = 0.0;  ///< over the tolerance
    };
    [[nodiscard]] Attempt attempt(double time, double h, const Drive& drive, RunReport& report);
    [[nodiscard]] Attempt attempt_sdirk2(double time, double h, const Drive& drive, RunReport& report);
    [[nodiscard]] double error_over_tolerance(double h) const;
    void read_balance(bool carry);
    [[nodiscard]] double step_after_corner() const;
    void remember_first_step(double h, double error);
    [[nodiscard]] std::string why(const NewtonReport& newton, double time, double h) const;

    System& system_;
    NewtonSolver& newton_;
    StepperOptions options_;
    std::vector<Eigen::VectorXd> balance_;   // M_n target of each domain
    StageInput stage_;
    std::vector<Eigen::VectorXd> first_outflow_;
    SystemState before_last_;                // for extrapolation within a stretch
    double last_step_ = 0.0;
    std::vector<double> first_errors_;       // over tolerance and the square of the step, after the last corners
    double last_first_step_ = 0.0;
};

}  // namespace foramen::engine
