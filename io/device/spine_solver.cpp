#include "io/device/spine_solver.hpp"

#include <omp.h>

namespace foramen::io {

SpineSolver::SpineSolver(models::SpineModel& model, scenarios::LoadProgram program, const HilLimits& limits, const SpineSolverOptions& options)
    : model_(model), program_(std::move(program)), options_(options), reader_(model, limits, options.reading),
      newton_(model.system, models::newton_options(model, options.reading.peak)) {}

void note_step(const SolverInput& input, const engine::RealTimeStep& step, Solution& to) {
    ++to.version;
    ++to.steps;
    to.tick = input.tick;
    to.force = input.force;
    to.merit = step.merit;
    to.corrections += static_cast<std::uint32_t>(step.corrections);
    to.exchanges += step.exchanged ? 1 : 0;
    to.sound = step.made();
    if (!step.made()) ++to.failures;
}

void SpineSolver::begin() {
    omp_set_num_threads(options_.threads);
    model_.apply(0.0, 0.0, program_.angle(0.0));
    model_.remember(0.0);
    stepper_ = std::make_unique<engine::RealTimeStepper>(model_.system, newton_, 1.0 / options_.rate, options_.stepping);
#pragma omp parallel
    {
        if (options_.enter_team) options_.enter_team(omp_get_thread_num());
    }
    reader_.begin(model_, last_tick_, 0.0, 0.0);
    row_ = reader_.collect(solution_);
    next_row_ = options_.row_interval;
}

StepChoices SpineSolver::step(const SolverInput& input, const std::optional<StepChoices>& recorded) {
    const double h = static_cast<double>(input.tick - last_tick_) / options_.rate, time = static_cast<double>(input.tick + 1) / options_.rate;
    last_tick_ = input.tick;
    const engine::RealTimeStep step =
        stepper_->step(time, h, [&](double t) { model_.apply(t, input.force, program_.angle(t)); }, recorded ? std::optional(recorded->exchanged) : std::nullopt);
    StepChoices choices{step.exchanged, false};
    note_step(input, step, solution_);
    if (!step.made()) return choices;
    model_.remember(time);
    choices.collected = recorded ? recorded->collected : reader_.ready();
    if (choices.collected) row_ = reader_.collect(solution_);
    if (reader_.idle() && time * (1.0 + 1e-12) >= next_row_) {
        reader_.begin(model_, last_tick_, time, input.force);
        next_row_ = next_multiple(time, options_.row_interval);
    }
    return choices;
}

std::optional<SolverRow> SpineSolver::take_row() {
    std::optional<SolverRow> out;
    std::swap(out, row_);
    return out;
}

}  // namespace foramen::io
