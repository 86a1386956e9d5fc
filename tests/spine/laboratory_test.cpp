// Specimens in the testing machine, against statics and symmetry.

#include <doctest/doctest.h>

#include "engine/core/units.hpp"
#include "models/disc_state.hpp"
#include "models/observables.hpp"
#include "models/specimen_stiffness.hpp"
#include "tests/support/close.hpp"
#include "tests/support/specimens.hpp"

using namespace foramen;
using namespace foramen::models;
using testing::level;
using testing::Machine;
using testing::mounted;

namespace {

constexpr int L4_L5 = 3;
constexpr double Nm = 1e3;  // N mm

/// Force and moment about a point that a disc carries across its middle: the nodal forces of the elements between two layers of
/// nodes on the upper of the two, element by element. Nothing of the ties, the bodies or Newton's sums is used.
SectionLoad through_the_middle(const SpineModel& model, int d, const Eigen::Vector3d& about) {
    const engine::BiphasicDomain& disc = model.domain(d);
    const int plan = model.disc_mesh(d).plan_nodes, cut = disc.node_count() / plan / 2;
    SectionLoad sum;
    for (const engine::BiphasicBatch& batch : disc.batches()) {
        engine::BatchResidual r;
        engine::evaluate_residual(batch, disc.gather(batch), r);
        for (int lane = 0; lane < batch.filled; ++lane) {
            int lowest = disc.node_count(), highest = 0;
            for (int a = 0; a < 8; ++a) {
                lowest = std::min(lowest, batch.node[a][lane] / plan);
                highest = std::max(highest, batch.node[a][lane] / plan);
            }
            if (lowest != cut - 1 || highest != cut) continue;
            for (int a = 0; a < 8; ++a) {
                const int node = batch.node[a][lane];
                if (node / plan != cut) continue;
                const Eigen::Vector3d f(r.force[a][0][lane], r.force[a][1][lane], r.force[a][2][lane]);
                const Eigen::Vector3d x = disc.mesh().nodes.col(node) + disc.u.segment<3>(3 * node);
                sum.force += f;
                sum.moment += (x - about).cross(f);
            }
        }
    }
    return sum;
}

/// The same of ligaments, facets and the follower load: what acts on the bodies above a disc.
SectionLoad beside_the_disc(const SpineModel& model, int d, const Eigen::Vector3d& about) {
    const engine::System& s = model.system;
    engine::BodySystem part(s.body_count());
    for (const auto& c : s.cables) c.add_to(part, s.poses);
    for (const auto& f : s.facets) f.add_to(part, s.poses);
    SectionLoad sum;
    for (int body = 0; body <= static_cast<int>(upper_body(d)); ++body) {
        const Eigen::Vector3d f = part.gradient.segment<3>(6 * body);
        sum.force += f;
        sum.moment += part.gradient.segment<3>(6 * body + 3) + (s.poses[body].origin - about).cross(f);
    }
    return sum;
}

/// What carries a level, cut through the middle of its disc, is what was applied above it.
void check_cut(const SpineModel& model, int d, const Eigen::Vector3d& force, const Eigen::Vector3d& moment_about_top) {
    const Eigen::Vector3d top = model.system.poses[static_cast<int>(model.laboratory->upper)].origin;
    const SectionLoad disc = through_the_middle(model, d, top), rest = beside_the_disc(model, d, top);
    CAPTURE(d);
    CHECK((disc.force + rest.force - force).norm() < 0.02);
    CHECK((disc.moment + rest.moment - moment_about_top).norm() < 1e-4 * std::max(1000.0, moment_about_top.norm()));
}

}  // namespace

TEST_SUITE_BEGIN("spine/laboratory");

