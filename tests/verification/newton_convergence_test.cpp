#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/units.hpp"
#include "tests/support/close.hpp"
#include "tests/support/tiny_models.hpp"
#include "tests/verification/one_tissue.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

/// The distorted block of the unit tests (Mooney-Rivlin, two dispersed fibre families, swelling, Holmes-Mow) with a solver.
BiphasicDomain block(SolverKind kind, bool tied = true) {
    const BiphasicDomain model = testing::distorted_block(tied);
    DomainSpec spec = model.spec();
    for (ElementTissue& t : spec.tissues) {  // the curves were copied: point to the copies
        t.permeability = &spec.curves[0];
        t.osmotic_pressure = &spec.curves[1];
    }
    return BiphasicDomain(std::move(spec), kind);
}

/// The block between a fixed body and one that is turned by several degrees and lifted; then either held there, or released
/// under a force, an eccentric cable and a spring.
System twisted(bool released, SolverKind kind = SolverKind::supernodal_f64) {
    System system;
    system.add_body({});
    system.add_body({rotation_from_vector({3.0 * degree, 5.0 * degree, -4.0 * degree}), {0.05, -0.1, 0.25}});
    system.free[0] = {false, false, false, false, false, false};
    if (!released) system.free[1] = system.free[0];
    if (released) {
        system.forces.push_back({{1, {1.0, 1.5, 2.0}}, {0.1, -0.05, 0.4}});
        system.cables.push_back(
            {{{ground, {0.0, 6.0, 9.0}}, {1, {0.5, 2.0, 2.0}}, {0, {0.0, 2.0, 0.0}}}, StrandLaw{10.0, 0.05, 5.0}});
    }
    system.add_domain(block(kind), {0, 1});
    return system;
}

NewtonOptions never_satisfied() {
    NewtonOptions o = testing::newton_scales(1.0, 1.0, 0.1, 0.0);
    o.full_newton = true;
    o.max_iterations = 14;
    return o;
}

StageInput stage_of(const System& system, double tau) { return {{Eigen::VectorXd::Zero(system.domains[0].node_count())}, tau}; }

/// Exponents q of e_k+1 ~ e_k^q from three successive merits each, down to where rounding starts: a share of the first.
std::vector<double> exponents(const std::vector<double>& merit, double rounding) {
    std::vector<double> q;
    for (std::size_t k = 0; k + 2 < merit.size() && merit[k + 2] > rounding * merit[0]; ++k)
        q.push_back(std::log(merit[k + 2] / merit[k + 1]) / std::log(merit[k + 1] / merit[k]));
    return q;
}

/// Newton's method with the exact unsymmetric tangent and a dense LU over all free unknowns and the second body's moves.
/// @return norms of the residual [N, mm3] before each iteration and at the end
std::vector<double> dense_newton(System& system, double tau, bool flux_strain, int iterations) {
    NewtonSolver evaluator(system, never_satisfied());
    BiphasicDomain& domain = system.domains[0];
    const StageInput stage = stage_of(system, tau);
    const int n = domain.unknown_count(), moves = system.free[1][0] ? 6 : 0;
    std::vector<double> norms;
    for (int k = 0; k <= iterations; ++k) {
        evaluator.evaluate(stage);
        Eigen::VectorXd r(n + moves);
        r << evaluator.residuals()[0].r, evaluator.body_gradient().segment(6, moves);
        norms.push_back(r.norm());
        BodySystem bodies(2);
        system.add_body_forces(bodies);
        Eigen::MatrixXd K = domain.dense_tangent(tau, flux_strain, system.slot_poses(0));
        K.bottomRightCorner(12, 12) += bodies.hessian;
        Eigen::MatrixXd reduced(n + moves, n + moves);  // without the fixed first body
        reduced.topLeftCorner(n, n) = K.topLeftCorner(n, n);
        reduced.topRightCorner(n, moves) = K.block(0, n + 6, n, moves);
        reduced.bottomLeftCorner(moves, n) = K.block(n + 6, 0, moves, n);
        reduced.bottomRightCorner(moves, moves) = K.block(n + 6, n + 6, moves, moves);
        const Eigen::VectorXd step = -reduced.partialPivLu().solve(r);
        domain.add_to_unknowns(step.head(n));
        if (moves > 0) system.poses[1] = system.poses[1].moved(Vector6(step.tail<6>()));
    }
    return norms;
}

}  // namespace

