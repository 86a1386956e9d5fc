#include <doctest/doctest.h>

#include <array>

#include "engine/solve/newton.hpp"
#include "tests/support/close.hpp"
#include "tests/support/random.hpp"
#include "tests/support/tiny_models.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

constexpr int shapes = 3;  // of each of the two bodies, besides the six moves of the upper one's rider

/// The distorted block between two bodies that deform; the upper one carries a rider, which a spring of cables ties to the lower one.
System two_flexible_bodies(double stiffness) {
    System system;
    for (int body = 0; body < 2; ++body) static_cast<void>(system.add_body({}));
    system.poses[1].origin = {0.1, 0.05, 0.1};
    const int rider = system.add_body(system.poses[1]);
    system.free[0] = system.free[rider] = {false, false, false, false, false, false};
    testing::Uniform random(21);
    for (const int body : {0, 1}) {
        const int n = shapes + (body == 1 ? 6 : 0);
        Eigen::MatrixXd A(n, n);
        for (double& a : A.reshaped()) a = random();
        FlexibleBody flexible{body, body == 1 ? rider : ground, 2.0, stiffness * (A * A.transpose() + Eigen::MatrixXd::Identity(n, n)), Eigen::VectorXd::Zero(n)};
        system.flexible.push_back(std::move(flexible));
    }
    const BiphasicDomain block = testing::distorted_block(true, false);
    DomainSpec spec = block.spec();
    for (ElementTissue& t : spec.tissues) {
        t.permeability = &spec.curves[0];
        t.osmotic_pressure = &spec.curves[1];
    }
    for (const Tie& tie : spec.ties) {
        Eigen::Matrix3Xd shape(3, system.flexible[tie.slot].size());
        for (double& s : shape.reshaped()) s = random();
        spec.tie_shapes.push_back(shape);
    }
    for (const auto& [from, to] : {std::pair{Eigen::Vector3d(0.0, 0.0, 0.0), Eigen::Vector3d(1.0, 0.5, 4.0)},
                                   {Eigen::Vector3d(2.0, 0.0, -1.0), Eigen::Vector3d(-2.0, 1.0, 4.0)}})
        system.cables.push_back({{{0, from}, {rider, to}}, StrandLaw{3.0, 0.05, 2.0}});
    system.add_domain(BiphasicDomain(std::move(spec), SolverKind::supernodal_f64), {0, 1});
    return system;
}

StageInput undrained(const System& system) { return {{Eigen::VectorXd::Zero(system.domains[0].node_count())}, 0.0}; }

NewtonOptions tight() {
    NewtonOptions o;
    o.force_scale = 0.5;
    o.pressure_scale = 2.0;
    o.displacement_scale = 0.1;
    o.arm_scale = 3.0;
    o.body_tolerance = o.force_tolerance = 1e-11;
    o.volume_tolerance = 1e-11;
    o.energy_tolerance = 1e-16;
    o.pressure_tolerance = 1e-8;
    return o;
}

double cable_energy(const System& system) {  // of strands beyond their toe
    double sum = 0.0;
    for (const Cable& c : system.cables) {
        const double e = c.length(system.poses) / 3.0 - 1.0;
        sum += 3.0 * 2.0 * (0.5 * e * e - 0.5 * e * 0.05 + 0.05 * 0.05 / 6.0);
    }
    return sum;
}

}  // namespace

TEST_SUITE_BEGIN("unit/system");

TEST_CASE("forces on a rider reach its body and the amplitudes as the energy's slope says") {
    System system = two_flexible_bodies(1.0);
    testing::Uniform random(8);
    for (FlexibleBody& f : system.flexible) f.amplitude = 0.1 * random.vector(f.size());
    system.poses[1].rotation = rotation_from_vector({0.3, -0.6, 0.2});
    system.place_riders();
    BodySystem at(system.body_count(), system.amplitude_count());
    system.add_body_forces(at);
    const auto energy = [&] { return cable_energy(system) + system.flexible[0].energy() + system.flexible[1].energy(); };
    constexpr double h = 1e-5;
    for (int f = 0; f < 2; ++f) {
        for (int k = 0; k < system.flexible[f].size(); ++k) {
            double e[2];
            for (const int sign : {0, 1}) {
                const double before = system.flexible[f].amplitude[k];
                system.flexible[f].amplitude[k] += sign ? -h : h;
                system.place_riders();
                e[sign] = energy();
                system.flexible[f].amplitude[k] = before;
            }
            CHECK(at.gradient[system.amplitude_offset(f) + k] == doctest::Approx((e[0] - e[1]) / (2.0 * h)).epsilon(1e-7));
        }
    }
    for (int k = 0; k < 6; ++k) {
        double e[2];
        const Pose before = system.poses[1];
        for (const int sign : {0, 1}) {
            system.poses[1] = before.moved((sign ? -h : h) * Vector6::Unit(k));
            system.place_riders();
            e[sign] = energy();
        }
        system.poses[1] = before;
        CHECK(at.gradient[6 + k] == doctest::Approx((e[0] - e[1]) / (2.0 * h)).epsilon(1e-6));
    }
    CHECK(at.gradient.segment<6>(12).norm() == 0.0);
}

