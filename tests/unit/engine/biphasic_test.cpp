#include <doctest/doctest.h>

#include "engine/materials/osmotic.hpp"
#include "engine/materials/permeability.hpp"
#include "engine/solve/newton.hpp"
#include "engine/system/biphasic_domain.hpp"
#include "tests/support/close.hpp"
#include "tests/support/columns.hpp"
#include "tests/support/random.hpp"
#include "tests/support/tiny_models.hpp"

using namespace foramen;
using namespace foramen::engine;

TEST_SUITE_BEGIN("unit/elements");

TEST_CASE("biphasic domain: the whole tangent against differences of the residual") {
    for (const bool tied : {false, true}) {
        CAPTURE(tied);
        BiphasicDomain domain = testing::distorted_block(tied);
        testing::Uniform random(3);
        std::vector<Pose> slots(2);
        slots[0].rotation = rotation_from_vector({0.05, -0.1, 0.2});
        slots[1].rotation = rotation_from_vector({-0.15, 0.1, 0.1});
        slots[1].origin = {0.1, 0.05, 0.2};
        domain.u = 0.06 * random.vector(domain.u.size());
        domain.p = 0.2 * random.vector(domain.p.size());
        domain.place_ties(slots);
        const Eigen::VectorXd target = 0.1 * random.vector(domain.node_count());
        const double tau = 30.0;
        const int n = domain.unknown_count(), moves = 6 * domain.slot_count();
        const auto residual = [&](const std::vector<Pose>& poses) {
            DomainResidual out;
            domain.evaluate(target, tau, poses, out);
            Eigen::VectorXd all(n + moves);
            all << out.r, out.tie;
            return all;
        };
        const Eigen::VectorXd here = residual(slots);
        const Eigen::MatrixXd K = domain.dense_tangent(tau, true, slots);
        constexpr double step = 1e-6;
        Eigen::MatrixXd numeric(n + moves, n + moves);
        for (int column = 0; column < n + moves; ++column) {
            Eigen::VectorXd at[2];
            for (const int sign : {0, 1}) {
                const double h = sign ? -step : step;
                if (column < n) {
                    domain.add_to_unknowns(Eigen::VectorXd::Unit(n, column), h);
                    at[sign] = residual(slots);
                    domain.add_to_unknowns(Eigen::VectorXd::Unit(n, column), -h);
                } else {
                    std::vector<Pose> moved = slots;
                    moved[(column - n) / 6] = moved[(column - n) / 6].moved(h * Vector6::Unit((column - n) % 6));
                    domain.place_ties(moved);
                    at[sign] = residual(moved);
                    domain.place_ties(slots);
                }
            }
            numeric.col(column) = (at[0] - at[1]) / (2.0 * step);
        }
        for (int slot = 0; slot < domain.slot_count(); ++slot) {
            const int at = n + 6 * slot + 3;
            numeric.block<3, 3>(at, at) += 0.5 * skew(here.segment<3>(at));
        }
        // Blocks have different units: compare each with its own size.
        for (int row_kind = 0; row_kind < 3; ++row_kind) {
            for (int column_kind = 0; column_kind < 3; ++column_kind) {
                double worst = 0.0, largest = 0.0;
                const auto kind = [&](int i) { return i >= n ? 2 : (domain.is_pressure(i) ? 1 : 0); };
                for (int i = 0; i < n + moves; ++i) {
                    for (int j = 0; j < n + moves; ++j) {
                        if (kind(i) != row_kind || kind(j) != column_kind) continue;
                        worst = std::max(worst, std::abs(K(i, j) - numeric(i, j)));
                        largest = std::max(largest, std::abs(numeric(i, j)));
                    }
                }
                CAPTURE(row_kind);
                CAPTURE(column_kind);
                CHECK(worst <= 1e-6 * largest);
            }
        }
        // What the symmetric tangent leaves out is the strain derivative of the outflow, and nothing else.
        const Eigen::MatrixXd symmetric = domain.dense_tangent(tau, false, slots);
        CHECK((symmetric - symmetric.transpose()).cwiseAbs().maxCoeff() < 1e-12 * symmetric.cwiseAbs().maxCoeff());
        for (int i = 0; i < n; ++i)
            if (!domain.is_pressure(i)) CHECK((symmetric.row(i) - K.row(i)).cwiseAbs().maxCoeff() == 0.0);
    }
}

TEST_CASE("patch test: a distorted block under an affine deformation has the closed-form stress in every point") {
    BiphasicDomain domain = testing::distorted_block(false);
    Eigen::Matrix3d F;
    F << 1.04, 0.03, -0.01, 0.02, 0.97, 0.01, -0.02, 0.04, 1.05;
    for (int n = 0; n < domain.node_count(); ++n) domain.u.segment<3>(3 * n) = (F - Eigen::Matrix3d::Identity()) * domain.mesh().nodes.col(n);
    domain.p.setConstant(0.13);
    const BatchPoint reference = evaluate_point(domain.batches()[0], domain.gather(domain.batches()[0]), 0);
    for (const auto& batch : domain.batches()) {
        for (int q = 0; q < 8; ++q) {
            const BatchPoint at = evaluate_point(batch, domain.gather(batch), q);
            for (int lane = 0; lane < batch.filled; ++lane) {
                CHECK(std::abs(at.J[lane] - F.determinant()) < 1e-12);
                for (int i = 0; i < 6; ++i) CHECK(std::abs(at.stress[i][lane] - reference.stress[i][0]) < 1e-12);
                for (int i = 0; i < 3; ++i) CHECK(std::abs(at.flux[i][lane]) < 1e-15);
            }
        }
    }
    // interior nodes are in balance, whatever the distortion
    DomainResidual out;
    domain.evaluate(Eigen::VectorXd::Zero(domain.node_count()), 0.0, {}, out);
    for (const int n : domain.mesh().node_set("interior")) CHECK(out.force.segment<3>(3 * n).norm() < 1e-13);
}

