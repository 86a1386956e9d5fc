#pragma once

#include <memory>

#include "engine/time/real_time_stepper.hpp"
#include "io/device/loop_solver.hpp"
#include "io/spine_blocks.hpp"
#include "models/dose.hpp"
#include "models/observables.hpp"

namespace foramen::io {

struct SpineSolverOptions {
    double rate = 100.0;            ///< ticks a second
    double peak = 300.0;            ///< largest force [N]
    int threads = 1;                ///< of the steps, besides the one that renews factors
    double row_interval = 0.1;      ///< between two readings of all observables [s]
    double field_interval = 60.0;   ///< between two pictures [s]
    engine::RealTimeOptions stepping;
};

/// The finite-element spine in the loop. A tick that was left out lengthens the next step: the model's clock is that of the wall, and
/// nothing is made up in a burst.
class SpineSolver : public LoopSolver {
public:
    /// The model's present state is the start of the session.
    SpineSolver(models::SpineModel& model, scenarios::LoadProgram program, const HilLimits& limits, const SpineSolverOptions& options);

    void begin() override;
    bool step(const SolverInput& input, std::optional<bool> exchange) override;
    bool observe() override;
    [[nodiscard]] const Solution& solution() const override { return solution_; }
    [[nodiscard]] std::optional<SolverRow> take_row() override;

    [[nodiscard]] const SpineBlocks& blocks() const { return blocks_; }
    /// All series of a row, in their order.
    [[nodiscard]] std::vector<SeriesSpec> series() const;

private:
    void read(double time);
    [[nodiscard]] std::vector<double> column(const std::vector<double>& row, const char* name, std::size_t count) const;

    models::SpineModel& model_;
    scenarios::LoadProgram program_;
    HilLimits limits_;
    SpineSolverOptions options_;
    models::SpineObserver observer_;
    models::Dose dose_;
    SpineBlocks blocks_;
    engine::NewtonSolver newton_;
    std::unique_ptr<engine::RealTimeStepper> stepper_;
    Solution solution_;
    std::vector<double> rest_;  // first row
    std::optional<SolverRow> row_;
    std::int64_t last_tick_ = -1;
    double next_row_ = 0.0, next_fields_ = 0.0;
};

}  // namespace foramen::io
