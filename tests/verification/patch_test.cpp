#include <doctest/doctest.h>

#include <cmath>

#include "engine/time/time_stepper.hpp"
#include "tests/support/close.hpp"
#include "tests/verification/one_tissue.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

constexpr double side = 3.0;

/// A distorted cube with two fibre families and swelling, all boundary displacements prescribed.
DomainSpec block(Curve permeability) {
    DomainSpec spec = testing::one_tissue(testing::distorted_cube(side, 4, 0.22, 7), {0.2, 0.05, 0.4},
                                          {std::move(permeability), osmotic_curve(IdealDonnan{0.2, 0.8})});
    const double c = std::cos(0.5), s = std::sin(0.5);
    for (ElementTissue& t : spec.tissues) {
        t.fibre_count = 2;
        t.fibres = {FibreFamily<double>{2.0, 5.0, 0.05, {c, 0.0, s}}, FibreFamily<double>{2.0, 5.0, 0.05, {c, 0.0, -s}}};
    }
    for (int axis = 0; axis < 3; ++axis) testing::fix(spec, "boundary", axis);
    return spec;
}

System system_of(DomainSpec spec) {
    System system;
    system.add_domain(BiphasicDomain(std::move(spec), SolverKind::supernodal_f64), {});
    return system;
}

Eigen::Vector3d affine(const Eigen::Matrix3d& F, const Eigen::Vector3d& X) { return F * X - X; }

void deform_nodes(BiphasicDomain& domain, const std::vector<int>& nodes, const Eigen::Matrix3d& F) {
    for (const int n : nodes) domain.u.segment<3>(3 * n) = affine(F, domain.mesh().nodes.col(n));
}

/// Largest distance of an interior node from where the affine map puts it [mm].
double interior_error(const BiphasicDomain& domain, const Eigen::Matrix3d& F) {
    double worst = 0.0;
    for (const int n : domain.mesh().node_set("interior"))
        worst = std::max(worst, (domain.u.segment<3>(3 * n) - affine(F, domain.mesh().nodes.col(n))).norm());
    return worst;
}

double reference_volume(const BiphasicDomain& domain) {
    double volume = 0.0;
    for (const BiphasicBatch& batch : domain.batches())
        for (const Pack& v : batch.dV)
            for (int lane = 0; lane < batch.filled; ++lane) volume += v[lane];
    return volume;
}

Eigen::Matrix3d some_deformation() {
    Eigen::Matrix3d F;
    F << 1.10, 0.08, -0.05, 0.04, 0.93, 0.06, -0.07, 0.10, 1.05;
    return F;
}

}  // namespace

TEST_SUITE_BEGIN("verification");

// Irons' patch test: an affine map has the same F at every point of every element, whatever its shape, so the stress is uniform
// and sum over the elements of int grad N_a dV = 0 at an interior node (2 x 2 x 2 points integrate the cofactors exactly). The
// affine map is therefore the discrete solution too, to rounding.
// Source: Irons & Razzaque (1972); Zienkiewicz & Taylor, The Finite Element Method, ch. "patch test".

TEST_CASE("solid patch test at finite strain: Newton puts the interior nodes of a distorted mesh where the affine map does") {
    DomainSpec spec = block(permeability_curve(ConstantPermeability{1e-3}));
    for (int n = 0; n < spec.mesh.node_count(); ++n) spec.drained.push_back(n);  // no pressure: the drained solid
    System system = system_of(std::move(spec));
    BiphasicDomain& domain = system.domains[0];
    NewtonSolver newton(system, testing::newton_scales(1.0, side, 0.1 * side, 1e-11));
    const Eigen::Matrix3d F = some_deformation();
    deform_nodes(domain, domain.mesh().node_set("boundary"), F);
    REQUIRE(interior_error(domain, F) > 0.1);
    const NewtonReport report = newton.solve({{Eigen::VectorXd::Zero(domain.node_count())}, 0.0});
    REQUIRE(report.converged());
    CHECK(interior_error(domain, F) < 1e-10 * side);
}

