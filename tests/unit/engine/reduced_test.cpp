#include <doctest/doctest.h>

#include "engine/reduced/reduced_stepper.hpp"
#include "engine/time/time_stepper.hpp"
#include "tests/support/close.hpp"
#include "tests/support/random.hpp"
#include "tests/support/tiny_models.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

/// A block between the ground and a body that a force pulls and a spring holds aside.
System pulled_block() {
    System system;
    system.add_body({});
    system.free.back() = {false, false, false, false, false, false};
    system.add_body({});
    system.add_domain(testing::distorted_block(true, false), {0, 1});
    system.springs.push_back({{1, {1.0, 1.0, 2.0}}, ground, {1.0, 1.0, 2.0}, {0.5, 0.5, 0.1}});
    system.forces.push_back({{1, {1.5, 1.0, 2.0}}, Eigen::Vector3d::Zero()});
    return system;
}

System sampled_block(const System& full, const ElementSample& sample) {
    System system;
    system.poses = full.poses;
    system.free = full.free;
    system.springs = full.springs;
    system.forces = full.forces;
    system.add_domain(sampled_domain(full.domains[0], sample.domains[0]), {0, 1});
    return system;
}

Eigen::Vector3d pull(double t) { return {0.02 * t, 0.0, 0.15 * std::min(t, 2.0)}; }

constexpr double h = 0.5;  // s

NewtonOptions tight() {
    NewtonOptions o;
    o.force_scale = 1.0;
    o.body_tolerance = 1e-10;
    o.force_tolerance = 1e-10;
    o.volume_tolerance = 1e-11;
    return o;
}

/// States of a run with all unknowns: backward Euler, iterated to the end.
std::vector<SystemState> full_run(System& system, double seconds) {
    struct Collector : Observer {
        void on_step(const StepView& view) override { states.push_back(save_state(view.system)); }
        std::vector<SystemState> states;
    } collector;
    NewtonSolver newton(system, tight());
    StepperOptions stepping;
    stepping.scheme = Scheme::backward_euler;
    stepping.fixed_steps = true;
    stepping.first_step = h;
    const Drive drive{[](double t, System& s) { s.forces[0].force = pull(t); }, {seconds}};
    REQUIRE(TimeStepper(system, newton, stepping).run(0.0, drive, {&collector}).reason == StopReason::finished);
    return collector.states;
}

/// Random states about the present one, enough to span all unknowns.
std::vector<SystemState> random_states(System& system, NewtonSolver& newton) {
    const SystemState here = save_state(system);
    testing::Uniform random(5);
    std::vector<SystemState> states;
    newton.evaluate(bare_stage(system));
    const Eigen::Index size = system.move_count() + system.domains[0].unknown_count();
    for (int s = 0; s < 90; ++s) {
        Eigen::VectorXd step = 0.01 * random.vector(size);
        step.head<6>().setZero();
        newton.add_response(step);
        states.push_back(save_state(system));
        restore_state(system, here);
    }
    return states;
}

ElementSample all_elements(const System& system) {
    ElementSample sample;
    sample.domains.resize(1);
    for (int e = 0; e < system.domains[0].mesh().element_count(); ++e) {
        sample.domains[0].elements.push_back(e);
        sample.domains[0].weights.push_back(1.0);
    }
    for (int n = 0; n < system.domains[0].node_count(); ++n) sample.domains[0].nodes.push_back(n);
    return sample;
}

/// Largest differences of displacement [mm] and pressure [MPa] at the end of runs with all unknowns and with coordinates.
std::array<double, 2> difference_after(const ReducedModel& model, System& system, double seconds, bool single_precision = false) {
    System full = pulled_block();
    const SystemState truth = full_run(full, seconds).back();
    System sampled = sampled_block(system, model.sample);
    NewtonSolver newton(sampled, tight());
    ReducedStepper stepper(sampled, newton, model, {.calm = 1e-13, .most_corrections = 40, .single_precision = single_precision});
    for (double t = h; t < seconds + 0.5 * h; t += h)
        REQUIRE(stepper.step(t, h, [&](double time) { sampled.forces[0].force = pull(time); }).made());
    stepper.expand(system);
    return {(system.domains[0].u - truth.u[0]).cwiseAbs().maxCoeff(), (system.domains[0].p - truth.p[0]).cwiseAbs().maxCoeff()};
}

}  // namespace

TEST_SUITE_BEGIN("unit/reduced");