TEST_CASE("a domain between deforming bodies: the tangent of moves and amplitudes against differences") {
    System system = two_flexible_bodies(1.0);
    testing::Uniform random(4);
    BiphasicDomain& domain = system.domains[0];
    domain.u = 0.05 * random.vector(domain.u.size());
    for (FlexibleBody& f : system.flexible) f.amplitude = 0.03 * random.vector(f.size());
    system.poses[0].rotation = rotation_from_vector({0.05, 0.1, -0.2});
    const Eigen::VectorXd target = Eigen::VectorXd::Zero(domain.node_count());
    const auto forces = [&] {
        system.place_ties(0);
        DomainResidual out;
        domain.evaluate(target, 10.0, system.slot_poses(0), out);
        return out.tie;
    };
    const Eigen::VectorXd here = forces();
    const int n = domain.unknown_count(), moves = domain.move_count();
    REQUIRE(moves == 12 + 2 * shapes + 6);
    const Eigen::MatrixXd K = domain.dense_tangent(10.0, true, system.slot_poses(0)).bottomRightCorner(moves, moves);
    CHECK(domain.unknown_count() == n);
    Eigen::MatrixXd numeric(moves, moves);
    constexpr double h = 1e-6;
    for (int column = 0; column < moves; ++column) {
        Eigen::VectorXd at[2];
        const std::vector<Pose> poses = system.poses;
        const int f = column < 12 + shapes ? 0 : 1, k = column - 12 - f * shapes;
        for (const int sign : {0, 1}) {
            const double step = sign ? -h : h;
            if (column < 12) system.poses[column / 6] = poses[column / 6].moved(step * Vector6::Unit(column % 6));
            else system.flexible[f].amplitude[k] += step;
            at[sign] = forces();
            system.poses = poses;
            if (column >= 12) system.flexible[f].amplitude[k] -= step;
        }
        numeric.col(column) = (at[0] - at[1]) / (2.0 * h);
    }
    for (int slot = 0; slot < 2; ++slot) numeric.block<3, 3>(6 * slot + 3, 6 * slot + 3) += 0.5 * skew(here.segment<3>(6 * slot + 3));
    CHECK_CLOSE(K, numeric, 1e-6);
}

TEST_CASE("deforming bodies: Newton converges; as they stiffen they become rigid; a turn of everything turns the answer") {
    const auto pull = [](System& system) {
        constexpr std::array slack{3.8, 5.9};  // a tenth shorter than they are
        for (std::size_t i = 0; i < slack.size(); ++i) system.cables[i].law = StrandLaw{slack[i], 0.05, 2.0};
    };
    const auto solved = [&](System& system) {
        pull(system);
        NewtonSolver newton(system, tight());
        const NewtonReport report = newton.solve(undrained(system));
        INFO(describe(report.stop));
        REQUIRE(report.converged());
    };
    System soft = two_flexible_bodies(2.0), stiff = two_flexible_bodies(1e9), rigid = two_flexible_bodies(1.0);
    rigid.flexible.clear();
    for (Cable& c : rigid.cables) c.path[1].body = 1;
    DomainSpec spec = rigid.domains[0].spec();
    for (ElementTissue& t : spec.tissues) {
        t.permeability = &spec.curves[0];
        t.osmotic_pressure = &spec.curves[1];
    }
    spec.tie_shapes.clear();
    rigid.domains.clear();
    rigid.domain_bodies.clear();
    rigid.add_domain(BiphasicDomain(std::move(spec), SolverKind::supernodal_f64), {0, 1});
    solved(soft);
    solved(stiff);
    solved(rigid);
    CHECK((stiff.poses[1].origin - rigid.poses[1].origin).norm() < 1e-7);
    CHECK((stiff.domains[0].u - rigid.domains[0].u).cwiseAbs().maxCoeff() < 1e-7);
    CHECK((soft.poses[1].origin - rigid.poses[1].origin).norm() > 1e-3);

    // everything turned as one: the same amplitudes, in balance
    System turned = two_flexible_bodies(2.0);
    pull(turned);
    restore_state(turned, save_state(soft));
    const Eigen::Matrix3d Q = rotation_from_vector({1.2, -2.0, 0.4});
    for (Pose& pose : turned.poses) pose = {Q * pose.rotation, Q * pose.origin};
    BiphasicDomain& d = turned.domains[0];
    for (int n = 0; n < d.node_count(); ++n) {
        const Eigen::Vector3d X = d.mesh().nodes.col(n), x = X + d.u.segment<3>(3 * n);
        d.u.segment<3>(3 * n) = Q * x - X;
    }
    turned.place_riders();
    NewtonSolver newton(turned, tight());
    newton.evaluate(undrained(turned));
    const Eigen::VectorXd g = newton.body_gradient();
    CHECK(g.segment<6>(6).norm() < 1e-10);
    CHECK(g.tail(turned.amplitude_count()).norm() < 1e-9);
    CHECK(newton.residuals()[0].r.cwiseAbs().maxCoeff() < 1e-10);
}
