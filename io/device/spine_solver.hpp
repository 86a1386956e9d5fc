#pragma once

#include <memory>

#include "io/device/read_solver.hpp"

namespace foramen::io {

/// The finite-element spine in the loop, with all elements.
class SpineSolver : public ReadSolver {
public:
    /// The model's present state is the start of the session.
    SpineSolver(models::SpineModel& model, scenarios::LoadProgram program, const HilLimits& limits, const SpineSolverOptions& options)
        : ReadSolver(model, std::move(program), limits, options, ModelUsed::finite_elements), model_(model),
          newton_(model.system, models::newton_options(model, options.reading.peak)) {}

private:
    [[nodiscard]] models::SpineModel& loaded() override { return model_; }
    void start() override { stepper_ = std::make_unique<engine::RealTimeStepper>(model_.system, newton_, 1.0 / options().rate, options().stepping); }
    [[nodiscard]] engine::RealTimeStep advance(double time, double h, const Apply& apply, std::optional<bool> exchange) override {
        return stepper_->step(time, h, apply, exchange);
    }
    void begin_reading(std::int64_t tick, double time, double force) override { reader().begin(model_, tick, time, force); }

    models::SpineModel& model_;
    engine::NewtonSolver newton_;
    std::unique_ptr<engine::RealTimeStepper> stepper_;
};

}  // namespace foramen::io
