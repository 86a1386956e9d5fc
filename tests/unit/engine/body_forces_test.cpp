#include <doctest/doctest.h>

#include <functional>
#include <numbers>

#include "engine/elements/cable.hpp"
#include "engine/elements/facet_contact.hpp"
#include "engine/elements/frame_interaction.hpp"
#include "engine/elements/pure_moment.hpp"
#include "tests/support/close.hpp"
#include "tests/support/random.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

std::vector<Pose> some_poses() {
    Pose a, b, c;
    a.rotation = rotation_from_vector({0.2, -0.4, 0.3});
    a.origin = {1.0, 2.0, 40.0};
    b.rotation = rotation_from_vector({-0.1, 0.3, 0.5});
    b.origin = {-3.0, 1.0, 3.0};
    c.origin = {4.0, -2.0, -30.0};
    return {a, b, c};
}

using AddTo = std::function<void(BodySystem&, std::span<const Pose>)>;

/// The Hessian against differences of the gradient, and the gradient's balance: no resultant force or moment.
/// Derivatives are those of the chart (dx, exp(w) R) at 0; the gradient at a moved pose refers to that pose's own chart, so the
/// difference also holds half of the turn's commutator, -skew(moment)/2, which is taken out.
void check_tangent(const AddTo& add, const std::vector<Pose>& poses, bool balanced) {
    const int n = static_cast<int>(poses.size());
    BodySystem at(n);
    add(at, poses);
    REQUIRE(at.gradient.norm() > 1e-8);
    if (balanced) {
        Eigen::Vector3d force = Eigen::Vector3d::Zero(), moment = Eigen::Vector3d::Zero();
        for (int body = 0; body < n; ++body) {
            force += at.gradient.segment<3>(6 * body);
            moment += at.gradient.segment<3>(6 * body + 3) + poses[body].origin.cross(at.gradient.segment<3>(6 * body));
        }
        CHECK(force.norm() < 1e-11 * at.gradient.norm());
        CHECK(moment.norm() < 1e-11 * at.gradient.norm() * 50.0);
    }
    constexpr double step = 1e-6;
    Eigen::MatrixXd numeric(6 * n, 6 * n);
    for (int column = 0; column < 6 * n; ++column) {
        Eigen::VectorXd gradients[2];
        for (const int sign : {0, 1}) {
            std::vector<Pose> moved = poses;
            Vector6 d = Vector6::Zero();
            d[column % 6] = sign ? -step : step;
            moved[column / 6] = moved[column / 6].moved(d);
            BodySystem there(n);
            add(there, moved);
            gradients[sign] = there.gradient;
        }
        numeric.col(column) = (gradients[0] - gradients[1]) / (2.0 * step);
    }
    for (int body = 0; body < n; ++body)
        numeric.block<3, 3>(6 * body + 3, 6 * body + 3) += 0.5 * skew(at.gradient.segment<3>(6 * body + 3));
    CHECK((at.hessian - at.hessian.transpose()).cwiseAbs().maxCoeff() < 1e-10 * at.hessian.cwiseAbs().maxCoeff());
    CHECK_CLOSE(at.hessian, numeric, 2e-7);
}

}  // namespace

TEST_SUITE_BEGIN("unit/elements");

TEST_CASE("rotation vectors: exp and log are inverse, orthogonal, and right for small angles") {
    for (const double angle : {1e-9, 1e-5, 0.3, 2.0, 3.0}) {
        const Eigen::Vector3d w = angle * Eigen::Vector3d(1.0, -2.0, 0.5).normalized();
        const Eigen::Matrix3d R = rotation_from_vector(w);
        CHECK((R * R.transpose() - Eigen::Matrix3d::Identity()).norm() < 1e-14);
        CHECK((vector_from_rotation(R) - w).norm() < 1e-8);
    }
    const Eigen::Vector3d turned = rotation_from_vector({0, 0, std::numbers::pi / 2}) * Eigen::Vector3d::UnitX();
    CHECK((turned - Eigen::Vector3d::UnitY()).norm() < 1e-15);
}

