#include <doctest/doctest.h>

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
        system.cables.push_back({{{ground, {0.0, 6.0, 9.0}}, {1, {0.5, 2.0, 2.0}}, {0, {0.0, 2.0, 0.0}}}, StrandLaw{10.0, 0.05, 5.0}});
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

/// Exponents q of e_k+1 ~ e_k^q from three successive merits each, down to where rounding starts.
std::vector<double> exponents(const std::vector<double>& merit, double rounding) {
    std::vector<double> q;
    for (std::size_t k = 0; k + 2 < merit.size(); ++k)
        if (merit[k + 2] > rounding) q.push_back(std::log(merit[k + 2] / merit[k + 1]) / std::log(merit[k + 1] / merit[k]));
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

TEST_CASE("x") {
    const auto show = [](const char* name, System& s, NewtonOptions o, double tau = 0.0) {
        NewtonSolver n(s, o);
        NewtonReport r = n.solve(stage_of(s, tau));
        printf("%s: %s; iterations %d domain %d element %d refreshes %d wrong %d | ", name, describe(r.stop).c_str(), r.iterations, r.domain, r.element, r.refreshes, r.wrong_inertia);
        for (double m : r.merit) printf("%.3g ", m);
        printf("\n");
    };
    NewtonOptions o = testing::newton_scales(1.0, 1.0, 0.1, 1e-9);
    for (bool full : {false, true}) {
        o.full_newton = full;
        { System s = twisted(true); show("good", s, o); }
        { System s = twisted(true); auto p = o; p.max_iterations = 2; show("few", s, p); }
        { System s = twisted(true); s.poses[1].origin.z() = -3; show("inverted", s, o); }
        { System s = twisted(true); s.forces[0].force.x() = NAN; show("nan", s, o); }
        { System s = twisted(true); s.domains[0].traction[60] = NAN; show("nan traction", s, o); }
        { System s = twisted(true); s.forces[0].force.x() = 1e6; show("huge", s, o); }
        { System s = twisted(true); s.forces[0].force.z() = -100; show("huge -z", s, o); }
        { System s = twisted(true); s.add_body({}); show("loose body, no load", s, o); }
        { System s = twisted(true); s.add_body({}); s.forces.push_back({{2, {0,0,0}}, {0,0,1}}); show("loose body, load", s, o); }
        { System s = twisted(true); s.add_body({}); s.cables.push_back({{{ground, {0,0,-10}}, {2, {0,0,0}}}, StrandLaw{8.0, 0.05, 5.0}}); s.forces.push_back({{2, {0,0,0}}, {0,0,1}}); show("body on cable", s, o); }
        for (auto kind : {SolverKind::supernodal_f32, SolverKind::supernodal_f64, SolverKind::eigen_simplicial}) {
        { System s; s.add_domain(block(kind, false), {}); show("loose block", s, o); }
        { System s; s.add_domain(block(kind, false), {}); s.domains[0].traction[60] = 0.1; show("loose block load", s, o); }
        { System s; s.add_domain(block(kind, false), {}); s.domains[0].traction[60] = 0.1; show("loose block load tau", s, o, 10); }
        }
    }
}
TEST_SUITE_END();
