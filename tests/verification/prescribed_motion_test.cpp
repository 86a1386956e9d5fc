#include <doctest/doctest.h>

#include <cmath>

#include "engine/core/units.hpp"
#include "engine/time/time_stepper.hpp"
#include "tests/support/tiny_models.hpp"
#include "tests/verification/one_tissue.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

/// The column under a plate: the displacement of its top is prescribed, the top stays drained.
System plated_column() {
    std::vector<double> z;
    const std::vector<double> depth = graded_planes(1.0, 12, 1.3);
    for (auto d = depth.rbegin(); d != depth.rend(); ++d) z.push_back(1.0 - *d);
    DomainSpec spec = testing::one_tissue(box_mesh({std::vector<double>{0.0, 1.0}, {0.0, 1.0}, z}), neo_hookean(1.0, 0.2),
                                          {permeability_curve(ConstantPermeability{100.0}), no_osmotic_pressure()});
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

StepperOptions fixed_steps(double h) {
    StepperOptions o;
    o.fixed_steps = true;
    o.first_step = h;
    return o;
}

/// Bends, turns and lifts, at rates that change.
Pose upper_end_plate(double t) {
    const double s = std::sin(0.7 * t);
    return {rotation_from_vector({3.0 * degree * s, 4.0 * degree * s * s, -2.0 * degree * t}), {0.02 * t, -0.05 * s, 0.1 * s}};
}

/// How far a pose is from another, in mm and rad.
double distance(const Pose& a, const Pose& b) { return (a.origin - b.origin).norm() + (a.rotation - b.rotation).norm(); }

}  // namespace

TEST_SUITE_BEGIN("verification");

TEST_CASE("a body whose pose the drive prescribes is exactly there after every step") {
    for (const Scheme scheme : {Scheme::backward_euler, Scheme::sdirk2}) {
        CAPTURE(scheme == Scheme::sdirk2);
        System system;
        for (int body = 0; body < 2; ++body) {
            system.add_body({});
            system.free[body] = {false, false, false, false, false, false};
        }
        system.add_domain(testing::distorted_block(true, false), {0, 1});
        NewtonSolver newton(system, testing::newton_scales(0.5, 2.0, 0.1, 1e-8));
        StepperOptions options = fixed_steps(0.125);
        options.scheme = scheme;
        TimeStepper stepper(system, newton, options);
        struct Follower : Observer {
            double worst = 0.0;
            void on_step(const StepView& v) override {
                worst = std::max(worst, distance(v.system.poses[1], upper_end_plate(v.time)));
            }
        } follower;
        const Drive drive{[](double t, System& s) { s.poses[1] = upper_end_plate(t); }, {2.0}};
        REQUIRE(stepper.run(0.0, drive, {&follower}).reason == StopReason::finished);
        CHECK(follower.worst == 0.0);
        // and the tissue is where the same stages take it without a first guess: every step a stretch of its own
        System plain;
        plain.poses = {Pose{}, Pose{}};
        plain.free = system.free;
        plain.add_domain(testing::distorted_block(true, false), {0, 1});
        NewtonSolver other(plain, testing::newton_scales(0.5, 2.0, 0.1, 1e-8));
        TimeStepper restarted(plain, other, options);
        Drive with_corners = drive;
        with_corners.corners.clear();
        for (int k = 1; k <= 16; ++k) with_corners.corners.push_back(0.125 * k);
        REQUIRE(restarted.run(0.0, with_corners, {}).reason == StopReason::finished);
        CHECK((system.domains[0].u - plain.domains[0].u).cwiseAbs().maxCoeff() < 1e-6);
        CHECK((system.domains[0].p - plain.domains[0].p).cwiseAbs().maxCoeff() < 1e-6);
    }
}

TEST_CASE("a first guess that turns an element inside out is dropped, but not what the drive has prescribed") {
    // the plate is lifted fast and then let down slowly: the guess along the last step throws the tissue through it
    const auto plate = [](double t) { return t < 1.0 ? 1.5 * t : 1.5 - 0.05 * (t - 1.0); };
    const auto end = [&](const std::vector<double>& corners) {
        System system = plated_column();
        NewtonSolver newton(system, testing::newton_scales(1.0, 1.0, 1.0, 1e-11));
        TimeStepper stepper(system, newton, fixed_steps(0.125));
        const RunReport report = stepper.run(0.0, {[&](double t, System& s) { move_plate(s, plate(t)); }, corners}, {});
        REQUIRE(report.reason == StopReason::finished);
        CHECK(report.cutbacks == 0);
        return save_state(system);
    };
    // with the kink declared as a corner there is no guess after it
    const SystemState guessed = end({1.125}), plain = end({1.0, 1.125});
    CHECK((guessed.u[0] - plain.u[0]).cwiseAbs().maxCoeff() < 1e-9);
    CHECK((guessed.p[0] - plain.p[0]).cwiseAbs().maxCoeff() < 1e-9);
}

TEST_SUITE_END();