TEST_CASE("angles: a turn about one axis is that anatomical angle, and three turns come back in their order") {
    const auto turned = [](double x, double y, double z) { return engine::rotation_from_vector({x, y, z}); };
    const Eigen::Matrix3d r = turned(0.0, 0.2, 0.0) * turned(-0.1, 0.0, 0.0) * turned(0.0, 0.0, 0.05);
    const AnatomicalAngles a = anatomical_angles(r);
    CHECK_CLOSE(a.flexion, 0.2, 1e-14);
    CHECK_CLOSE(a.left_bending, 0.1, 1e-14);
    CHECK_CLOSE(a.left_rotation, 0.05, 1e-14);
    // the anatomical senses: flexion brings the head forwards, bending to the left lowers the left, rotation to the left turns forwards to left
    CHECK((turned(0.0, 0.2, 0.0) * Eigen::Vector3d::UnitZ()).x() > 0.0);
    CHECK((turned(-0.1, 0.0, 0.0) * Eigen::Vector3d::UnitY()).z() < 0.0);
    CHECK((turned(0.0, 0.0, 0.05) * Eigen::Vector3d::UnitX()).y() > 0.0);
    const Eigen::Vector3d m = moment_vector({.flexion = 1.0, .left_bending = 2.0, .left_rotation = 3.0});
    CHECK(m == Eigen::Vector3d(-2.0, 1.0, 3.0));
}

TEST_CASE("a specimen without load: its heights are those asked for, its bath is in equilibrium, and nothing holds it but its base") {
    const SpineModel model = mounted(level(Body::L4, Body::L5));
    CHECK(model.system.domains.size() == 1);
    CHECK(model.system.facets.size() == 2);
    CHECK(model.muscles.empty());
    CHECK(model.system.springs.empty());
    for (const CableGroup& g : model.ligaments) CHECK(g.disc == L4_L5);
    CHECK(std::abs(disc_height(model, L4_L5) - model.geometry.target_height[L4_L5]) <= 0.05);
    CHECK(std::abs(disc_state(model, L4_L5).fluid_pressure) < 1e-3);
    CHECK(model.system.free[static_cast<int>(Body::L4)] == std::array{true, true, true, true, true, true});
    for (const Body held : {Body::thorax, Body::L3, Body::L5, Body::S1}) CHECK_FALSE(model.system.free[static_cast<int>(held)][2]);
    check_cut(model, L4_L5, Eigen::Vector3d::Zero(), Eigen::Vector3d::Zero());
}

TEST_CASE("a pure moment reaches every level of the spine whole: sum of nodal forces through each disc, ligaments and facets") {
    SpineModel model = mounted(level(Body::L1, Body::S1));
    Machine machine(model);
    for (const LaboratoryLoads loads : {LaboratoryLoads{.flexion = 5.0 * Nm}, LaboratoryLoads{.left_bending = 5.0 * Nm, .follower = 200.0}}) {
        machine.load(loads, 10.0);
        for (const int d : model.spec.present_discs()) check_cut(model, d, Eigen::Vector3d::Zero(), moment_vector(loads));
        for (const int d : model.spec.present_discs()) {
            const SectionLoad left = level_loads(model, machine.newton())[d].unbalanced();
            CHECK(left.force.norm() < 1e-3);
            CHECK(left.moment.norm() < 1e-5 * 5.0 * Nm);
        }
        for (const double balance : force_balance(model, machine.newton())) CHECK(balance < 1e-5);
    }
}

TEST_CASE("a symmetric specimen turns the same to both sides, and stays in its plane in flexion") {
    for (const bool whole : {true, false}) {
        const SpecimenSpec specimen = level(Body::L4, Body::L5, whole);
        const auto turned = [&](const LaboratoryLoads& loads) {
            SpineModel model = mounted(specimen);
            Machine machine(model);
            const engine::Pose rest = machine.relative(L4_L5);
            machine.load(loads, 5.0);
            return machine.angles(L4_L5, rest);
        };
        const AnatomicalAngles left = turned({.left_bending = 4.0 * Nm}), right = turned({.left_bending = -4.0 * Nm});
        CHECK(left.left_bending > 0.5 * degree);
        CHECK(std::abs(left.left_bending + right.left_bending) < 1e-4 * left.left_bending);
        CHECK(std::abs(left.flexion - right.flexion) < 1e-4 * left.left_bending);
        CHECK(std::abs(left.left_rotation + right.left_rotation) < 1e-4 * left.left_bending);
        const AnatomicalAngles to_left = turned({.left_rotation = 4.0 * Nm}), to_right = turned({.left_rotation = -4.0 * Nm});
        CHECK(to_left.left_rotation > 0.2 * degree);
        CHECK(std::abs(to_left.left_rotation + to_right.left_rotation) < 1e-4 * to_left.left_rotation);
        const AnatomicalAngles bent = turned({.flexion = 4.0 * Nm}), stretched = turned({.flexion = -4.0 * Nm});
        CHECK(bent.flexion > 0.5 * degree);
        CHECK(stretched.flexion < -0.5 * degree);
        CHECK(std::abs(bent.left_bending) + std::abs(bent.left_rotation) < 1e-6 * bent.flexion);
    }
}

