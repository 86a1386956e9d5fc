#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/core/piecewise_linear.hpp"
#include "engine/time/time_stepper.hpp"
#include "tests/support/close.hpp"
#include "tests/support/columns.hpp"
#include "tests/verification/one_tissue.hpp"

using namespace foramen;
using namespace foramen::engine;
using testing::Column;

namespace {

Column soft_column() {
    Column column;
    column.elements = 12;
    column.growth = 1.3;
    column.ground = neo_hookean(1.0, 0.2);
    column.curves = {permeability_curve(ConstantPermeability{1e-3}), no_osmotic_pressure()};
    return column;
}

/// The column under a plate: the displacement of its top is prescribed, the top stays drained.
System plated_column() {
    std::vector<double> z;
    const std::vector<double> depth = graded_planes(1.0, 12, 1.3);
    for (auto d = depth.rbegin(); d != depth.rend(); ++d) z.push_back(1.0 - *d);
    DomainSpec spec = testing::one_tissue(box_mesh({std::vector<double>{0.0, 1.0}, {0.0, 1.0}, z}), neo_hookean(1.0, 0.2),
                                          {permeability_curve(ConstantPermeability{1e-3}), no_osmotic_pressure()});
    for (int n = 0; n < spec.mesh.node_count(); ++n)
        for (int axis = 0; axis < 2; ++axis) spec.fixed.push_back({n, axis});
    testing::fix(spec, "z0", 2);
    testing::fix(spec, "z1", 2);
    spec.drained = spec.mesh.node_set("z1");
    System system;
    system.add_domain(BiphasicDomain(std::move(spec), SolverKind::supernodal_f64), {});
    return system;
}

void move_plate(System& system, double displacement) {
    for (const int n : system.domains[0].mesh().node_set("z1")) system.domains[0].u[3 * n + 2] = displacement;
}

/// Times, lengths and states of the accepted steps.
class Log : public Observer {
public:
    std::vector<double> time, step;
    SystemState last;
    void on_step(const StepView& v) override {
        time.push_back(v.time);
        step.push_back(v.step);
        last = save_state(v.system);
    }
    /// Index of the step that ended at exactly this time.
    [[nodiscard]] std::size_t at(double t) const {
        const auto found = std::find(time.begin(), time.end(), t);
        REQUIRE(found != time.end());
        return static_cast<std::size_t>(found - time.begin());
    }
};

StepperOptions steps(double first, double displacement_tolerance = 1e-3) {
    StepperOptions o;
    o.first_step = first;
    o.displacement_tolerance = displacement_tolerance;
    o.pressure_tolerance = 1e-2;
    return o;
}

}  // namespace

TEST_SUITE_BEGIN("verification");

TEST_CASE("every corner of a piecewise load is hit exactly, steps restart there and grow in the holds") {
    // times that are no multiples of any step nor exact in binary
    const std::vector<double> corners{0.1, 0.1 + 60.0 / 7.0, 100.3, 100.3 + 1e-3, 1000.0 / 3.0, 5000.7};
    const PiecewiseLinear load({0.0, 0.1, 0.1 + 60.0 / 7.0, 100.3, 100.3 + 1e-3, 1000.0 / 3.0, 5000.7},
                               {0.0, 0.05, 0.2, 0.2, 0.1, 0.1, 0.1});
    System system = testing::column_system(soft_column());
    NewtonSolver newton(system, testing::column_newton(0.2, 1.0));
    TimeStepper stepper(system, newton, steps(0.05));
    Log log;
    const Drive drive{[&](double t, System& s) { testing::load_top(s, -load.value(t)); }, corners};
    const RunReport report = stepper.run(0.0, drive, {&log});
    REQUIRE(report.reason == StopReason::finished);
    CHECK(report.time == corners.back());
    CHECK(std::is_sorted(log.time.begin(), log.time.end()));
    CHECK(log.time.size() == static_cast<std::size_t>(report.steps) + 1);
    double first = log.step[1];
    CHECK(first <= 0.05);
    for (const double corner : corners) {
        CAPTURE(corner);
        const std::size_t k = log.at(corner);
        if (k + 1 == log.step.size()) continue;
        CHECK(log.step[k + 1] <= 3.0 * first * (1.0 + 1e-12));
        first = std::max(first, log.step[k + 1]);
    }
    for (std::size_t k = 1; k < log.time.size(); ++k) {
        CHECK(std::abs(log.time[k] - log.time[k - 1] - log.step[k]) < 1e-12 * (1.0 + log.time[k]));
        const bool after_corner = k == 1 || std::find(corners.begin(), corners.end(), log.time[k - 1]) != corners.end();
        if (!after_corner) CHECK(log.step[k] <= 3.0 * log.step[k - 1] * (1.0 + 1e-12));
    }
    // in the last hold the pressure dies away: each step is longer than the one before, but for the two equal ones at the end
    const std::size_t hold = log.at(corners[4]);
    for (std::size_t k = hold + 2; k + 2 < log.step.size(); ++k) CHECK(log.step[k] > log.step[k - 1]);
    CHECK(log.step[log.step.size() - 2] > 1000.0 * log.step[hold + 1]);
}

