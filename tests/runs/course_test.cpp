// Two short sessions with a stretch on the feet and one in bed between them, as one run.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "io/data_tables.hpp"
#include "io/scenario_reader.hpp"
#include "models/observables.hpp"
#include "scenarios/session.hpp"
#include "tests/support/close.hpp"

using namespace foramen;

namespace {

constexpr const char* short_course = R"(foramen: 1
extends: quick
name: Two sessions
session:
  - rest: 10 s
  - traction: {mode: static, hold: {force: 200 N}, duration: 60 s, ramp: {up: 40 N/s, down: 40 N/s}}
course:
  sessions: 2
  between: [{standing: 30 min}, {lying: 30 min}]
  strengthening: 5 %
)";

struct Step {
    double time, step;
    std::vector<double> row;
};

class Steps : public engine::Observer {
public:
    explicit Steps(const models::SpineModel& model) : observer(model), model_(model) {}
    void on_step(const engine::StepView& view) override { all.push_back({view.time, view.step, observer.read(model_, view.newton)}); }
    [[nodiscard]] const Step& at(double time) const {
        return *std::find_if(all.begin(), all.end(), [&](const Step& s) { return s.time >= time - 1e-6; });
    }
    [[nodiscard]] double value(double time, const std::string& name, std::size_t label = 0) const {
        return at(time).row[observer.offset(name) + label];
    }
    models::SpineObserver observer;
    std::vector<Step> all;

private:
    const models::SpineModel& model_;
};

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE("a course carries fluid over, stands on the feet without table and harness, and strengthens muscles") {
        const scenarios::Scenario scenario =
            io::read_scenario_text(short_course, "course.yaml", {.library = {std::string(FORAMEN_SOURCE_DIR) + "/scenarios/library"}}).scenario;
        models::SpineModel model =
            models::build_spine(io::read_anatomy_tables(std::string(FORAMEN_SOURCE_DIR) + "/data"), scenarios::spine_spec(scenario));
        CHECK(model.spec.standing_load == 500.0);
        REQUIRE(models::find_equilibrium(model, {}).converged);
        const scenarios::LoadProgram program = scenarios::load_program(scenario);
        CHECK(program.duration() == 70.0 + 3600.0 + 70.0);
        REQUIRE(scenarios::begin_session(model, program).empty());
        Steps steps(model);
        REQUIRE(scenarios::run_session(model, program, scenarios::stepper_options(scenario), {&steps}).reason == engine::StopReason::finished);

        constexpr int l4_l5 = 3;
        const double up = 70.0 + 30.0, down = 70.0 + 1770.0, lain = 70.0 + 3600.0;
        for (const double t : {up, down}) {
            CHECK(std::abs(steps.value(t, "thoracic_harness_force")) < 1e-9);
            CHECK(std::abs(steps.value(t, "table_friction_upper")) < 1e-9);
            // the follower load is a load along the bodies: what the disc carries grows by all of it but what the ligaments give up
            const double more = steps.value(0.0, "axial_force_disc", l4_l5) - steps.value(t, "axial_force_disc", l4_l5);
            CHECK(more > 400.0);
            CHECK(more < 560.0);
        }
        // Wilke 1999: 0.5 MPa standing, in one person; Sato 1999: 0.54 (0.3 to 0.7) MPa
        CHECK(steps.value(up, "idp", l4_l5) > 0.3);
        CHECK(steps.value(up, "idp", l4_l5) < 0.8);
        CHECK(steps.value(down, "fluid_content", l4_l5) < steps.value(up, "fluid_content", l4_l5) - 50.0);
        CHECK(steps.value(lain, "fluid_content", l4_l5) > steps.value(down, "fluid_content", l4_l5) + 20.0);
        CHECK(steps.value(lain, "fluid_content", l4_l5) < steps.value(0.0, "fluid_content", l4_l5));  // carried into the second session
        const auto& fascicle = std::get<engine::FascicleLaw>(model.system.cables[model.muscles.front().first].law);
        CHECK_CLOSE(fascicle.max_force, 1.05 * 1.05 * model.fascicle_force.front(), 1e-12);  // both sessions have ended

        double longest = 0.0, longest_in_session = 0.0, balance = 0.0;
        for (const Step& s : steps.all) {
            const bool between = s.time > 70.0 && s.time <= lain;
            (between ? longest : longest_in_session) = std::max(between ? longest : longest_in_session, s.step);
            for (std::size_t d = 0; d < 5; ++d) balance = std::max(balance, s.row[steps.observer.offset("force_balance") + d]);
        }
        CHECK(longest > 120.0);
        CHECK(longest_in_session <= 60.0);
        CHECK(balance < 2e-3);
        CHECK_CLOSE(program.strength(lain + 1.0), 1.05, 1e-14);
        CHECK_CLOSE(program.strength(lain + 70.0), 1.05 * 1.05, 1e-14);
        CHECK(program.strength(0.0) == 1.0);
    }
}
