#pragma once

#include <functional>
#include <vector>

#include "engine/reduced/reduced_model.hpp"
#include "engine/reduced/single_precision_basis.hpp"
#include "engine/time/real_time_stepper.hpp"

namespace foramen::engine {

struct ReducedStepOptions {
    double calm = 2e-3;        ///< root mean square of the displacements' correction below which it is the last of a step [mm]
    int most_corrections = 4;  ///< a step
    bool single_precision = true;  ///< products with the basis; false: in double, for tests and comparison
    int renew_every = 200;     ///< steps at most with one tangent; when two corrections were not enough it is renewed at once
};

/// Backward Euler in the coordinates of a reduced model, with the balance of RealTimeStepper: what a step leaves over is carried into the
/// next, water does not drift. The discs' tangent is that of the nearest of the
/// model's states, that of the bodies as it was at the last renewal.
class ReducedStepper {
public:
    using Apply = std::function<void(double time)>;

    /// @param sampled  at the reference
    ReducedStepper(System& sampled, NewtonSolver& newton, const ReducedModel& model, ReducedStepOptions options = {});

    /// One step of length h to `time`; RealTimeStep::merit is its first correction [mm].
    [[nodiscard]] RealTimeStep step(double time, double h, const Apply& apply);

    [[nodiscard]] const Eigen::VectorXd& coordinates() const { return q_; }
    /// Puts all nodes of the full system into the present state, and its bodies.
    void expand(System& full) const { place(full, model_.basis, q_); }

private:
    /// Residual at q_ for a step of length h; sets volume_ and outflow_.
    [[nodiscard]] Eigen::VectorXd residual(double h, bool hessian);
    void renew_tangent();
    /// Whether a sampled element was inverted at the last residual, whose values then mean nothing.
    [[nodiscard]] Assessment inversion() const;
    [[nodiscard]] std::size_t nearest() const;

    System& system_;
    NewtonSolver& newton_;
    const ReducedModel& model_;
    ReducedStepOptions options_;
    ReducedBasis basis_;                             // on the sampled nodes
    SinglePrecisionBasis single_;
    StageInput stage_;
    Eigen::VectorXd unit_;
    Eigen::PartialPivLU<Eigen::MatrixXd> inverse_;
    int tangent_age_ = 1 << 30;                      // steps
    Eigen::VectorXd q_, balance_, volume_, outflow_;  // balance_: m
    double last_ = 0.0;                              // length of the step whose outflow is still to be taken from the balance
    double nodes_ = 1.0;
};

}  // namespace foramen::engine