TEST_CASE("a load that comes back is followed in fewer steps: first steps after a corner are as long as those before them may have been") {
    std::vector<double> corners;
    for (int k = 1; k <= 24; ++k) corners.push_back(40.0 * k);
    const auto load = [](double t) { return 0.1 * std::abs(std::remainder(t, 80.0)) / 40.0; };  // up in 40 s, down in 40 s
    const auto run = [&](double first, double tolerance, Log& log) {
        System system = testing::column_system(soft_column());
        NewtonSolver newton(system, testing::column_newton(0.1, 1.0));
        TimeStepper stepper(system, newton, steps(first, tolerance));
        RunReport report = stepper.run(0.0, {[&](double t, System& s) { testing::load_top(s, -load(t)); }, corners}, {&log});
        REQUIRE(report.reason == StopReason::finished);
        return report;
    };
    Log log, exact;
    const RunReport report = run(1e-3, 1e-3, log);
    run(1e-3, 1e-5, exact);
    CHECK(report.rejected == 0);
    CHECK(log.step[1] == 1e-3);
    CHECK(log.step[log.at(corners[0]) + 1] <= 3e-3 * (1.0 + 1e-12));  // grows from corner to corner
    for (std::size_t k = 12; k + 1 < corners.size(); ++k) CHECK(log.step[log.at(corners[k]) + 1] > 0.1);
    const auto in_stretch = [&](std::size_t k) { return log.at(corners[k]) - log.at(corners[k - 1]); };
    CHECK(2 * in_stretch(20) < in_stretch(1));
    CHECK((log.last.u[0] - exact.last.u[0]).cwiseAbs().maxCoeff() < 1e-3);
}

TEST_CASE("fixed steps are as long as asked for, and shortened at corners only") {
    System system = testing::column_system(soft_column());
    NewtonSolver newton(system, testing::column_newton(0.1, 1.0));
    StepperOptions options = steps(3.0);
    options.fixed_steps = true;
    options.scheme = Scheme::backward_euler;
    TimeStepper stepper(system, newton, options);
    Log log;
    const Drive drive{[](double t, System& s) { testing::load_top(s, -0.1 * std::min(t / 10.0, 1.0)); }, {10.0, 20.0}};
    REQUIRE(stepper.run(0.0, drive, {&log}).reason == StopReason::finished);
    CHECK(log.time == std::vector<double>{0.0, 3.0, 6.0, 9.0, 10.0, 13.0, 16.0, 19.0, 20.0});
}

TEST_CASE("fixed steps go back to their length after one that had to be cut") {
    System system = plated_column();
    NewtonSolver newton(system, testing::column_newton(0.3, 1.0));
    StepperOptions options = steps(4.0);
    options.fixed_steps = true;
    options.scheme = Scheme::backward_euler;
    TimeStepper stepper(system, newton, options);
    Log log;
    // fast at first, then slow
    const Drive drive{[](double t, System& s) { move_plate(s, -0.02 * std::min(t, 1.0) - 1e-4 * t); }, {100.0}};
    const RunReport report = stepper.run(0.0, drive, {&log});
    REQUIRE(report.reason == StopReason::finished);
    REQUIRE(report.cutbacks > 0);
    CHECK(log.step[log.step.size() - 2] == 4.0);
}