TEST_CASE("a moment that follows keeps its components in the vertebra that carries it") {
    SpecimenSpec specimen = level(Body::L4, Body::L5);
    specimen.moments_follow = true;
    SpineModel model = mounted(specimen);
    Machine machine(model);
    const LaboratoryLoads loads{.flexion = 4.0 * Nm, .left_rotation = 4.0 * Nm};
    machine.load(loads, 10.0);
    const Eigen::Matrix3d& now = model.system.poses[static_cast<int>(Body::L4)].rotation;
    CHECK((now * moment_vector(loads) - moment_vector(loads)).norm() > 0.01 * loads.flexion);
    check_cut(model, L4_L5, Eigen::Vector3d::Zero(), now * moment_vector(loads));
}

TEST_CASE("a follower load compresses each level along the chord of its vertebrae, and bends no straight spine") {
    SpineModel model = mounted(level(Body::L1, Body::S1));
    auto& poses = model.system.poses;
    for (int body = static_cast<int>(Body::L1); body <= static_cast<int>(Body::S1); ++body) {
        poses[body].rotation.setIdentity();
        poses[body].origin = {0.0, 0.0, 40.0 * (6 - body)};
    }
    model.laboratory->apply(model.system, {.follower = 400.0});
    engine::BodySystem part(model.system.body_count());
    const engine::Cable& cable = model.system.cables[model.laboratory->follower];
    cable.add_to(part, poses);
    for (int body = static_cast<int>(Body::L1); body <= static_cast<int>(Body::S1); ++body) {
        const double axial = body == static_cast<int>(Body::L1) ? 400.0 : (body == static_cast<int>(Body::S1) ? -400.0 : 0.0);
        CHECK((part.gradient.segment<3>(6 * body) - Eigen::Vector3d(0.0, 0.0, axial)).norm() < 1e-10);  // L1 is pulled down, S1 up
        CHECK(part.gradient.segment<3>(6 * body + 3).norm() < 1e-10);
    }
    // bent at L3 by 2 x 10 deg: the guide there takes 2 T sin(10 deg), as a cable over a pin does
    poses[static_cast<int>(Body::L3)].origin.x() = 40.0 * std::tan(10.0 * degree);
    part.set_zero();
    cable.add_to(part, poses);
    CHECK_CLOSE(part.gradient[6 * static_cast<int>(Body::L3)], 2.0 * 400.0 * std::sin(10.0 * degree), 1e-12);
    // guides before the centres: a moment of force x shift on the ends
    SpecimenSpec shifted = level(Body::L4, Body::L5);
    shifted.follower_shift = 5.0;
    SpineModel segment = mounted(shifted);
    segment.laboratory->apply(segment.system, {.follower = 400.0});
    engine::BodySystem ends(segment.system.body_count());
    segment.system.cables[segment.laboratory->follower].add_to(ends, segment.system.poses);
    const int l4 = static_cast<int>(Body::L4);
    const Eigen::Vector3d arm = 5.0 * segment.system.poses[l4].rotation.col(0);
    CHECK((ends.gradient.segment<3>(6 * l4 + 3) - arm.cross(ends.gradient.segment<3>(6 * l4))).norm() < 1e-9);
}

