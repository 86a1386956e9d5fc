#pragma once

#include <memory>

#include "engine/time/real_time_stepper.hpp"
#include "io/device/loop_solver.hpp"
#include "io/device/spine_reader.hpp"

namespace foramen::io {

struct SpineSolverOptions {
    double rate = 100.0;            ///< ticks a second
    int threads = 1;                ///< of the steps, besides those that renew factors and read
    double row_interval = 0.1;      ///< between two readings of all observables [s]
    engine::RealTimeOptions stepping;
    SpineReaderOptions reading;
    std::function<void(int member)> enter_team{};  ///< called once by each thread of the steps, for a priority and a core
};

/// Takes a step's account into the solution.
void note_step(const SolverInput& input, const engine::RealTimeStep& step, Solution& to);

/// The finite-element spine in the loop. A tick that was left out lengthens the next step: the model's clock is that of the wall, and
/// nothing is made up in a burst. Observables are read beside the steps, of a copy.
class SpineSolver : public LoopSolver {
public:
    /// The model's present state is the start of the session.
    SpineSolver(models::SpineModel& model, scenarios::LoadProgram program, const HilLimits& limits, const SpineSolverOptions& options);

    void begin() override;
    StepChoices step(const SolverInput& input, const std::optional<StepChoices>& recorded) override;
    [[nodiscard]] const Solution& solution() const override { return solution_; }
    [[nodiscard]] std::optional<SolverRow> take_row() override;

    [[nodiscard]] const SpineBlocks& blocks() const { return reader_.blocks(); }
    [[nodiscard]] std::vector<SeriesSpec> series() const { return reader_.series(); }

private:
    models::SpineModel& model_;
    scenarios::LoadProgram program_;
    SpineSolverOptions options_;
    SpineReader reader_;
    engine::NewtonSolver newton_;
    std::unique_ptr<engine::RealTimeStepper> stepper_;
    Solution solution_;
    std::optional<SolverRow> row_;
    std::int64_t last_tick_ = -1;
    double next_row_ = 0.0;
};

}  // namespace foramen::io
