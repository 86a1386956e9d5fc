#pragma once

#include <functional>
#include <optional>

#include "engine/solve/newton.hpp"
#include "engine/time/background_factor.hpp"

namespace foramen::engine {

/// What one step of the RealTimeStepper did.
struct RealTimeStep {
    double time = 0.0;       ///< reached [s]
    double merit = 0.0;      ///< scaled residual at the beginning: what the last step left, and the new load
    int corrections = 0;
    int retreats = 0;        ///< corrections that were shortened
    bool exchanged = false;  ///< a domain's factor was renewed at the beginning
    Assessment failed;       ///< not sound: the step could not be made
    [[nodiscard]] bool made() const { return failed.sound(); }
};

struct RealTimeOptions {
    double calm = 3e-3;       ///< scaled residual below which one correction goes unchecked
    int most_corrections = 3; ///< a step
    int most_retreats = 3;    ///< halvings of a correction
    int copy_every = 1;       ///< steps at least between two copies for a factor's renewal
    double rest = 0.0;        ///< steps between a factor's exchange and the next copy, over those that its renewal took
    std::function<void()> enter_background{};  ///< called once by the thread that renews factors, for a priority
};

/// Backward Euler with a bounded amount of work a step, for a computation that must keep up with a clock: in calm one residual and one
/// substitution with a stale factor, unchecked; above, the residual is looked at again, a correction that made it worse is halved, and up
/// to `most_corrections` are made. No test of convergence, no extrapolation. What a step leaves over is carried into the next,
///
///     M(x_n+1) + h Q(x_n+1) = M_n*,   M_n+1* = M_n* - h Q(x_n+1)
///
/// with M* the integrated balance, so that water does not drift: an unfinished correction is a delay, not a loss. The tangent has its
/// fibres always stiff (stiff floor), and a second thread renews it domain by domain. See docs/numerics.md; measured errors in
/// docs/device-in-the-loop.md.
class RealTimeStepper {
public:
    using Apply = std::function<void(double time)>;

    /// From the present state, at rest or not; makes the first factors for steps of `h` [s].
    RealTimeStepper(System& system, NewtonSolver& newton, double h, RealTimeOptions options = {});

    /// One step of length h to `time`.
    /// @param apply     sets the loads of a time
    /// @param exchange  whether a renewed factor is put to use now, waiting for it; empty: if it is ready
    [[nodiscard]] RealTimeStep step(double time, double h, const Apply& apply, std::optional<bool> exchange = {});

    /// Residuals at the present state, for what is read from them.
    void evaluate();
    [[nodiscard]] int steps() const { return steps_; }

private:
    [[nodiscard]] bool renew(std::optional<bool> exchange, double h);
    void correct(Assessment now, RealTimeStep& out);

    System& system_;
    NewtonSolver& newton_;
    RealTimeOptions options_;
    StageInput stage_;    // M* of the last step and the length of the step whose outflow is still to be taken from it
    BackgroundFactor background_;
    int steps_ = 0, next_copy_ = 0, copied_ = 0, next_domain_ = 0;
};

}  // namespace foramen::engine