TEST_CASE("clotted end-plates: a pressed specimen loses its water more slowly, gets it back more slowly still, and ends at the same heights") {
    struct Course {
        double start, pressed, drained, released, full;  // heights [mm]
    };
    const auto course = [](double share) {
        SpecimenSpec guided = level(Body::L4, Body::L5, false);
        guided.slides = true;
        guided.endplate_share = share;
        SpineModel model = mounted(guided);
        const auto& curves = model.domain(L4_L5).spec().curves;  // k and dpi of nucleus, annulus, cartilage
        const DiscGradeRow& grade = testing::source_tables().grades[0];
        CHECK_CLOSE(curves[0].at(1.0).value, grade.nucleus.permeability, 1e-6);
        CHECK_CLOSE(curves[2].at(1.0).value, grade.annulus.permeability, 1e-6);
        CHECK_CLOSE(curves[4].at(1.0).value, share * grade.endplate.permeability, 1e-6);
        Machine machine(model);
        const auto height = [&](double force, double seconds) {
            machine.load({.axial_force = force}, 1.0, seconds);
            return disc_height(model, L4_L5);
        };
        Course c{};
        c.start = disc_height(model, L4_L5);
        c.pressed = height(-500.0, 1800.0);
        c.drained = height(-500.0, 3e6);
        c.released = height(0.0, 1800.0);
        c.full = height(0.0, 3e6);
        return c;
    };
    const Course open = course(1.0), clotted = course(0.02);
    CHECK(std::abs(open.drained - clotted.drained) < 5e-3);  // drained: no matter how fast
    CHECK(std::abs(open.full - clotted.full) < 5e-3);
    CHECK(clotted.pressed > open.pressed + 0.05);
    CHECK(clotted.released < open.released - 0.05);
    const auto lost = [](const Course& c) { return (c.start - c.pressed) / (c.start - c.drained); };
    const auto regained = [](const Course& c) { return (c.released - c.drained) / (c.full - c.drained); };
    CHECK(regained(clotted) < lost(clotted));
    CHECK(regained(clotted) / lost(clotted) < regained(open) / lost(open));
}

TEST_CASE("a guided end slides along its axis only; a force and the displacement that it makes are two ways to the same end") {
    SpecimenSpec guided = level(Body::L4, Body::L5, false);
    guided.slides = true;
    SpineModel pressed = mounted(guided);
    Machine press(pressed);
    press.load({.axial_force = -500.0}, 10.0, 3e6);
    const int l4 = static_cast<int>(Body::L4);
    const engine::Pose &start = pressed.laboratory->mounted, &now = pressed.system.poses[l4];
    CHECK(now.origin.z() < start.origin.z() - 0.1);
    CHECK(now.origin.x() == start.origin.x());
    CHECK(now.rotation == start.rotation);
    const engine::Vector6 held = pressed.laboratory->reaction(pressed.system, press.newton().body_gradient());
    CHECK(held.z() == 0.0);  // free along the axis
    check_cut(pressed, L4_L5, Eigen::Vector3d(0.0, 0.0, -500.0) + held.head<3>(), held.tail<3>());

    guided.displaced = true;
    SpineModel moved = mounted(guided);
    Machine screw(moved);
    screw.load({.displacement = now.origin.z() - start.origin.z()}, 10.0, 3e6);
    CHECK(std::abs(moved.laboratory->reaction(moved.system, screw.newton().body_gradient()).z() + 500.0) < 0.5);
    CHECK(std::abs(disc_state(moved, L4_L5).pressure - disc_state(pressed, L4_L5).pressure) < 1e-4);
}

TEST_CASE("creep loses water and height, and given time a specimen takes back both") {
    SpecimenSpec guided = level(Body::L4, Body::L5, false);
    guided.slides = true;
    SpineModel model = mounted(guided);
    Machine press(model, 1000.0);
    const DiscState start = disc_state(model, L4_L5);
    const double height = disc_height(model, L4_L5);
    press.load({.axial_force = -500.0}, 1.0);
    const double at_once = disc_height(model, L4_L5);
    const DiscState pressed = disc_state(model, L4_L5);
    CHECK(pressed.pressure > start.pressure + 0.2);
    press.load({.axial_force = -500.0}, 7200.0);
    CHECK(disc_height(model, L4_L5) < at_once - 0.1);
    CHECK(disc_state(model, L4_L5).fluid_volume < pressed.fluid_volume - 50.0);
    const double lost = start.fluid_volume - disc_state(model, L4_L5).fluid_volume;
    CHECK(std::abs(pressed.fluid_volume - start.fluid_volume) < 0.15 * lost);  // nearly undrained at first
    press.load({}, 5.0, 3e6);
    CHECK(std::abs(disc_height(model, L4_L5) - height) < 2e-3);
    CHECK(std::abs(disc_state(model, L4_L5).fluid_volume - start.fluid_volume) < 1e-4 * start.fluid_volume);
}

