#include "models/section_loads.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::models {

namespace {

/// Where a level is cut: the middle of its lower end-plate, and the axes of its lower vertebra.
engine::Pose cut_frame(const SpineModel& model, int d) {
    const Body lower = lower_body(d);
    const engine::Pose& pose = model.system.poses[static_cast<int>(lower)];
    return {pose.rotation, pose.point(model.geometry.upper_plate(lower).origin)};
}

SectionLoad in_frame(const engine::Pose& cut, const Eigen::Vector3d& force, const Eigen::Vector3d& moment) {
    return {cut.rotation.transpose() * force, cut.rotation.transpose() * moment};
}

/// Sum over the bodies above the cut of a group's energy gradient.
SectionLoad above_cut(const SpineModel& model, const engine::Pose& cut, int d, const Eigen::VectorXd& gradient) {
    Eigen::Vector3d force = Eigen::Vector3d::Zero(), moment = Eigen::Vector3d::Zero();
    for (int body = 0; body <= static_cast<int>(upper_body(d)); ++body) {  // nothing is left on riders
        const Eigen::Vector3d f = gradient.segment<3>(6 * body);
        force += f;
        moment += gradient.segment<3>(6 * body + 3) + (model.system.poses[body].origin - cut.origin).cross(f);
    }
    return in_frame(cut, force, moment);
}

SectionLoad of_disc(const SpineModel& model, const engine::NewtonSolver& newton, const engine::Pose& cut, int d) {
    const auto& tie = newton.residuals()[model.slot(d)].tie;
    const Eigen::Vector3d force = -tie.head<3>();
    const Eigen::Vector3d arm = model.system.poses[static_cast<int>(lower_body(d))].origin - cut.origin;
    return in_frame(cut, force, -tie.segment<3>(3) + arm.cross(force));
}

Eigen::VectorXd gradient_of(const SpineModel& model, const auto& add) {
    engine::BodySystem part(model.system.body_count(), 0, false);
    add(part);
    model.system.hand_down(part.gradient);
    return part.gradient;
}

Eigen::VectorXd gradient_of_cables(const SpineModel& model, const std::vector<CableGroup>& groups) {
    return gradient_of(model, [&](engine::BodySystem& part) {
        for (const CableGroup& g : groups)
            for (int i = g.first; i < g.first + g.count; ++i) model.system.cables[i].add_to(part, model.system.poses);
    });
}

/// What the machine applies, and what it holds.
Eigen::VectorXd outside_specimen(const SpineModel& model, const engine::NewtonSolver& newton) {
    const engine::System& s = model.system;
    Eigen::VectorXd outside = gradient_of(model, [&](engine::BodySystem& part) {
        s.forces[model.laboratory->force].add_to(part, s.poses);
        s.moments[model.laboratory->moment].add_to(part, s.poses);
    });
    outside.segment<6>(6 * static_cast<int>(model.laboratory->upper)) -= model.laboratory->reaction(s, newton.body_gradient());
    return outside;
}

/// Supports, harnesses, friction, weights and pull.
Eigen::VectorXd outside_person(const SpineModel& model) {
    const engine::System& s = model.system;
    return gradient_of(model, [&](engine::BodySystem& part) {
        for (const auto& spring : s.springs) spring.add_to(part, s.poses);
        for (const auto& stick : s.sticks) stick.add_to(part, s.poses);
        for (const auto& force : s.forces) force.add_to(part, s.poses);
    });
}

}  // namespace

SectionLoad LevelLoads::unbalanced() const {
    SectionLoad sum;
    for (const SectionLoad* load : {&disc, &ligaments, &facets, &follower, &outside, &muscles}) {
        sum.force += load->force;
        sum.moment += load->moment;
    }
    return sum;
}

std::array<LevelLoads, disc_count> level_loads(const SpineModel& model, const engine::NewtonSolver& newton) {
    const engine::System& s = model.system;
    const Eigen::VectorXd ligaments = gradient_of_cables(model, model.ligaments), muscles = gradient_of_cables(model, model.muscles);
    const Eigen::VectorXd facets = gradient_of(model, [&](engine::BodySystem& part) {
        for (const auto& f : s.facets) f.add_to(part, s.poses);
    });
    const int cable = model.laboratory ? model.laboratory->follower : model.resting_cable;
    const Eigen::VectorXd follower = gradient_of(model, [&](engine::BodySystem& part) { s.cables[cable].add_to(part, s.poses); });
    const Eigen::VectorXd outside = model.laboratory ? outside_specimen(model, newton) : outside_person(model);
    std::array<LevelLoads, disc_count> levels{};
    for (const int d : model.spec.present_discs()) {
        const engine::Pose cut = cut_frame(model, d);
        levels[d] = {of_disc(model, newton, cut, d), above_cut(model, cut, d, ligaments), above_cut(model, cut, d, facets),
                     above_cut(model, cut, d, follower), above_cut(model, cut, d, outside), above_cut(model, cut, d, muscles)};
    }
    return levels;
}

AnatomicalAngles anatomical_angles(const Eigen::Matrix3d& r) {
    return {std::atan2(r(0, 2), r(2, 2)), std::asin(std::clamp(r(1, 2), -1.0, 1.0)), std::atan2(r(1, 0), r(1, 1))};
}

}  // namespace foramen::models
