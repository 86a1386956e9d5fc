#pragma once

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

/// A spine in the loop whose observables are read beside the steps, of a copy. A tick that was left out lengthens the next step: the
/// model's clock is that of the wall, and nothing is made up in a burst. How a step is made is what its kinds differ in.
class ReadSolver : public LoopSolver {
public:
    void begin() final;
    StepChoices step(const SolverInput& input, const std::optional<StepChoices>& recorded) final;
    [[nodiscard]] const Solution& solution() const final { return solution_; }
    [[nodiscard]] std::optional<SolverRow> take_row() final;

    [[nodiscard]] const SpineBlocks& blocks() const { return reader_.blocks(); }
    [[nodiscard]] std::vector<SeriesSpec> series() const { return reader_.series(); }

protected:
    using Apply = engine::RealTimeStepper::Apply;

    /// @param model  at the start of the session, with all elements
    ReadSolver(const models::SpineModel& model, scenarios::LoadProgram program, const HilLimits& limits, const SpineSolverOptions& options, ModelUsed kind);
    [[nodiscard]] const SpineSolverOptions& options() const { return options_; }
    [[nodiscard]] SpineReader& reader() { return reader_; }

    /// The spine that loads act on and whose muscles remember.
    [[nodiscard]] virtual models::SpineModel& loaded() = 0;
    /// Once, under the first load, in the thread that steps.
    virtual void start() {}
    [[nodiscard]] virtual engine::RealTimeStep advance(double time, double h, const Apply& apply, std::optional<bool> exchange) = 0;
    virtual void begin_reading(std::int64_t tick, double time, double force) = 0;

private:
    void note(const SolverInput& input, const engine::RealTimeStep& step);

    scenarios::LoadProgram program_;
    SpineSolverOptions options_;
    SpineReader reader_;
    Solution solution_;
    std::optional<SolverRow> row_;
    std::int64_t last_tick_ = -1;
    double next_row_ = 0.0;
};

}  // namespace foramen::io