TEST_CASE("a cable over via points has the exact gradient and tangent") {
    const auto poses = some_poses();
    Cable cable{{{0, {5, 1, 3}}, {1, {8, 2, 0}}, {1, {7, 1, -6}}, {2, {2, 1, 5}}}, StrandLaw{60.0, 0.3, 900.0}};
    cable.law = StrandLaw{0.9 * cable.length(poses), 0.3, 900.0};
    check_tangent([&](BodySystem& s, std::span<const Pose> p) { cable.add_to(s, p); }, poses, true);
    cable.law = FascicleLaw{500.0, 60.0, 0.9 * cable.length(poses), 1.0, 0.0};
    check_tangent([&](BodySystem& s, std::span<const Pose> p) { cable.add_to(s, p); }, poses, true);
    cable.law = ConstantTension{130.0};
    check_tangent([&](BodySystem& s, std::span<const Pose> p) { cable.add_to(s, p); }, poses, true);
}

TEST_CASE("a cable over a via point: equal tension on both sides gives the bisecting closed-form force") {
    // 30-degree legs over a pin: resultant on the pin 2 T sin(30 deg), straight down
    Pose pin;
    const double reach = std::cos(30.0 * std::numbers::pi / 180.0), drop = 0.5;
    const Cable cable{{{ground, {-reach, 0, -drop}}, {0, {0, 0, 0}}, {ground, {reach, 0, -drop}}}, ConstantTension{100.0}};
    BodySystem s(1);
    cable.add_to(s, std::vector<Pose>{pin});
    CHECK(std::abs(s.gradient[0]) < 1e-12);
    CHECK_CLOSE(s.gradient[2], 2.0 * 100.0 * 0.5, 1e-12);
    CHECK_CLOSE(cable.length(std::vector<Pose>{pin}), 2.0, 1e-14);
}

TEST_CASE("tension-only springs: slack strands add nothing to force or stiffness") {
    const auto poses = some_poses();
    const Cable slack{{{0, {5, 1, 3}}, {1, {8, 2, 0}}}, StrandLaw{1000.0, 0.07, 500.0}};
    BodySystem s(3);
    slack.add_to(s, poses);
    CHECK(s.gradient.norm() == 0.0);
    CHECK(s.hessian.norm() == 0.0);
}

TEST_CASE("a pure moment, fixed in space or following, has no force, the right moment and the exact tangent in a system in balance") {
    for (const bool follows : {false, true}) {
        CAPTURE(follows);
        const auto poses = some_poses();
        PureMoment moment{0, {700.0, -300.0, 400.0}, follows};
        BodySystem s(3);
        moment.add_to(s, poses);
        const Eigen::Vector3d applied = follows ? Eigen::Vector3d(poses[0].rotation * moment.moment) : moment.moment;
        CHECK(s.gradient.head<3>().norm() == 0.0);
        CHECK((s.gradient.segment<3>(3) + applied).norm() < 1e-12);
        // its derivative less half of the commutator, by differences
        Eigen::Matrix3d numeric;
        for (int k = 0; k < 3; ++k) {
            Eigen::Vector3d gradient[2];
            for (const int sign : {0, 1}) {
                std::vector<Pose> moved = poses;
                Vector6 d = Vector6::Zero();
                d[3 + k] = sign ? -1e-6 : 1e-6;
                moved[0] = moved[0].moved(d);
                BodySystem there(3);
                moment.add_to(there, moved);
                gradient[sign] = there.gradient.segment<3>(3);
            }
            numeric.col(k) = (gradient[0] - gradient[1]) / 2e-6;
        }
        numeric += 0.5 * skew(Eigen::Vector3d(s.gradient.segment<3>(3)));
        CHECK((s.hessian.block<3, 3>(3, 3) - numeric).cwiseAbs().maxCoeff() < 1e-5);
    }
}

TEST_CASE("springs in a body's frame have the exact gradient and tangent") {
    const auto poses = some_poses();
    const FrameSpring spring{{0, {3, -2, -15}}, 1, {1, 2, 20}, {30, 40, 100}};
    check_tangent([&](BodySystem& s, std::span<const Pose> p) { spring.add_to(s, p); }, poses, true);
    const FrameSpring to_ground{{1, {3, -2, -15}}, ground, {1, 2, 3}, {30, 40, 100}};
    check_tangent([&](BodySystem& s, std::span<const Pose> p) { to_ground.add_to(s, p); }, poses, false);
}

