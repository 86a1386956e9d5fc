#include "models/support.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/units.hpp"

namespace foramen::models {

namespace {

constexpr double across_stiffness = 15.0;   // N/mm a spring, four a body
constexpr double sideways_stiffness = 10.0;
constexpr double stick_stiffness = 20.0;    // N/mm: skin and soft tissue in shear
constexpr double no_limit = 1e9;            // N

struct Contact {
    Body body;
    double half_width;     // mm
    double low, high;      // along the table, from the body's origin [mm]
};
// Buttocks and sacrum from 100 mm below the sacral end-plate; ribs and shoulder blades above T12.
constexpr Contact contacts[] = {{Body::S1, 70.0, -100.0, 0.0}, {Body::thorax, 90.0, 30.0, 230.0}};

void add_springs(engine::System& system, const SpineGeometry& g, const Contact& c, double behind) {
    const int body = static_cast<int>(c.body);
    const engine::Pose& pose = system.poses[body];
    for (const double z : {c.low, c.high}) {
        for (const double y : {-c.half_width, c.half_width}) {
            const Eigen::Vector3d at = pose.origin + Eigen::Vector3d(behind, y * g.girth, z * g.size);
            system.springs.push_back({{body, pose.local(at)}, engine::ground, at, {across_stiffness, sideways_stiffness, 0.0}});
        }
    }
}

int add_stick(engine::System& system, Body b, const Eigen::Vector3d& offset, double stiffness, double limit) {
    const int body = static_cast<int>(b);
    const Eigen::Vector3d at = system.poses[body].origin + offset;
    const Eigen::Vector3d local = system.poses[body].local(at);
    system.sticks.push_back({{body, local}, Eigen::Vector3d::UnitZ(), stiffness, limit, at.z()});
    return static_cast<int>(system.sticks.size()) - 1;
}

int add_force(engine::System& system, Body b, const Eigen::Vector3d& offset) {
    const int body = static_cast<int>(b);
    const Eigen::Vector3d at = system.poses[body].origin + offset;
    system.forces.push_back({{body, system.poses[body].local(at)}, Eigen::Vector3d::Zero()});
    return static_cast<int>(system.forces.size()) - 1;
}

}  // namespace

Support add_support(engine::System& system, const SpineGeometry& g, const SpineSpec& spec) {
    const double behind = (spec.prone ? 90.0 : -60.0) * g.girth;  // skin on the table, from the bodies' centres
    for (const Contact& c : contacts) add_springs(system, g, c, behind);
    Support s;
    const BodySegmentRow& share = spec.sex == Sex::female ? g.tables.female : g.tables.male;
    s.pelvis_weight = share.pulled * spec.body_mass * standard_gravity;
    s.thorax_weight = share.upper * spec.body_mass * standard_gravity;
    s.friction_lower = add_stick(system, Body::S1, {behind, 0.0, -60.0 * g.size}, stick_stiffness, 0.0);
    s.friction_upper = add_stick(system, Body::thorax, {behind, 0.0, 130.0 * g.size}, stick_stiffness, 0.0);
    // the belt's straps run along the trunk's sides, in the plane of the bodies' centres
    s.thoracic_harness = add_stick(system, Body::thorax, {0.0, 0.0, 80.0 * g.size}, spec.harness.stiffness, spec.harness.slip_limit.value_or(no_limit));
    s.pull = add_force(system, Body::S1, {-20.0 * g.girth, 0.0, -40.0 * g.size});
    s.weight_pelvis = add_force(system, Body::S1, {0.0, 0.0, -60.0 * g.size});
    s.weight_thorax = add_force(system, Body::thorax, {0.0, 0.0, 130.0 * g.size});
    static_cast<void>(set_pull(system, s, spec, 0.0, 0.0, 0.0));
    return s;
}

Pull set_pull(engine::System& system, const Support& s, const SpineSpec& spec, double device_force, double angle,
              double tilt) {
    const double slope = std::sin(tilt), upright = std::cos(tilt);
    Pull pull{device_force, angle, device_force * (1.0 - spec.harness.loss), s.pelvis_weight * slope};
    system.forces[s.weight_pelvis].force = {0.0, 0.0, -pull.gravity};
    system.forces[s.weight_thorax].force = {0.0, 0.0, -s.thorax_weight * slope};
    const double lift = pull.at_pelvis * std::sin(angle);
    const double up = spec.prone ? -1.0 : 1.0;
    system.forces[s.pull].force = {up * lift, 0.0, -pull.at_pelvis * std::cos(angle)};
    system.sticks[s.friction_lower].limit = spec.table.friction_lower * std::max(0.0, s.pelvis_weight * upright - lift);
    system.sticks[s.friction_upper].limit = spec.table.friction_upper * s.thorax_weight * upright;
    system.sticks[s.thoracic_harness].limit = spec.harness.slip_limit.value_or(no_limit);
    return pull;
}

void stand_up(engine::System& system, const Support& s, double upright) {
    constexpr double harness_of_lying = 2000.0;  // N: more than any harness carries
    if (upright == 0.0) return;
    system.sticks[s.friction_lower].limit = no_limit;
    system.sticks[s.friction_upper].limit *= 1.0 - upright;
    double& harness = system.sticks[s.thoracic_harness].limit;
    harness = std::min(harness, harness_of_lying) * (1.0 - upright);
}

}  // namespace foramen::models
