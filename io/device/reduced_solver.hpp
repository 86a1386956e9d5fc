#pragma once

#include "engine/reduced/reduced_stepper.hpp"
#include "io/device/read_solver.hpp"
#include "models/spine_twin.hpp"

namespace foramen::io {

/// A reduced model of the spine in the loop, for rates that all elements cannot keep. Observables are read from all nodes, with an estimate
/// of what the reduced model gets wrong.
class ReducedSolver : public ReadSolver {
public:
    /// @param model  with all elements, at the start of the session; it outlives the solver
    ReducedSolver(const models::SpineModel& model, const engine::ReducedModel& reduced, scenarios::LoadProgram program, const HilLimits& limits,
                  const SpineSolverOptions& options)
        : ReadSolver(model, std::move(program), limits, estimating(options, reduced.step), ModelUsed::reduced), reduced_(reduced),
          sampled_(models::sampled_twin_of(model, reduced.sample)), newton_(sampled_.system, models::newton_options(model, options.reading.peak)),
          stepper_(sampled_.system, newton_, reduced) {}

private:
    [[nodiscard]] static SpineSolverOptions estimating(SpineSolverOptions options, double step) {
        options.reading.estimate_step = step;
        return options;
    }
    [[nodiscard]] models::SpineModel& loaded() override { return sampled_; }
    [[nodiscard]] engine::RealTimeStep advance(double time, double h, const Apply& apply, std::optional<bool>) override { return stepper_.step(time, h, apply); }
    void begin_reading(std::int64_t tick, double time, double force) override {
        reader().begin_bodies(sampled_, tick, time, force,
                              [this, q = stepper_.coordinates()](models::SpineModel& twin) { engine::place(twin.system, reduced_.basis, q); });
    }

    const engine::ReducedModel& reduced_;
    models::SpineModel sampled_;
    engine::NewtonSolver newton_;
    engine::ReducedStepper stepper_;
};

}  // namespace foramen::io
