#include "io/reduced/reduction.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <chrono>
#include <cmath>
#include <stdexcept>

#include "engine/reduced/reduced_stepper.hpp"
#include "io/session_spine.hpp"
#include "models/spine_twin.hpp"
#include "scenarios/session.hpp"

namespace foramen::io {

namespace {

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

models::EquilibriumReport started(models::SpineModel& model, const scenarios::LoadProgram& program) {
    models::EquilibriumReport equilibrium;
    if (const std::string why = bring_to_start(model, program, equilibrium); !why.empty()) throw std::runtime_error(why);
    return equilibrium;
}

/// Steps of a reduced model are too short to be shared by a team of threads.
class OneThread {
public:
    OneThread() { omp_set_num_threads(1); }
    ~OneThread() { omp_set_num_threads(before_); }
    OneThread(const OneThread&) = delete;
    OneThread& operator=(const OneThread&) = delete;

private:
    int before_ = omp_get_max_threads();
};

class Collector : public engine::Observer {
public:
    Collector(const SessionStart& start, const models::SpineModel& model, FullRun& out, bool states, bool readings)
        : start_(start), model_(model), out_(out), states_(states), readings_(readings) {}
    void on_step(const engine::StepView& view) override {
        if (states_) out_.states.push_back(engine::save_state(view.system));
        if (readings_) out_.readings.push_back(start_.read(model_, view.newton, view.time));
    }

private:
    const SessionStart& start_;
    const models::SpineModel& model_;
    FullRun& out_;
    bool states_, readings_;
};

}  // namespace

SessionStart::SessionStart(const LoadedScenario& loaded, const scenarios::LoadProgram& program)
    : model_(built_spine(loaded)), equilibrium_(started(model_, program)), start_(models::twin_of(model_)), observer_(model_) {}

void SessionStart::rewind() { models::copy_state(start_, model_); }

SpineReading SessionStart::read(const models::SpineModel& model, const engine::NewtonSolver& newton, double time) const {
    const std::vector<double> row = observer_.read(model, newton);
    const auto part = [&](const char* name, std::size_t count) {
        const auto first = row.begin() + static_cast<std::ptrdiff_t>(observer_.offset(name));
        return std::vector<double>(first, first + static_cast<std::ptrdiff_t>(count));
    };
    return {time, part("idp", models::disc_count), part("foramen_area", 2 * models::disc_count), {}, {}};
}

FullRun run_full(SessionStart& start, const scenarios::Scenario& scenario, const Waveform& waveform, bool states, bool readings) {
    FullRun out;
    start.rewind();
    const auto begin = Clock::now();
    Collector collector(start, start.model(), out, states, readings);
    const engine::RunReport run = scenarios::run_session(start.model(), waveform.program, scenarios::stepper_options(scenario), {&collector});
    out.seconds = seconds_since(begin);
    start.rewind();
    if (run.reason != engine::StopReason::finished) throw std::runtime_error(fmt::format("waveform {}: stopped after {:.1f} s: {}", waveform.name, run.time, run.why));
    return out;
}

SpineReading read_with_estimate(const SessionStart& start, models::SpineModel& full, engine::NewtonSolver& newton, double time) {
    const engine::StageInput bare = engine::bare_stage(full.system);
    newton.evaluate(bare);
    SpineReading reading = start.read(full, newton, time);
    engine::balance_forces(full.system, newton);
    newton.evaluate(bare);
    const SpineReading balanced = start.read(full, newton, time);
    for (std::size_t i = 0; i < reading.pressure.size(); ++i) reading.pressure_error.push_back(std::abs(balanced.pressure[i] - reading.pressure[i]));
    for (std::size_t i = 0; i < reading.foramen.size(); ++i) reading.foramen_error.push_back(std::abs(balanced.foramen[i] - reading.foramen[i]));
    return reading;
}

ReducedRun run_reduced(SessionStart& start, const engine::ReducedModel& reduced, const Waveform& waveform, const std::vector<double>& times,
                       const std::function<void(double)>& progress) {
    ReducedRun out;
    const OneThread alone;
    start.rewind();
    models::SpineModel& full = start.model();
    models::SpineModel sampled = models::sampled_twin_of(full, reduced.sample);
    engine::NewtonSolver newton(sampled.system, start.newton_options(waveform.program.peak())), reading(full.system, start.newton_options(waveform.program.peak()));
    static_cast<void>(reading.factor_now(reduced.step));
    sampled.remember(0.0);
    engine::ReducedStepper stepper(sampled.system, newton, reduced);
    const auto advance = [&](double from, double to) {
        const auto begin = Clock::now();
        const engine::RealTimeStep step = stepper.step(to, to - from, [&](double t) { sampled.apply(t, waveform.program.force(t), waveform.program.angle(t)); });
        if (!step.made()) throw std::runtime_error(fmt::format("waveform {}: the reduced model failed after {:.3f} s: {}", waveform.name, to, engine::describe(step.failed.stop)));
        sampled.remember(to);
        out.seconds += seconds_since(begin);
        ++out.steps;
        out.corrections += step.corrections;
    };
    double time = 0.0;
    for (const double reading_time : times) {  // on the grid of ticks, with a step more where a reading lies between two
        while (time < reading_time - 1e-9) {
            const double tick = (std::floor(time / reduced.step + 1e-6) + 1.0) * reduced.step, to = std::min(tick, reading_time);
            advance(time, to);
            time = to;
        }
        if (progress) progress(reading_time / times.back());
        models::copy_bodies(sampled, full);
        stepper.expand(full.system);
        out.readings.push_back(read_with_estimate(start, full, reading, reading_time));
    }
    start.rewind();
    return out;
}

}  // namespace foramen::io