TEST_SUITE_BEGIN("verification");

TEST_CASE("Newton with renewed factors converges quadratically where the tangent is exact: no flow, large strain and turns") {
    for (const bool released : {false, true}) {
        CAPTURE(released);
        System system = twisted(released);
        NewtonSolver newton(system, never_satisfied());
        const std::vector<double> merit = newton.solve(stage_of(system, 0.0)).merit;
        const std::vector<double> q = exponents(merit, 1e-14);
        REQUIRE(q.size() >= 3);
        CHECK(q.back() > 1.8);
        // down to rounding, and no further
        CHECK(*std::min_element(merit.begin(), merit.end()) < 1e-14 * merit[0]);
    }
}

TEST_CASE("a first guess that is further off than it may be is given back before anything is factored or moved") {
    System system = twisted(false);
    NewtonOptions options = never_satisfied();
    options.full_newton = false;
    options.max_iterations = 60;
    NewtonSolver newton(system, options);
    const SystemState given = save_state(system);
    const double merit = newton.solve(stage_of(system, 0.0), 0.0).merit.front();
    const NewtonReport refused = newton.solve(stage_of(system, 0.0), 0.99 * merit);
    CHECK(refused.stop == NewtonStop::useless_start);
    CHECK(refused.iterations == 0);
    CHECK(refused.refreshes == 0);
    CHECK(system.domains[0].u == given.u[0]);
    const NewtonReport taken = newton.solve(stage_of(system, 0.0), 1.01 * merit);
    CHECK(taken.iterations > 0);
    CHECK(*std::min_element(taken.merit.begin(), taken.merit.end()) < 1e-6 * merit);
}

// With flow the symmetric tangent leaves out dQ/du on purpose (engine/elements/biphasic_hex8.hpp): what it saves in the factor
// costs a linear rate, proportional to tau. The exact tangent shows that nothing else is missing.

TEST_CASE("with flow the symmetric tangent converges linearly, the exact unsymmetric one quadratically, to the same state") {
    for (const bool released : {false, true}) {
        for (const double tau : {30.0, 300.0}) {
            CAPTURE(released);
            CAPTURE(tau);
            System exact = twisted(released), symmetric = twisted(released);
            const std::vector<double> q = exponents(dense_newton(exact, tau, true, 13), 1e-12);
            REQUIRE(q.size() >= 3);
            CHECK(q.back() > 1.7);
            NewtonOptions options = never_satisfied();
            options.max_iterations = 30;
            NewtonSolver newton(symmetric, options);
            const std::vector<double> linear = exponents(newton.solve(stage_of(symmetric, tau)).merit, 1e-12);
            CHECK(std::abs(linear.back() - 1.0) < 0.15);
            CHECK((exact.domains[0].u - symmetric.domains[0].u).cwiseAbs().maxCoeff() < 1e-11);
            CHECK((exact.domains[0].p - symmetric.domains[0].p).cwiseAbs().maxCoeff() < 1e-11);
        }
    }
}

TEST_CASE("stale factors with Anderson acceleration, in double and in single precision, reach the same solution") {
    for (const double tau : {0.0, 30.0, 300.0}) {
        CAPTURE(tau);
        NewtonOptions options = testing::newton_scales(1.0, 1.0, 0.1, 1e-11);
        options.max_iterations = 200;
        options.full_newton = true;
        System reference = twisted(true);
        NewtonSolver full(reference, options);
        REQUIRE(full.solve(stage_of(reference, tau)).converged());
        options.full_newton = false;
        for (const SolverKind kind : {SolverKind::supernodal_f64, SolverKind::supernodal_f32}) {
            System system = twisted(true, kind);
            NewtonSolver stale(system, options);
            const NewtonReport report = stale.solve(stage_of(system, tau));
            REQUIRE(report.converged());
            CHECK(report.refreshes < report.iterations / 2);
            CHECK((system.domains[0].u - reference.domains[0].u).cwiseAbs().maxCoeff() < 1e-8);
            CHECK((system.domains[0].p - reference.domains[0].p).cwiseAbs().maxCoeff() < 1e-8);
            CHECK((system.poses[1].origin - reference.poses[1].origin).norm() < 1e-8);
            CHECK((system.poses[1].rotation - reference.poses[1].rotation).norm() < 1e-8);
        }
    }
}

