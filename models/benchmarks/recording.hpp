#pragma once

#include <functional>
#include <stdexcept>

#include "engine/time/time_stepper.hpp"
#include "models/benchmarks/benchmark.hpp"

namespace foramen::models {

/// Reads one number at every accepted step, the start included.
class Recording : public engine::Observer {
public:
    Recording(std::string name, std::string unit, std::function<double(const engine::StepView&)> read)
        : trace_{std::move(name), std::move(unit), {}, "s", {}}, read_(std::move(read)) {}
    void on_step(const engine::StepView& view) override {
        trace_.x.push_back(view.time);
        trace_.y.push_back(read_(view));
    }
    [[nodiscard]] const Trace& trace() const { return trace_; }

private:
    Trace trace_;
    std::function<double(const engine::StepView&)> read_;
};

/// @throws std::runtime_error with the run's own sentence if it did not reach its end
inline void finish(const engine::RunReport& report) {
    if (report.reason != engine::StopReason::finished) throw std::runtime_error(report.why);
}
inline void finish(const engine::NewtonReport& report, const char* what) {
    if (!report.converged()) throw std::runtime_error(std::string(what) + ": Newton's method did not converge");
}

}  // namespace foramen::models