TEST_CASE("rigid motion of a stressed block turns its forces and changes nothing else") {
    BiphasicDomain domain = testing::distorted_block(false);
    testing::Uniform random(5);
    domain.u = 0.05 * random.vector(domain.u.size());
    domain.p = 0.2 * random.vector(domain.p.size());
    DomainResidual before, after;
    const Eigen::VectorXd target = Eigen::VectorXd::Zero(domain.node_count());
    domain.evaluate(target, 5.0, {}, before);
    const Eigen::Matrix3d Q = rotation_from_vector({0.9, -1.4, 0.7});
    const Eigen::Vector3d shift(3.0, -8.0, 2.0);
    for (int n = 0; n < domain.node_count(); ++n) {
        const Eigen::Vector3d x = domain.mesh().nodes.col(n) + domain.u.segment<3>(3 * n);
        domain.u.segment<3>(3 * n) = Q * x + shift - domain.mesh().nodes.col(n);
    }
    domain.evaluate(target, 5.0, {}, after);
    for (int n = 0; n < domain.node_count(); ++n)
        CHECK((after.force.segment<3>(3 * n) - Q * before.force.segment<3>(3 * n)).norm() < 1e-11);
    CHECK((after.volume - before.volume).cwiseAbs().maxCoeff() < 1e-12);
    CHECK((after.outflow - before.outflow).cwiseAbs().maxCoeff() < 1e-15);
}

TEST_CASE("an unloaded solid block has six zero eigenvalues and no more") {
    BiphasicDomain domain = testing::distorted_block(false, false);
    Eigen::MatrixXd K = domain.dense_tangent(0.0, false, {});
    std::vector<int> displacements;
    for (int i = 0; i < domain.unknown_count(); ++i)
        if (!domain.is_pressure(i)) displacements.push_back(i);
    const Eigen::MatrixXd Kuu = K(displacements, displacements);
    const Eigen::VectorXd values = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(Kuu, Eigen::EigenvaluesOnly).eigenvalues();
    for (int i = 0; i < 6; ++i) CHECK(std::abs(values[i]) < 1e-12 * values[values.size() - 1]);
    CHECK(values[6] > 1e-5 * values[values.size() - 1]);
}

TEST_CASE("an inverted element is reported by its lowest number, not computed with") {
    BiphasicDomain domain = testing::distorted_block(false);
    domain.u[3 * domain.mesh().elements[5][0] + 2] += 5.0;
    DomainResidual out;
    domain.evaluate(Eigen::VectorXd::Zero(domain.node_count()), 0.0, {}, out);
    CHECK(out.inverted_element >= 0);
    CHECK(out.inverted_element <= 5);
}

TEST_CASE("what is fed into the sealed base of a column leaves at its drained top, under the pressure of Darcy's law") {
    testing::Column column;
    column.elements = 8;
    column.ground = neo_hookean(1.0, 0.2);
    column.curves = {permeability_curve(ConstantPermeability{1e-3}), no_osmotic_pressure()};
    System system = testing::column_system(column);
    BiphasicDomain& domain = system.domains[0];
    const double inflow = 1e-9;  // [mm3/s]: strains of 1e-6
    for (const int n : domain.mesh().node_set("z0")) domain.inflow[n] = 0.25 * inflow;
    NewtonOptions options = testing::column_newton(1e-6, 1.0);
    options.volume_tolerance = 1e-14;
    NewtonSolver newton(system, options);
    TimeStepper stepper(system, newton, {});
    for (const double t : {1e6, 2e6, 3e6}) REQUIRE(stepper.settle(t, 1e6, {[](double, System&) {}, {t}}).converged());
    const DomainResidual& r = newton.residuals()[0];
    double left = 0.0;
    for (const int n : domain.mesh().node_set("z1")) left -= r.outflow[n];
    CHECK_CLOSE(left, inflow, 1e-5);
    CHECK_CLOSE(r.outflow.sum(), -inflow, 1e-12);
    // p = Q h/(k A) at the base
    CHECK_CLOSE(domain.p[domain.mesh().node_set("z0")[0]], inflow / 1e-3, 1e-5);
    // doubled, while the column still swells: what was fed in is what is stored and what has left
    const Eigen::VectorXd stored = r.volume;
    for (const int n : domain.mesh().node_set("z0")) domain.inflow[n] = 0.5 * inflow;
    REQUIRE(stepper.settle(4e6, 100.0, {[](double, System&) {}, {4e6}}).converged());
    double leaving = 0.0;
    for (const int n : domain.mesh().node_set("z1")) leaving += (stored - newton.residuals()[0].volume)[n] / 100.0 - newton.residuals()[0].outflow[n];
    const double filling = (newton.residuals()[0].volume - stored).sum() / 100.0;
    CHECK(filling > 0.1 * inflow);
    CHECK_CLOSE(leaving + filling, 2.0 * inflow, 1e-5);
}

TEST_SUITE_END();