TEST_CASE("a factor serves again when the tau comes back that it was made for, while it is kept") {
    // small excursions from the rest, so that a stale factor reaches: what is asked for is who factors
    const auto factors = [](int kept) {
        NewtonOptions options = testing::newton_scales(1.0, 1.0, 0.1, 1e-9);
        options.factors_kept = kept;
        System system;
        system.add_body({});
        system.add_body({});
        system.free[0] = system.free[1] = {false, false, false, false, false, false};
        system.add_domain(block(SolverKind::supernodal_f64), {0, 1});
        NewtonSolver newton(system, options);
        REQUIRE(newton.solve(stage_of(system, 0.0)).converged());  // swells; factors of tau = 0 serve no other
        std::vector<int> made;
        double lift = 0.0;
        for (const double tau : {1.0, 100.0, 1.5, 80.0, 1.0}) {
            system.poses[1].origin.z() = lift += 1e-5;
            const NewtonReport report = newton.solve(stage_of(system, tau));
            REQUIRE(report.converged());
            made.push_back(report.refreshes);
        }
        return made;
    };
    CHECK(factors(3) == std::vector<int>{1, 1, 0, 0, 0});
    CHECK(factors(1) == std::vector<int>{1, 1, 1, 1, 1});
}

TEST_CASE("Newton says why it stopped") {
    NewtonOptions options = testing::newton_scales(1.0, 1.0, 0.1, 1e-9);
    System system = twisted(true);
    const auto solve = [&] { return NewtonSolver(system, options).solve(stage_of(system, 0.0)); };
    SUBCASE("too few iterations") {
        options.max_iterations = 2;
        const NewtonReport report = solve();
        CHECK(report.stop == NewtonStop::too_many_iterations);
        CHECK(report.iterations == 2);
        CHECK(describe(report.stop) == "the iterations did not converge");
    }
    SUBCASE("an element that is inside out, with its domain and number") {
        system.poses[1].origin.z() = -3.0;
        NewtonSolver newton(system, options);
        const NewtonReport report = newton.solve(stage_of(system, 0.0));
        CHECK(report.stop == NewtonStop::element_inverted);
        CHECK(report.domain == 0);
        CHECK(report.element >= 0);
        CHECK(report.element == newton.residuals()[0].inverted_element);
        CHECK(describe(report.stop) == "an element turned inside out");
    }
    SUBCASE("a load beyond all measure") {
        system.forces[0].force = {1e6, 0.0, 0.0};
        const NewtonReport report = solve();
        CHECK((report.stop == NewtonStop::element_inverted || report.stop == NewtonStop::not_finite));
    }
    SUBCASE("a load that is not a number") {
        system.forces[0].force.x() = std::numeric_limits<double>::quiet_NaN();
        const NewtonReport report = solve();
        CHECK(report.stop == NewtonStop::not_finite);
        CHECK(describe(report.stop) == "the residual is not a finite number");
    }
    SUBCASE("a traction that is not a number") {
        system.domains[0].traction[60] = std::numeric_limits<double>::quiet_NaN();
        CHECK(solve().stop == NewtonStop::not_finite);
    }
    SUBCASE("a body that nothing holds") {
        system.add_body({});
        system.forces.push_back({{2, Eigen::Vector3d::Zero()}, {0.0, 0.0, 1.0}});
        const NewtonReport report = solve();
        CHECK(report.stop == NewtonStop::factor_failed);
        CHECK(describe(report.stop) == "the stiffness matrix is singular");
    }
    SUBCASE("a domain that nothing holds: rounding hides the zero pivots, but their signs give the alarm") {
        system = {};
        system.add_domain(block(SolverKind::supernodal_f64, false), {});
        system.domains[0].traction[60] = 0.1;
        const NewtonReport report = solve();
        CHECK(!report.converged());
        CHECK(report.wrong_inertia > 0);
    }
}

TEST_SUITE_END();
