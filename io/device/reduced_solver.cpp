#include "io/device/reduced_solver.hpp"

#include <omp.h>

#include "models/spine_twin.hpp"

namespace foramen::io {

namespace {

/// Readings of a reduced model say how far it is off.
SpineReaderOptions estimating(SpineReaderOptions options, double step) {
    options.estimate_step = step;
    return options;
}

}  // namespace

ReducedSolver::ReducedSolver(const models::SpineModel& model, const engine::ReducedModel& reduced, scenarios::LoadProgram program, const HilLimits& limits,
                             const SpineSolverOptions& options)
    : reduced_(reduced), sampled_(models::sampled_twin_of(model, reduced.sample)), program_(std::move(program)), options_(options),
      newton_(sampled_.system, models::newton_options(model, options.reading.peak)), stepper_(sampled_.system, newton_, reduced),
      reader_(model, limits, estimating(options.reading, reduced.step)) {}

void ReducedSolver::read(double time, double force) {
    reader_.begin_bodies(sampled_, last_tick_, time, force,
                         [this, q = stepper_.coordinates()](models::SpineModel& twin) { engine::place(twin.system, reduced_.basis, q); });
}

void ReducedSolver::begin() {
    omp_set_num_threads(options_.threads);
    sampled_.apply(0.0, 0.0, program_.angle(0.0));
    sampled_.remember(0.0);
#pragma omp parallel
    {
        if (options_.enter_team) options_.enter_team(omp_get_thread_num());
    }
    solution_.model = ModelUsed::reduced;
    read(0.0, 0.0);
    row_ = reader_.collect(solution_);
    next_row_ = options_.row_interval;
}

StepChoices ReducedSolver::step(const SolverInput& input, const std::optional<StepChoices>& recorded) {
    const double h = static_cast<double>(input.tick - last_tick_) / options_.rate, time = static_cast<double>(input.tick + 1) / options_.rate;
    last_tick_ = input.tick;
    const engine::RealTimeStep step = stepper_.step(time, h, [&](double t) { sampled_.apply(t, input.force, program_.angle(t)); });
    note_step(input, step, solution_);
    StepChoices choices;
    if (!step.made()) return choices;
    sampled_.remember(time);
    choices.collected = recorded ? recorded->collected : reader_.ready();
    if (choices.collected) row_ = reader_.collect(solution_);
    if (reader_.idle() && time * (1.0 + 1e-12) >= next_row_) {
        read(time, input.force);
        next_row_ = next_multiple(time, options_.row_interval);
    }
    return choices;
}

std::optional<SolverRow> ReducedSolver::take_row() {
    std::optional<SolverRow> out;
    std::swap(out, row_);
    return out;
}

}  // namespace foramen::io