TEST_CASE("the tangent stiffness of a specimen predicts how small loads move it") {
    for (const Body lower : {Body::L5, Body::S1}) {  // one level, and two with a vertebra between
        CAPTURE(lower == Body::S1);
        SpineModel model = mounted(level(Body::L4, lower));
        constexpr double time = 10.0;
        const engine::Matrix6 k = specimen_stiffness(model, time);
        CHECK((k - k.transpose()).norm() < 1e-6 * k.norm());
        for (const LaboratoryLoads loads : {LaboratoryLoads{.flexion = 20.0}, LaboratoryLoads{.left_bending = 20.0}, LaboratoryLoads{.axial_force = -1.0}}) {
            const engine::SystemState start = engine::save_state(model.system);
            const engine::Pose before = model.system.poses[static_cast<int>(Body::L4)];
            engine::NewtonOptions options = newton_options(model, 1.0);
            options.force_scale = 1.0;
            engine::NewtonSolver newton(model.system, options);
            engine::TimeStepper stepper(model.system, newton, {});
            const engine::Drive drive{[&](double, engine::System& s) { model.laboratory->apply(s, loads); }, {time}};
            REQUIRE(stepper.settle(time, time, drive).converged());
            const engine::Pose& after = model.system.poses[static_cast<int>(Body::L4)];
            engine::Vector6 moved, load;
            moved << after.origin - before.origin, engine::vector_from_rotation(after.rotation * before.rotation.transpose());
            load << 0.0, 0.0, loads.axial_force, moment_vector(loads);
            CHECK((k * moved - load).norm() < 0.02 * load.norm());
            model.laboratory->apply(model.system, {});
            engine::restore_state(model.system, start);
        }
    }
}

TEST_CASE("a quick moment there and back gives back its work less what the water takes") {
    SpineModel model = mounted(level(Body::L4, Body::L5));
    engine::NewtonSolver newton(model.system, newton_options(model, 400.0));
    engine::StepperOptions steps;
    steps.largest_step = 0.1;
    /// Work of the moment on the upper vertebra, by the trapezoidal rule over the steps.
    struct Work : engine::Observer {
        const SpineModel& model;
        double put_in = 0.0, given_back = 0.0;
        Eigen::Vector3d last_moment = Eigen::Vector3d::Zero();
        Eigen::Matrix3d last_turn;
        explicit Work(const SpineModel& m) : model(m), last_turn(m.system.poses[static_cast<int>(Body::L4)].rotation) {}
        void on_step(const engine::StepView& view) override {
            const Eigen::Matrix3d& turn = model.system.poses[static_cast<int>(Body::L4)].rotation;
            const Eigen::Vector3d moment = moment_vector(model.laboratory->loads);
            const double done = 0.5 * (moment + last_moment).dot(engine::vector_from_rotation(turn * last_turn.transpose()));
            (view.time <= 2.0 ? put_in : given_back) += done;
            last_moment = moment;
            last_turn = turn;
        }
    } work(model);
    engine::TimeStepper stepper(model.system, newton, steps);
    const engine::Drive drive{[&](double t, engine::System& s) { model.laboratory->apply(s, {.flexion = 5.0 * Nm * (t < 2.0 ? 0.5 * t : 2.0 - 0.5 * t)}); },
                              {2.0, 4.0}};
    REQUIRE(stepper.run(0.0, drive, {&work}).reason == engine::StopReason::finished);
    CHECK(work.put_in > 50.0);  // N mm
    CHECK(work.given_back < 0.0);
    const double lost = (work.put_in + work.given_back) / work.put_in;
    MESSAGE("lost " << 100.0 * lost << " % of " << work.put_in << " N mm");
    CHECK(lost > 0.0);
    CHECK(lost < 0.1);
}

TEST_SUITE_END();