TEST_CASE("non-negative least squares: few columns where few suffice, and the conditions of a minimum where none do") {
    testing::Uniform random(7);
    const Eigen::MatrixXd left = random.vector(2000).reshaped(200, 10), right = (random.vector(600).array() + 1.0).matrix().reshaped(10, 60);
    const Eigen::MatrixXd A = left * right;
    const Eigen::VectorXd b = A.rowwise().sum(), x = sparse_nonnegative(A, b, 1e-9, 60);
    CHECK((A * x - b).norm() <= 1e-9 * b.norm());
    CHECK(x.minCoeff() >= 0.0);
    CHECK((x.array() > 0.0).count() <= 10);
    // outside the cone: Karush, Kuhn and Tucker
    for (int problem = 0; problem < 30; ++problem) {
        const Eigen::MatrixXd C = random.vector(600).reshaped(30, 20);
        const Eigen::VectorXd d = random.vector(30), y = sparse_nonnegative(C, d, 0.0, 20);
        const Eigen::VectorXd gain = C.transpose() * (d - C * y);
        CHECK(y.minCoeff() >= 0.0);
        for (int j = 0; j < 20; ++j) CHECK((y[j] > 0.0 ? std::abs(gain[j]) : gain[j]) <= 1e-9);
    }
    CHECK((sparse_nonnegative(A, b, 1e-9, 3).array() > 0.0).count() <= 3);
}

TEST_CASE("reduced: the projected tangent is that of the dense one, and weights scale what an element gives") {
    BiphasicDomain domain = testing::distorted_block(true);
    testing::Uniform random(3);
    std::vector<Pose> slots(2);
    slots[1].rotation = rotation_from_vector({-0.05, 0.1, 0.1});
    domain.u = 0.05 * random.vector(domain.u.size());
    domain.p = 0.2 * random.vector(domain.p.size());
    domain.place_ties(slots);
    const int n = domain.unknown_count(), moves = domain.move_count();
    const Eigen::MatrixXd X = random.vector(5 * (n + moves)).reshaped(n + moves, 5);
    const Eigen::MatrixXd expected = X.transpose() * domain.dense_tangent(3.0, false, slots) * X;
    CHECK_CLOSE(domain.projected_tangent(3.0, false, slots, X.topRows(n), X.bottomRows(moves)), expected, 1e-11);

    DomainSpec heavy = domain.spec();
    heavy.weights.assign(heavy.tissues.size(), 3.0);
    BiphasicDomain weighted(heavy, SolverKind::supernodal_f64);
    weighted.u = domain.u;
    weighted.p = domain.p;
    DomainResidual one, three;
    domain.evaluate(Eigen::VectorXd::Zero(domain.node_count()), 2.0, slots, one);
    weighted.evaluate(Eigen::VectorXd::Zero(domain.node_count()), 2.0, slots, three);
    CHECK_CLOSE(three.r, 3.0 * one.r, 1e-13);
    CHECK_CLOSE(three.tie, 3.0 * one.tie, 1e-12);
}

TEST_CASE("reduced: with a coordinate for every unknown and all elements it is the full model") {
    System system = pulled_block();
    NewtonSolver newton(system, tight());
    const std::vector<SystemState> states = random_states(system, newton);
    ReducedModel model;
    model.step = h;
    model.basis = make_basis(system, newton, states, {1e-6, 1e-6, 1000});
    CHECK(model.basis.displacement_modes() == 42);  // 12 free nodes and one body
    CHECK(model.basis.pressure_modes() == 24);
    model.sample = all_elements(system);
    System sampled = sampled_block(system, model.sample);
    NewtonSolver sampled_newton(sampled, tight());
    finish_reduction(model, system, newton, sampled, sampled_newton, states, 3);
    CHECK(model.missing.force.norm() < 1e-12);
    const std::array<double, 2> difference = difference_after(model, system, 4.0);
    CHECK(difference[0] < 1e-7);
    CHECK(difference[1] < 1e-7);
}

TEST_CASE("reduced: few coordinates and elements follow the run that they were learnt from") {
    System learnt = pulled_block();
    const std::vector<SystemState> states = full_run(learnt, 4.0);
    System system = pulled_block();
    NewtonSolver newton(system, tight());
    ReductionOptions options;
    options.sampling.tolerance = 1e-4;
    ReducedModel model = choose_coordinates(system, newton, states, h, options);
    CHECK(model.basis.displacement_modes() < 20);
    CHECK(model.sample.error <= 1e-4);
    System sampled = sampled_block(system, model.sample);
    NewtonSolver sampled_newton(sampled, tight());
    finish_reduction(model, system, newton, sampled, sampled_newton, states, 6);
    const std::array<double, 2> difference = difference_after(model, system, 4.0);
    const double reached = states.back().u[0].cwiseAbs().maxCoeff();
    CAPTURE(reached);
    CHECK(difference[0] < 2e-3 * reached);
    CHECK(difference[1] < 2e-3 * 0.05);
    // products in single precision change nothing that counts
    const std::array<double, 2> single = difference_after(model, system, 4.0, true);
    CHECK(std::abs(single[0] - difference[0]) < 1e-5 * reached);
    CHECK(std::abs(single[1] - difference[1]) < 1e-5 * 0.05);
    CHECK(single != difference);
}

