#include "models/benchmarks/cable_over_via_point.hpp"

#include <cmath>

#include "engine/solve/newton.hpp"
#include "models/benchmarks/recording.hpp"

namespace foramen::models {

using namespace engine;

namespace {

enum Body { held, via, hung };

/// Held bodies at places and attitudes of their own; the via point is the origin of the fixed frame.
System strand(const CableOverViaPoint& c) {
    System system;
    const Pose holder{rotation_from_vector({0.3, -0.8, 0.5}), {-40.0, 5.0, 12.0}};
    const Pose pulley{rotation_from_vector({1.1, 0.2, 0.0}), {7.0, -3.0, 20.0}};
    system.add_body(holder);
    system.add_body(pulley);
    // taut from the start: a slack strand would hold nothing
    system.add_body(
        {Eigen::Matrix3d::Identity(), {0.0, 0.0, -(c.slack_length * (1.0 + c.transition_strain) - c.first_span) - c.arm}});
    system.free[held] = system.free[via] = {false, false, false, false, false, false};
    system.free[hung] = {true, true, true, true, true, false};  // nothing holds it against turning about the strand
    Cable cable;
    cable.path = {
        {held, holder.local({-c.first_span, 0.0, 0.0})}, {via, pulley.local(Eigen::Vector3d::Zero())}, {hung, {0.0, 0.0, c.arm}}};
    cable.law = StrandLaw{c.slack_length, c.transition_strain, c.stiffness};
    system.cables.push_back(cable);
    system.forces.push_back({{hung, Eigen::Vector3d::Zero()}, Eigen::Vector3d::Zero()});
    return system;
}

}  // namespace

void describe(FieldVisitor& v, CableOverViaPoint& c) {
    v.quantity("slack_length", c.slack_length, Dimension::length, {1.0, 1e3}, {.help = "of the strand"});
    v.quantity("transition_strain", c.transition_strain, Dimension::none, {1e-6, 1.0}, {.help = "end of the strand's toe"});
    v.quantity("stiffness", c.stiffness, Dimension::force, {1e-3, 1e9}, {.help = "of the strand, per unit strain"});
    v.quantity("first_span", c.first_span, Dimension::length, {1e-3, 1e3}, {.help = "from the held end to the via point"});
    v.quantity("arm", c.arm, Dimension::length, {1e-3, 1e3}, {.help = "from the free body's centre to the strand's end"});
    v.quantity("force", c.force, Dimension::force, {1e-6, 1e9}, {.help = "on the free body's centre"});
    v.quantity("swing", c.swing, Dimension::angle, {0.0, 1.5}, {.help = "of the force, from straight down"});
    v.whole("steps", c.steps, 1, 1000, "", {.help = "of the swing"});
}

std::vector<Trace> run(const CableOverViaPoint& c) {
    System system = strand(c);
    NewtonOptions options;
    options.force_scale = c.force;
    options.arm_scale = c.arm;
    options.body_tolerance = 1e-12;
    options.full_newton = true;
    NewtonSolver newton(system, options);
    std::vector<Trace> out;
    for (const char* name : {"centre_x", "centre_y", "centre_z"}) out.push_back({name, "mm", {}, "rad", {}});
    out.push_back({"rotation", "rad", {}, "rad", {}});
    for (const char* name : {"held_force", "via_force"}) out.push_back({name, "N", {}, "rad", {}});
    out.push_back({"via_direction", "rad", {}, "rad", {}});
    for (int step = 0; step <= c.steps; ++step) {
        const double angle = c.swing * step / c.steps;
        const Eigen::Vector3d along(std::sin(angle), 0.0, -std::cos(angle));
        system.forces[0].force = c.force * along;
        finish(newton.solve({{}, 0.0}), "cable over a via point");
        // the gradient is minus the force on a body
        const Eigen::Vector3d on_held = -newton.body_gradient().segment<3>(6 * held);
        const Eigen::Vector3d on_via = -newton.body_gradient().segment<3>(6 * via);
        const Eigen::Vector3d bisector = along - Eigen::Vector3d::UnitX();
        const double values[] = {system.poses[hung].origin.x(),
                                 system.poses[hung].origin.y(),
                                 system.poses[hung].origin.z(),
                                 vector_from_rotation(system.poses[hung].rotation).norm(),
                                 on_held.norm(),
                                 on_via.norm(),
                                 std::atan2(on_via.cross(bisector).norm(), on_via.dot(bisector))};
        for (std::size_t k = 0; k < out.size(); ++k) {
            out[k].x.push_back(angle);
            out[k].y.push_back(values[k]);
        }
    }
    return out;
}

}  // namespace foramen::models