TEST_CASE("undrained patch test: an isochoric affine boundary gives the affine interior and one uniform pressure") {
    // det F = 1: the fluid balance M = 0 holds with uniform p, which the projection does not see
    DomainSpec spec = block(permeability_curve(ConstantPermeability{1e-3}));
    spec.drained = {spec.mesh.node_set("boundary")[0]};  // p is free up to a constant: prescribed at one node
    System system = system_of(std::move(spec));
    BiphasicDomain& domain = system.domains[0];
    const Eigen::Matrix3d F = some_deformation() / std::cbrt(some_deformation().determinant());
    deform_nodes(domain, domain.mesh().node_set("boundary"), F);
    domain.p[domain.spec().drained[0]] = 0.3;
    NewtonSolver newton(system, testing::newton_scales(1.0, side, 0.1 * side, 1e-11));
    const NewtonReport report = newton.solve({{Eigen::VectorXd::Zero(domain.node_count())}, 0.0});
    REQUIRE(report.converged());
    CHECK(interior_error(domain, F) < 1e-10 * side);
    CHECK((domain.p.array() - 0.3).abs().maxCoeff() < 1e-9);
}

// Steady flow. When every displacement is prescribed and affine, J and k(J) are uniform and the spatial gradient of a pressure
// linear in x is too; int g_a . k grad p J dV then sums to zero at interior nodes as above: the linear pressure is the exact
// discrete solution for constant and for strain-dependent k. With free nodes it would not be: the pressure bends the skeleton.
// The stabilisation stays on. It lives in the storage M only, so it must leave the steady state alone; the way to it is a few
// backward Euler steps, each of which divides what is left of the start by about dt k/(c h^2) = 1e3.

TEST_CASE("steady flow through a distorted block, at rest and deformed, has the linear pressure exactly, stabilisation on") {
    const Eigen::Vector3d gradient(0.03, -0.05, 0.08);  // [MPa/mm]
    for (const bool deformed : {false, true}) {
        for (const bool holmes : {false, true}) {
            CAPTURE(deformed);
            CAPTURE(holmes);
            const HolmesMowPermeability law{1e-3, 0.2, 3.0, 2.0};
            DomainSpec spec = block(holmes ? permeability_curve(law) : permeability_curve(ConstantPermeability{1e-3}));
            for (int axis = 0; axis < 3; ++axis) testing::fix(spec, "interior", axis);
            spec.drained = spec.mesh.node_set("boundary");
            System system = system_of(std::move(spec));
            BiphasicDomain& domain = system.domains[0];
            const Eigen::Matrix3d F = deformed ? some_deformation() : Eigen::Matrix3d::Identity();
            deform_nodes(domain, domain.mesh().node_set("boundary"), F);
            deform_nodes(domain, domain.mesh().node_set("interior"), F);
            const auto linear = [&](int n) { return 0.2 + gradient.dot(F * domain.mesh().nodes.col(n)); };
            for (const int n : domain.mesh().node_set("boundary")) domain.p[n] = linear(n);

            NewtonSolver newton(system, testing::newton_scales(1.0, side, 0.1 * side, 1e-11));
            TimeStepper stepper(system, newton, {});
            const Drive drive{[](double, System&) {}, {1.0}};
            for (int step = 1; step <= 8; ++step) REQUIRE(stepper.settle(1e6 * step, 1e6, drive).converged());
            double worst = 0.0;
            for (const int n : domain.mesh().node_set("interior")) worst = std::max(worst, std::abs(domain.p[n] - linear(n)));
            CHECK(worst < 1e-14);

            // the power that the flow dissipates: sum p_a Q_a = k(J) |grad p|^2 J V
            const double k = holmes ? law.at(F.determinant()).value : 1e-3;
            const double power = domain.p.dot(newton.residuals()[0].outflow);
            CHECK_CLOSE(power, k * gradient.squaredNorm() * F.determinant() * reference_volume(domain), 1e-10);
        }
    }
}

TEST_SUITE_END();
