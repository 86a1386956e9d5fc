#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "engine/core/units.hpp"
#include "engine/time/time_stepper.hpp"
#include "tests/support/close.hpp"
#include "tests/support/tiny_models.hpp"
#include "tests/verification/one_tissue.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

const NewtonOptions tight = testing::newton_scales(0.5, 2.0, 0.1, 1e-11);

System two_bodies(BiphasicDomain domain) {
    System system;
    for (int body = 0; body < 2; ++body) {
        system.add_body({});
        system.free[body] = {false, false, false, false, false, false};
    }
    system.add_domain(std::move(domain), {0, 1});
    return system;
}

/// Moves bodies and tissue together: x -> Q x + shift.
void move_all(System& system, const Eigen::Matrix3d& Q, const Eigen::Vector3d& shift) {
    for (Pose& pose : system.poses) pose = {Q * pose.rotation, Q * pose.origin + shift};
    BiphasicDomain& d = system.domains[0];
    for (int n = 0; n < d.node_count(); ++n) {
        const Eigen::Vector3d X = d.mesh().nodes.col(n), x = X + d.u.segment<3>(3 * n);
        d.u.segment<3>(3 * n) = Q * x + shift - X;
    }
}

/// Undrained: the fluid volumes stay what they are at rest.
StageInput undrained(const System& system) { return {{Eigen::VectorXd::Zero(system.domains[0].node_count())}, 0.0}; }

/// Strain energy of ground substance and fibres [N mm], from the laws' potentials.
double stored_energy(const BiphasicDomain& domain) {
    double sum = 0.0;
    for (const BiphasicBatch& batch : domain.batches()) {
        for (int q = 0; q < 8; ++q) {
            for (int lane = 0; lane < batch.filled; ++lane) {
                Eigen::Matrix3d X = Eigen::Matrix3d::Zero(), x = Eigen::Matrix3d::Zero();
                for (int a = 0; a < 8; ++a) {
                    const std::array<double, 3> dN = hex8_shape_gradient(q, a);
                    const int node = batch.node[a][lane];
                    X += domain.mesh().nodes.col(node) * Eigen::RowVector3d(dN[0], dN[1], dN[2]);
                    x += (domain.mesh().nodes.col(node) + domain.u.segment<3>(3 * node)) * Eigen::RowVector3d(dN[0], dN[1], dN[2]);
                }
                Tensor3<double> F;
                Eigen::Map<Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>(F.data()) = x * X.inverse();
                const ElementTissue& t = domain.spec().tissues[batch.element[lane]];
                double W = strain_energy(t.ground, F, Eigen::Map<const Eigen::Matrix3d>(F.data()).determinant());
                for (int f = 0; f < t.fibre_count; ++f) W += strain_energy(t.fibres[f], F);
                sum += W * batch.dV[q][lane];
            }
        }
    }
    return sum;
}

/// The distorted block of the unit tests, without osmotic pressure and drained everywhere: a hyperelastic solid.
BiphasicDomain solid_block() {
    const BiphasicDomain model = testing::distorted_block(true, false);
    DomainSpec spec = model.spec();
    for (ElementTissue& t : spec.tissues) {  // the curves were copied: point to the copies
        t.permeability = &spec.curves[0];
        t.osmotic_pressure = &spec.curves[1];
    }
    for (int n = 0; n < spec.mesh.node_count(); ++n) spec.drained.push_back(n);
    return BiphasicDomain(std::move(spec), SolverKind::supernodal_f64);
}

}  // namespace

TEST_SUITE_BEGIN("verification");

TEST_CASE("a block that turns with its two bodies as a whole makes no force, no flow and no energy, whatever the angle") {
    for (const Eigen::Vector3d& w :
         {Eigen::Vector3d(0.4, -0.2, 0.3), Eigen::Vector3d(1.9, -1.4, 0.7), Eigen::Vector3d(0.0, 0.0, std::numbers::pi)}) {
        System system = two_bodies(testing::distorted_block(true, false));
        move_all(system, rotation_from_vector(w), {12.0, -7.0, 30.0});
        NewtonSolver newton(system, tight);
        newton.evaluate({undrained(system).target, 10.0});
        const DomainResidual& r = newton.residuals()[0];
        CHECK(r.force.cwiseAbs().maxCoeff() < 1e-13);  // [N], of a block with moduli about 1 MPa: rounding of |u| = 60 mm
        CHECK(r.volume.cwiseAbs().maxCoeff() < 1e-13);
        CHECK(r.outflow.cwiseAbs().maxCoeff() == 0.0);
        CHECK(newton.body_gradient().cwiseAbs().maxCoeff() < 1e-12);
        CHECK(std::abs(stored_energy(system.domains[0])) < 1e-13);
    }
}

