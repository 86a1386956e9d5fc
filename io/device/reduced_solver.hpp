#pragma once

#include "engine/reduced/reduced_stepper.hpp"
#include "io/device/spine_solver.hpp"

namespace foramen::io {

/// A reduced model of the spine in the loop, for rates that all elements cannot keep. Observables are read beside the steps from all
/// nodes, with an estimate of what the reduced model gets wrong.
class ReducedSolver : public LoopSolver {
public:
    /// @param model  with all elements, at the start of the session; it outlives the solver
    ReducedSolver(const models::SpineModel& model, const engine::ReducedModel& reduced, scenarios::LoadProgram program, const HilLimits& limits,
                  const SpineSolverOptions& options);

    void begin() override;
    StepChoices step(const SolverInput& input, const std::optional<StepChoices>& recorded) override;
    [[nodiscard]] const Solution& solution() const override { return solution_; }
    [[nodiscard]] std::optional<SolverRow> take_row() override;

    [[nodiscard]] const SpineBlocks& blocks() const { return reader_.blocks(); }
    [[nodiscard]] std::vector<SeriesSpec> series() const { return reader_.series(); }

private:
    void read(double time, double force);

    const engine::ReducedModel& reduced_;
    models::SpineModel sampled_;
    scenarios::LoadProgram program_;
    SpineSolverOptions options_;
    engine::NewtonSolver newton_;
    engine::ReducedStepper stepper_;
    SpineReader reader_;
    Solution solution_;
    std::optional<SolverRow> row_;
    std::int64_t last_tick_ = -1;
    double next_row_ = 0.0;
};

}  // namespace foramen::io
