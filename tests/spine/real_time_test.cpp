// The fixed-rate stepper against the ordinary one: same spine, same pull.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/time/real_time_stepper.hpp"
#include "models/observables.hpp"
#include "models/spine_twin.hpp"
#include "tests/support/spine_rows.hpp"

namespace {

using namespace foramen;

constexpr double peak = 300.0;   // N
constexpr double seconds = 2.0;  // s
constexpr int rate = 100;        // steps a second
constexpr int every = 10;        // steps between two readings

/// A ramp of 150 N/s with a ripple of 20 N at 3 Hz: harsher than any traction device.
double pull(double t) { return std::min(peak - 20.0, 150.0 * t) + 20.0 * std::min(1.0, t) * std::sin(2.0 * std::numbers::pi * 3.0 * t); }

models::SpineModel resting_spine() {
    models::SpineModel model = models::build_spine(testing::source_tables(), testing::coarse_spec());
    REQUIRE(models::find_equilibrium(model, {}).converged);
    model.begin_memory();
    return model;
}

using Rows = std::vector<std::vector<double>>;

Rows ordinary(models::SpineModel& model, const models::SpineObserver& observer) {
    struct Reader : engine::Observer {
        Reader(models::SpineModel& m, const models::SpineObserver& o, Rows& r) : model(m), observer(o), rows(r) {}
        void on_step(const engine::StepView& view) override {
            model.remember(view.time);
            const double reading = view.time * rate / every;
            if (view.step > 0.0 && std::abs(reading - std::round(reading)) < 1e-6) rows.push_back(observer.read(model, view.newton));
        }
        models::SpineModel& model;
        const models::SpineObserver& observer;
        Rows& rows;
    };
    Rows rows;
    Reader reader(model, observer, rows);
    engine::NewtonOptions tight = models::newton_options(model, peak);
    tight.body_tolerance = 1e-6;
    engine::NewtonSolver newton(model.system, tight);
    engine::StepperOptions stepping;
    stepping.fixed_steps = true;
    stepping.first_step = 0.02;
    engine::Drive drive{[&](double t, engine::System&) { model.apply(t, pull(t), 0.3); }, {}};
    for (int i = 1; i <= seconds * rate / every; ++i) drive.corners.push_back(static_cast<double>(i) * every / rate);
    CHECK(engine::TimeStepper(model.system, newton, stepping).run(0.0, drive, {&reader}).reason == engine::StopReason::finished);
    return rows;
}

/// @param wait  steps between two exchanges of a factor: stands for how fast the second thread is
Rows at_fixed_rate(models::SpineModel& model, const models::SpineObserver& observer, int wait) {
    Rows rows;
    engine::NewtonSolver newton(model.system, models::newton_options(model, peak));
    model.apply(0.0, 0.0, 0.3);
    model.remember(0.0);
    const double h = 1.0 / rate;
    engine::RealTimeStepper stepper(model.system, newton, h);
    for (int n = 1; n <= seconds * rate; ++n) {
        const engine::RealTimeStep step = stepper.step(n * h, h, [&](double t) { model.apply(t, pull(t), 0.3); }, n > 1 && n % wait == 0);
        REQUIRE(step.made());
        model.remember(n * h);
        if (n % every != 0) continue;
        stepper.evaluate();
        rows.push_back(observer.read(model, newton));
    }
    return rows;
}

struct Difference {
    double error, range;
};
Difference difference(const Rows& a, const Rows& b, std::size_t first, std::size_t count) {
    Difference worst{0.0, 0.0};
    for (std::size_t c = first; c < first + count; ++c) {
        double low = b.front()[c], high = low;
        for (std::size_t i = 0; i < b.size(); ++i) {
            worst.error = std::max(worst.error, std::abs(a[i][c] - b[i][c]));
            low = std::min(low, b[i][c]);
            high = std::max(high, b[i][c]);
        }
        worst.range = std::max(worst.range, high - low);
    }
    return worst;
}

}  // namespace

TEST_SUITE("spine") {
    TEST_CASE("the fixed-rate stepper follows the ordinary run, whatever the pace of the factor's renewal, and repeats it to the bit") {
        models::SpineModel model = resting_spine();
        const models::SpineObserver observer(model);
        models::SpineModel twin = models::twin_of(model);
        const models::SpineObserver twin_observer(twin);
        const engine::SystemState start = engine::save_state(model.system);
        const auto sticks = model.system.sticks;
        const auto again = [&] {
            engine::restore_state(model.system, start);
            model.system.sticks = sticks;
            model.apply_rest();
            model.begin_memory();
        };
        const Rows expected = ordinary(model, observer);
        REQUIRE(expected.size() == static_cast<std::size_t>(seconds * rate / every));
        std::vector<Rows> all;
        for (const int wait : {2, 8}) {
            again();
            all.push_back(at_fixed_rate(model, observer, wait));
            for (const auto& [name, count] : {std::pair{"idp", 5}, {"disc_height_mid", 5}, {"foramen_area", 10}}) {
                const Difference d = difference(all.back(), expected, observer.offset(name), count);
                INFO(name << ", exchange every " << wait << " steps: " << d.error << " of " << d.range);
                CHECK(d.range > 0.0);
                CHECK(d.error <= 0.005 * d.range);  // measured 0.0011 to 0.0025; numerics note of the scheme: 0.006
            }
        }
        again();
        CHECK(at_fixed_rate(model, observer, 8) == all.back());
        CHECK_FALSE(all[0] == all[1]);  // the exchanges matter: bits would tell
        models::copy_state(model, twin);  // a copy reads what the spine itself reads
        engine::NewtonSolver reader(twin.system, models::newton_options(twin, peak));
        engine::StageInput stage{{}, 0.0};
        for (const auto& domain : twin.system.domains) stage.target.push_back(Eigen::VectorXd::Zero(domain.node_count()));
        reader.evaluate(stage);
        CHECK(twin_observer.read(twin, reader) == all.back().back());
    }
}