TEST_CASE("a stressed block carries its forces and moments along when everything turns, and stays in balance") {
    System system = two_bodies(testing::distorted_block(true));
    system.poses[1] = {rotation_from_vector({0.06, 0.04, -0.05}), {0.05, 0.02, 0.10}};
    NewtonSolver newton(system, tight);
    REQUIRE(newton.solve(undrained(system)).converged());
    const Eigen::VectorXd before = newton.body_gradient();
    const Eigen::VectorXd outflow = newton.residuals()[0].outflow;
    const double energy = stored_energy(system.domains[0]);
    REQUIRE(before.head<3>().norm() > 0.01);

    const Eigen::Matrix3d Q = rotation_from_vector({-1.1, 2.0, 0.5});
    move_all(system, Q, {-5.0, 40.0, 3.0});
    newton.evaluate(undrained(system));
    for (int k = 0; k < 4; ++k)  // force and moment of each body
        CHECK((newton.body_gradient().segment<3>(3 * k) - Q * before.segment<3>(3 * k)).norm() < 1e-11);
    CHECK(newton.residuals()[0].r.cwiseAbs().maxCoeff() < 1e-11);
    CHECK_CLOSE(newton.residuals()[0].outflow, outflow, 1e-11);
    CHECK_CLOSE(stored_energy(system.domains[0]), energy, 1e-11);
}

TEST_CASE("a prescribed sequence of rotations that closes brings back the same state") {
    System system = two_bodies(testing::distorted_block(true));
    NewtonSolver newton(system, tight);
    REQUIRE(newton.solve(undrained(system)).converged());
    const SystemState start = save_state(system);
    const Eigen::VectorXd forces = newton.body_gradient();
    const auto turn = [&](int body, const Eigen::Vector3d& w) {
        Vector6 d = Vector6::Zero();
        d.tail<3>() = w;
        system.poses[body] = system.poses[body].moved(d);
        REQUIRE(newton.solve(undrained(system)).converged());
    };
    // once around together in 24 steps: with Newton, for the tissue is left behind in each of them
    const Eigen::Vector3d axis = Eigen::Vector3d(0.3, -0.5, 0.8).normalized();
    for (int step = 0; step < 24; ++step) {
        for (Pose& pose : system.poses) {
            const Eigen::Matrix3d R = rotation_from_vector(15.0 * degree * axis);
            pose = {R * pose.rotation, R * pose.origin};
        }
        REQUIRE(newton.solve(undrained(system)).converged());
        CHECK(std::abs(newton.body_gradient().head<3>().norm() - forces.head<3>().norm()) < 1e-9);
    }
    // the upper body: flexion, torsion, bending and the same way back
    const Eigen::Vector3d moves[] = {{0.0, 4.0 * degree, 0.0}, {0.0, 0.0, 5.0 * degree}, {-3.0 * degree, 0.0, 0.0}};
    for (const Eigen::Vector3d& w : moves) turn(1, w);
    CHECK((newton.body_gradient() - forces).norm() > 0.01);
    for (int k = 2; k >= 0; --k) turn(1, -moves[k]);
    CHECK((system.domains[0].u - start.u[0]).cwiseAbs().maxCoeff() < 1e-9);
    CHECK((system.domains[0].p - start.p[0]).cwiseAbs().maxCoeff() < 1e-9);
    CHECK((newton.body_gradient() - forces).cwiseAbs().maxCoeff() < 1e-9);
}