TEST_CASE("reduced: few elements with their weights stand for all, and a loaded reference stays in balance") {
    constexpr double instant = 1e-6;  // s, in which no water moves
    System system = pulled_block();
    const std::vector<SystemState> states = full_run(system, 4.0);  // the system stays where the run ended
    NewtonSolver newton(system, tight());
    ReductionOptions options;
    options.sampling.tolerance = 2e-2;
    ReducedModel model = choose_coordinates(system, newton, states, instant, options);
    CHECK(model.sample.count() < system.domains[0].mesh().element_count());
    System sampled = sampled_block(system, model.sample);
    NewtonSolver sampled_newton(sampled, tight());
    finish_reduction(model, system, newton, sampled, sampled_newton, states, 4);
    CHECK(model.missing.force.norm() > 1e-3);

    const ReducedBasis part = restricted(model.basis, model.sample);
    const Eigen::VectorXd rest = Eigen::VectorXd::Zero(part.size()), q = nearest_coordinates(system, model.basis, states[2]);
    const auto forces = [&](System& s, NewtonSolver& n, const ReducedBasis& basis, const Eigen::VectorXd& at) {
        place(s, basis, at);
        n.evaluate(bare_stage(s));
        return project(s, n, basis, at).force;
    };
    const Eigen::VectorXd all = forces(system, newton, model.basis, q) - forces(system, newton, model.basis, rest);
    const Eigen::VectorXd few = forces(sampled, sampled_newton, part, q) - forces(sampled, sampled_newton, part, rest);
    CHECK((few - all).norm() < 0.1 * all.norm());

    ReducedStepper stepper(sampled, sampled_newton, model, {.calm = 1e-12, .most_corrections = 20, .single_precision = false});
    REQUIRE(stepper.step(instant, instant, [](double) {}).made());
    CHECK(stepper.coordinates().norm() < 1e-4 * q.norm());
    // pushed through itself: the step is refused, with the element's number among all
    sampled.forces[0].force = {0.0, 0.0, -200.0};
    RealTimeStep crushed;
    for (int k = 0; k < 50 && crushed.made(); ++k) crushed = stepper.step(instant, instant, [](double) {});
    CHECK(crushed.failed.stop == NewtonStop::element_inverted);
    CHECK(std::ranges::count(model.sample.domains[0].elements, crushed.failed.element) == 1);
}

TEST_CASE("reduced: the slope of the bodies' moves is that of their poses, by differences") {
    System system = pulled_block();
    testing::Uniform random(9);
    ReducedBasis basis;
    basis.reference = save_state(system);
    basis.reference.poses[1].rotation = rotation_from_vector({0.3, -0.2, 0.1});
    basis.moves = Eigen::MatrixXd::Zero(12, 3);
    basis.moves.bottomRows<6>() = random.vector(18).reshaped(6, 3);
    basis.displacement = {Eigen::MatrixXd::Zero(3 * system.domains[0].node_count(), 3)};
    basis.pressure = {Eigen::MatrixXd::Zero(system.domains[0].node_count(), 1)};
    const Eigen::VectorXd q = 0.4 * random.vector(4);
    const auto pose_at = [&](const Eigen::VectorXd& at) {
        place(system, basis, at);
        return system.poses[1];
    };
    const Eigen::MatrixXd slope = moves_at(system, basis, q);
    constexpr double small = 1e-6;
    for (int j = 0; j < 3; ++j) {
        const Pose before = pose_at(q - small * Eigen::VectorXd::Unit(4, j)), after = pose_at(q + small * Eigen::VectorXd::Unit(4, j));
        const Eigen::Vector3d move = (after.origin - before.origin) / (2.0 * small);
        const Eigen::Vector3d turn = vector_from_rotation(after.rotation * before.rotation.transpose()) / (2.0 * small);
        CHECK_CLOSE(slope.col(j).segment<3>(6), move, 1e-8);
        CHECK_CLOSE(slope.col(j).segment<3>(9), turn, 1e-7);
    }
}

TEST_CASE("reduced: without the Hessian the gradient of all forces between bodies is the same") {
    System system = pulled_block();
    system.cables.push_back({{{0, {0.0, 0.0, 0.0}}, {1, {1.0, 2.0, 2.5}}}, ConstantTension{3.0}});
    BodySystem with(2), without(2, 0, false);
    system.add_body_forces(with);
    system.add_body_forces(without);
    CHECK(with.gradient == without.gradient);
    CHECK(with.hessian.norm() > 0.0);
    CHECK(without.hessian.norm() == 0.0);
}

TEST_SUITE_END();
