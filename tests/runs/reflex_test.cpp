// A guarding patient through one pull: the reflex of every step, and what it does to the spine.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "io/data_tables.hpp"
#include "io/scenario_reader.hpp"
#include "models/observables.hpp"
#include "scenarios/session.hpp"

using namespace foramen;

namespace {

constexpr const char* guarded_pull = R"(foramen: 1
extends: quick
name: A guarded pull
patient: guarding
session:
  - rest: 2 s
  - traction: {mode: static, hold: {force: 45 %BW}, duration: 13 s, ramp: {up: 60 N/s, down: 60 N/s}}
  - rest: 2 s
)";

/// All observables of every step.
class Histories : public engine::Observer {
public:
    explicit Histories(const models::SpineModel& model) : model_(model), observer_(model) {}
    void on_step(const engine::StepView& view) override {
        times.push_back(view.time);
        rows.push_back(observer_.read(model_, view.newton));
    }
    [[nodiscard]] double value(std::size_t step, const std::string& series, std::size_t label = 0) const {
        return rows[step][observer_.offset(series) + label];
    }
    /// Straight between the steps; before the first one that of the first.
    [[nodiscard]] double at(double time, const std::string& series, std::size_t label) const {
        if (time <= times.front()) return value(0, series, label);
        const auto i = static_cast<std::size_t>(std::lower_bound(times.begin(), times.end(), time) - times.begin());
        const double s = (time - times[i - 1]) / (times[i] - times[i - 1]);
        return (1.0 - s) * value(i - 1, series, label) + s * value(i, series, label);
    }

    std::vector<double> times;
    std::vector<std::vector<double>> rows;

private:
    const models::SpineModel& model_;
    models::SpineObserver observer_;
};

scenarios::Scenario guarded_scenario() {
    return io::read_scenario_text(guarded_pull, "guarded.yaml",
                                  {.library = {std::string(FORAMEN_SOURCE_DIR) + "/scenarios/library"}})
        .scenario;
}

models::SpineModel spine_of(const scenarios::Scenario& scenario) {
    return models::build_spine(io::read_anatomy_tables(std::string(FORAMEN_SOURCE_DIR) + "/data"),
                               scenarios::spine_spec(scenario));
}

/// One pull of the guarding patient with a reflex, from an equilibrium of its own.
Histories pull(const scenarios::Scenario& scenario, models::SpineModel& model, double largest_step) {
    REQUIRE(models::find_equilibrium(model, {}).converged);
    const scenarios::LoadProgram program = scenarios::load_program(scenario);
    REQUIRE(scenarios::begin_session(model, program).empty());
    Histories histories(model);
    scenarios::SessionStepping stepping = scenarios::stepper_options(scenario);
    stepping.largest_step = largest_step;
    REQUIRE(scenarios::run_session(model, program, stepping, {&histories}).reason == engine::StopReason::finished);
    return histories;
}

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE(
        "a guarding patient's fascicles answer the lengths of a delay ago at every step, and the discs get less of the pull") {
        const scenarios::Scenario scenario = guarded_scenario();
        models::SpineModel model = spine_of(scenario);
        const models::StretchReflex reflex = model.spec.muscles.reflex;
        REQUIRE(reflex.length_gain == 0.5);
        const Histories guarded = pull(scenario, model, 60.0);
        const std::vector<double> rest = model.muscle_memory.rest;
        double worst = 0.0, highest = 0.0, sides = 0.0;
        for (std::size_t step = 1; step < guarded.times.size(); ++step) {
            const double t = guarded.times[step], tau = reflex.delay, tone = model.spec.muscles.activation(t);
            for (std::size_t i = 0; i < rest.size(); ++i) {
                const auto& law = std::get<engine::FascicleLaw>(model.system.cables[model.muscles[i].first].law);
                const auto stretch = [&](double time) { return law.stretch(guarded.at(time, "muscle_length", i)); };
                const double rate = (stretch(t - tau) - stretch(t - 2.0 * tau)) / tau;
                const double asked = tone + 0.5 * std::max(stretch(t - tau) - rest[i], 0.0) + 0.05 * std::max(rate, 0.0);
                const double got = guarded.value(step, "muscle_activation", i);
                worst = std::max(worst, std::abs(got - std::min(asked, 0.3)));
                highest = std::max(highest, got - tone);
                if (i % 2 == 1) sides = std::max(sides, std::abs(got - guarded.value(step, "muscle_activation", i - 1)));
            }
        }
        MESSAGE("largest difference to the definition ", worst, ", to the other side ", sides, ", highest reflex ", highest);
        CHECK(worst < 1e-9);
        CHECK(sides < 1e-4);
        CHECK(highest > 0.01);

        models::SpineModel calm = spine_of(scenario);
        calm.spec.muscles.reflex = {};
        const Histories unanswered = pull(scenario, calm, 60.0);
        const double held = 9.5;  // s, near the end of the hold
        const auto answer = [&](const char* series, std::size_t label) {
            return guarded.at(held, series, label) - unanswered.at(held, series, label);
        };
        MESSAGE("the reflex changes elongation by ", answer("elongation", 0), " mm, at L4-L5 the disc's force by ",
                answer("axial_force_disc", 3), ", the muscles' by ", answer("axial_force_muscles", 3), " N");
        CHECK(answer("elongation", 0) < 0.0);
        CHECK(answer("axial_force_disc", 3) < -1.0);
        CHECK(answer("axial_force_muscles", 3) > 1.0);
    }

    TEST_CASE("steps that resolve the delay and steps that do not give the same pull") {
        scenarios::Scenario scenario = guarded_scenario();
        scenario.patient.muscles.reflex.delay = 0.3;
        models::SpineModel long_steps = spine_of(scenario), short_steps = spine_of(scenario);
        const Histories coarse = pull(scenario, long_steps, 60.0), fine = pull(scenario, short_steps, 0.15);
        CHECK(fine.times.size() > 2 * coarse.times.size());
        const double held = fine.at(9.5, "elongation", 0);
        for (const double time : {7.0, 9.5, 17.0}) {  // at the end of the ramp, of the hold, of the session
            CAPTURE(time);
            MESSAGE("elongation ", coarse.at(time, "elongation", 0), " and ", fine.at(time, "elongation", 0), " mm");
            CHECK(std::abs(coarse.at(time, "elongation", 0) - fine.at(time, "elongation", 0)) < 0.01 * held);
        }
    }
}