TEST_CASE("the work of the moment on a turning body is the strain energy that the block stores") {
    System system = two_bodies(solid_block());
    NewtonSolver newton(system, tight);
    // about a fixed axis through the body's origin: dE = moment . axis d(angle)
    const Eigen::Vector3d axis = Eigen::Vector3d(0.5, -0.6, 0.4).normalized();
    const auto moment_at = [&](double angle) {
        system.poses[1].rotation = rotation_from_vector(angle * axis);
        REQUIRE(newton.solve(undrained(system)).converged());
        return newton.body_gradient().segment<3>(9).dot(axis);
    };
    // Gauss-Legendre on eight equal pieces of 12 degrees, five points each
    const double x[] = {-0.906179845938664, -0.538469310105683, 0.0, 0.538469310105683, 0.906179845938664};
    const double w[] = {0.236926885056189, 0.478628670499366, 0.568888888888889, 0.478628670499366, 0.236926885056189};
    const int pieces = 8;
    const double piece = 12.0 * degree / pieces;
    double work = 0.0;
    for (int i = 0; i < pieces; ++i)
        for (int g = 0; g < 5; ++g) work += 0.5 * piece * w[g] * moment_at(piece * (i + 0.5 + 0.5 * x[g]));
    moment_at(12.0 * degree);
    const double energy = stored_energy(system.domains[0]);
    CHECK_CLOSE(work, energy, 1e-6);  // fibres that become taut on the way are kinks for the quadrature
}

TEST_CASE("a plate that may only move along z comes to rest where the drained column carries its load in closed form") {
    // confined column of unit area, stretch s: F = dW/ds - dpi(s) with
    //     dW/ds = (mu (s^2 - 1) + lambda ln s)/s + 2 k1 E exp(k2 E^2) s,   E = s^2 - 1 > 0 of the fibres along z
    const double mu = 0.4, lambda = 0.3, k1 = 0.5, k2 = 3.0, height = 2.0;
    const IdealDonnan law{0.2, 0.8};
    const auto force = [&](double s) {
        const double strain = std::max(s * s - 1.0, 0.0);
        return (mu * (s * s - 1.0) + lambda * std::log(s)) / s + 2.0 * k1 * strain * std::exp(k2 * strain * strain) * s -
               law.pressure(s);
    };
    for (const double s : {0.75, 0.95, 1.1, 1.25}) {
        CAPTURE(s);
        DomainSpec spec =
            testing::one_tissue(box_mesh({std::vector<double>{0.0, 1.0}, {0.0, 1.0}, uniform_planes(height, 5)}),
                                {0.5 * mu, 0.0, lambda}, {permeability_curve(ConstantPermeability{1e-3}), osmotic_curve(law)});
        for (ElementTissue& t : spec.tissues) {
            t.fibre_count = 1;
            t.fibres[0] = {k1, k2, 0.0, {0.0, 0.0, 1.0}};
        }
        for (int n = 0; n < spec.mesh.node_count(); ++n)
            for (int axis = 0; axis < 2; ++axis) spec.fixed.push_back({n, axis});
        testing::fix(spec, "z0", 2);
        spec.drained = spec.mesh.node_set("z1");
        spec.slot_count = 1;
        for (const int n : spec.mesh.node_set("z1"))
            spec.ties.push_back({n, 0, spec.mesh.nodes.col(n) - Eigen::Vector3d(0.5, 0.5, height)});
        System system;
        system.add_body({Eigen::Matrix3d::Identity(), {0.5, 0.5, height}});
        system.free[0] = {false, false, true, false, false, false};
        system.add_domain(BiphasicDomain(std::move(spec), SolverKind::supernodal_f64), {0});
        system.forces.push_back({{0, Eigen::Vector3d::Zero()}, Eigen::Vector3d::Zero()});
        NewtonSolver newton(system, tight);
        TimeStepper stepper(system, newton, {});
        const Drive drive{[&](double t, System& driven) {
                              driven.forces[0].force = {0.0, 0.0, force(s) * std::min(t / 100.0, 1.0)};
                          },
                          {100.0, 1e4, 1e6}};
        REQUIRE(stepper.run(0.0, drive, {}).reason == StopReason::finished);
        REQUIRE(stepper.settle(1e7, 1e7, drive).converged());
        CHECK_CLOSE(system.poses[0].origin.z(), s * height, 1e-9);
        CHECK(system.domains[0].p.cwiseAbs().maxCoeff() < 1e-9);
    }
}

TEST_SUITE_END();