TEST_CASE("a step that turns an element inside out is cut until it does not, and the run goes on") {
    System system = plated_column();
    NewtonSolver newton(system, testing::column_newton(0.3, 1.0));
    TimeStepper stepper(system, newton, steps(10.0, 1.0));
    Log log;
    // the first stage moves the plate by 0.09, through the top layer of 0.014
    const Drive drive{[](double t, System& s) { move_plate(s, -0.3 * std::min(t / 10.0, 1.0)); }, {10.0, 1e5}};
    const RunReport report = stepper.run(0.0, drive, {&log});
    CHECK(report.reason == StopReason::finished);
    CHECK(report.cutbacks > 0);
    CHECK(log.step[1] < 10.0);
    // the end is the homogeneous drained state
    const BiphasicDomain& d = system.domains[0];
    for (int n = 0; n < d.node_count(); ++n) CHECK(std::abs(d.u[3 * n + 2] + 0.3 * d.mesh().nodes(2, n)) < 1e-6);
}

TEST_CASE("a load that no step can follow ends the run with a sentence and the last accepted state") {
    for (const Scheme scheme : {Scheme::sdirk2, Scheme::backward_euler}) {
        System system = plated_column();
        NewtonSolver newton(system, testing::column_newton(0.3, 1.0));
        StepperOptions options = steps(0.5);
        options.scheme = scheme;
        options.smallest_step = 1e-4;
        options.largest_step = 1.0;
        TimeStepper stepper(system, newton, options);
        Log log;
        // at 5 s the plate jumps through the base
        const Drive drive{[](double t, System& s) { move_plate(s, t < 5.0 ? -0.01 * t : -1.2); }, {10.0, 20.0}};
        const RunReport report = stepper.run(0.0, drive, {&log});
        CHECK(report.reason == StopReason::step_too_small);
        CHECK(report.cutbacks > 3);
        CHECK(report.time == log.time.back());
        CHECK(report.time < 5.0);
        CHECK(report.time > 4.9);
        CHECK(report.steps + 1 == static_cast<int>(log.time.size()));
        CHECK(report.why.find("s failed: an element turned inside out (domain 0, element ") != std::string::npos);
        CHECK(system.domains[0].u == log.last.u[0]);
        CHECK(system.domains[0].p == log.last.p[0]);
    }
}

TEST_CASE("an observer can end a run") {
    struct Impatient : Observer {
        double now = 0.0;
        void on_step(const StepView& v) override { now = v.time; }
        bool wants_stop() override { return now > 3.0; }
    } observer;
    System system = testing::column_system(soft_column());
    NewtonSolver newton(system, testing::column_newton(0.1, 1.0));
    TimeStepper stepper(system, newton, steps(0.5));
    const Drive drive{[](double, System& s) { testing::load_top(s, -0.1); }, {100.0}};
    const RunReport report = stepper.run(0.0, drive, {&observer});
    CHECK(report.reason == StopReason::asked);
    CHECK(report.time == observer.now);
    CHECK(report.time < 100.0);
}

TEST_CASE("without a load nothing happens, exactly, and the steps grow as fast as they may") {
    System system = testing::column_system(soft_column());
    NewtonSolver newton(system, testing::column_newton(0.1, 1.0));
    TimeStepper stepper(system, newton, steps(1.0));
    Log log;
    REQUIRE(stepper.run(0.0, {[](double, System&) {}, {1e6}}, {&log}).reason == StopReason::finished);
    CHECK(system.domains[0].u.cwiseAbs().maxCoeff() == 0.0);
    CHECK(system.domains[0].p.cwiseAbs().maxCoeff() == 0.0);
    for (std::size_t k = 2; k + 2 < log.step.size(); ++k) CHECK_CLOSE(log.step[k], 3.0 * log.step[k - 1], 1e-12);
}

TEST_CASE("a step whose error is too large is rejected and taken again, shorter") {
    const auto run = [](double first_step) {
        System system = testing::column_system(soft_column());
        NewtonSolver newton(system, testing::column_newton(0.2, 1.0));
        TimeStepper stepper(system, newton, steps(first_step, 1e-4));
        RunReport report = stepper.run(0.0, {[](double, System& s) { testing::load_top(s, -0.2); }, {200.0}}, {});
        REQUIRE(report.reason == StopReason::finished);
        return std::pair(report, system.domains[0].u.tail<1>()[0]);
    };
    const auto [careful, careful_end] = run(1e-3);
    const auto [bold, bold_end] = run(100.0);
    CHECK(bold.rejected > 0);
    CHECK(bold.cutbacks == 0);
    CHECK(std::abs(bold_end - careful_end) < 1e-3);  // ten times the error allowed in a step
}

TEST_SUITE_END();