TEST_CASE("facet contact has the exact gradient and tangent, for both overclosure laws") {
    const auto poses = some_poses();
    for (const OverclosureLaw law : {OverclosureLaw(ExponentialOverclosure{0.1, 0.5}), OverclosureLaw(LinearOverclosure{5.0})}) {
        FacetContact facet;
        facet.point_body = 1;
        facet.surface_body = 0;
        facet.points = {{1, 2, 20}, {3, 2, 21}, {1, 5, 22}};
        facet.areas = {30.0, 40.0, 20.0};
        facet.normal = Eigen::Vector3d(0.4, 0.9, -0.1).normalized();
        facet.across = facet.normal.cross(Eigen::Vector3d::UnitZ()).normalized();
        facet.curvature = 0.05;
        facet.law = law;
        facet.origin = seen_from(poses, {1, {1, 3, 21}}, 0) + 0.2 * facet.normal;
        check_tangent([&](BodySystem& s, std::span<const Pose> p) { facet.add_to(s, p); }, poses, true);
    }
}

TEST_CASE("facet force between two flat facets equals pressure times area, and an open gap carries nothing") {
    const std::vector<Pose> poses(2);
    FacetContact facet{0, {{0, 0, 0}}, {50.0}, 1, {0, 0, -0.3}, {0, 0, 1}, {1, 0, 0}, 0.0, LinearOverclosure{4.0}};
    FacetState open = facet_state(facet, poses);
    CHECK(open.force == 0.0);
    CHECK_CLOSE(open.gap, 0.3, 1e-14);
    facet.origin.z() = 0.1;
    const FacetState closed = facet_state(facet, poses);
    CHECK_CLOSE(closed.force, 4.0 * 0.1 * 50.0, 1e-13);
    CHECK(closed.gap == 0.0);
    CHECK_CLOSE(closed.pressure, 0.4, 1e-13);
    // exponential law: p(0) = p0, zero and smooth at -c0
    const ExponentialOverclosure e{0.1, 0.5};
    CHECK_CLOSE(contact_pressure(e, 0.0).pressure, 0.1, 1e-14);
    CHECK(contact_pressure(e, -0.5).pressure == 0.0);
    for (double h = -0.6; h < 2.5; h += 0.0371)
        CHECK(std::abs(contact_pressure(e, h).slope - (contact_pressure(e, h + 1e-6).pressure - contact_pressure(e, h - 1e-6).pressure) / 2e-6) <
              1e-4 * std::max(0.1, contact_pressure(e, h).slope));
}

TEST_CASE("stick and slip: elastic below the limit, the limit above it, and what slipped stays slipped") {
    std::vector<Pose> poses(1);
    StickSlip stick{{0, {0, 0, 0}}, {0, 0, 1}, 20.0, 50.0, 0.0};
    poses[0].origin.z() = 1.0;
    CHECK_CLOSE(stick.force(poses), -20.0, 1e-14);
    poses[0].origin.z() = 4.0;
    CHECK_CLOSE(stick.force(poses), -50.0, 1e-14);
    stick.commit(poses);
    CHECK_CLOSE(stick.anchor, 1.5, 1e-14);
    poses[0].origin.z() = 1.5;
    CHECK(std::abs(stick.force(poses)) < 1e-12);
    poses[0].origin.z() = 0.0;
    CHECK_CLOSE(stick.force(poses), 30.0, 1e-14);
    check_tangent([&](BodySystem& s, std::span<const Pose> p) { stick.add_to(s, p); }, poses, false);
}

TEST_CASE("a force on an arm has the exact tangent") {
    const auto poses = some_poses();
    const PointForce force{{1, {20, -30, 5}}, {10, 5, -200}};
    check_tangent([&](BodySystem& s, std::span<const Pose> p) { force.add_to(s, p); }, poses, false);
}

TEST_SUITE_END();
