#include "io/device/read_solver.hpp"

#include <omp.h>

namespace foramen::io {

ReadSolver::ReadSolver(const models::SpineModel& model, scenarios::LoadProgram program, const HilLimits& limits, const SpineSolverOptions& options, ModelUsed kind)
    : program_(std::move(program)), options_(options), reader_(model, limits, options.reading) {
    solution_.model = kind;
}

void ReadSolver::begin() {
    omp_set_num_threads(options_.threads);
    loaded().apply(0.0, 0.0, program_.angle(0.0));
    loaded().remember(0.0);
    start();
#pragma omp parallel
    {
        if (options_.enter_team) options_.enter_team(omp_get_thread_num());
    }
    begin_reading(last_tick_, 0.0, 0.0);
    row_ = reader_.collect(solution_);
    next_row_ = options_.row_interval;
}

void ReadSolver::note(const SolverInput& input, const engine::RealTimeStep& step) {
    ++solution_.version;
    ++solution_.steps;
    solution_.tick = input.tick;
    solution_.force = input.force;
    solution_.merit = step.merit;
    solution_.corrections += static_cast<std::uint32_t>(step.corrections);
    solution_.exchanges += step.exchanged ? 1 : 0;
    solution_.sound = step.made();
    if (!step.made()) ++solution_.failures;
}

StepChoices ReadSolver::step(const SolverInput& input, const std::optional<StepChoices>& recorded) {
    const double h = static_cast<double>(input.tick - last_tick_) / options_.rate, time = static_cast<double>(input.tick + 1) / options_.rate;
    last_tick_ = input.tick;
    const engine::RealTimeStep step =
        advance(time, h, [&](double t) { loaded().apply(t, input.force, program_.angle(t)); }, recorded ? std::optional(recorded->exchanged) : std::nullopt);
    StepChoices choices{step.exchanged, false};
    note(input, step);
    if (!step.made()) return choices;
    loaded().remember(time);
    choices.collected = recorded ? recorded->collected : reader_.ready();
    if (choices.collected) row_ = reader_.collect(solution_);
    if (reader_.idle() && time * (1.0 + 1e-12) >= next_row_) {
        begin_reading(last_tick_, time, input.force);
        next_row_ = next_multiple(time, options_.row_interval);
    }
    return choices;
}

std::optional<SolverRow> ReadSolver::take_row() {
    std::optional<SolverRow> out;
    std::swap(out, row_);
    return out;
}

}  // namespace foramen::io
