#include "engine/core/units.hpp"
#include "models/observables.hpp"
#include "models/section_loads.hpp"

namespace foramen::models {

namespace {

/// The three anatomical parts of a moment in a vertebra's axes.
std::array<double, 3> anatomical(const Eigen::Vector3d& m) { return {m.y(), -m.x(), m.z()}; }

void append_angles(std::vector<double>& out, const std::vector<AnatomicalAngles>& all) {
    for (const auto part : {&AnatomicalAngles::flexion, &AnatomicalAngles::left_bending, &AnatomicalAngles::left_rotation})
        for (const AnatomicalAngles& a : all) out.push_back(a.*part / degree);
}

}  // namespace

void SpineObserver::list_levels() {
    const char* const positive = "the named direction positive";
    add_per_disc("level_flexion", "degree", "flexion of the upper vertebra about the lower one's axes", positive);
    add_per_disc("level_left_bending", "degree", "lateral bending of the upper vertebra about the lower one's axes", positive);
    add_per_disc("level_left_rotation", "degree", "axial rotation of the upper vertebra about the lower one's axes", positive);
    add_per_disc("disc_moment_flexion", "N mm", "flexion moment carried by the disc", "about the middle of its lower end-plate");
    add_per_disc("disc_moment_left_bending", "N mm", "lateral moment carried by the disc", "to the left positive");
    add_per_disc("disc_moment_left_rotation", "N mm", "axial moment carried by the disc", "to the left positive");
    add_per_disc("ligament_moment_flexion", "N mm", "flexion moment carried by the ligaments", "about the same point");
    add_per_disc("ligament_moment_left_bending", "N mm", "lateral moment carried by the ligaments", "to the left positive");
    add_per_disc("ligament_moment_left_rotation", "N mm", "axial moment carried by the ligaments", "to the left positive");
    add_per_disc("facet_moment_flexion", "N mm", "flexion moment carried by the facets", "about the same point");
    add_per_disc("facet_moment_left_bending", "N mm", "lateral moment carried by the facets", "to the left positive");
    add_per_disc("facet_moment_left_rotation", "N mm", "axial moment carried by the facets", "to the left positive");
    add_per_disc("moment_balance", "1", "moment balance of the level over Newton's scale",
                 "disc (from the end-plate below), ligaments, facets, muscles and follower or resting load against what acts "
                 "from outside above");
}

void SpineObserver::list_muscle_moments() {
    add_per_disc("muscle_moment_flexion", "N mm", "flexion moment carried by muscles and resting load", "about the same point");
    add_per_disc("muscle_moment_left_bending", "N mm", "lateral moment carried by muscles and resting load",
                 "to the left positive");
    add_per_disc("muscle_moment_left_rotation", "N mm", "axial moment carried by muscles and resting load",
                 "to the left positive");
}

void read_levels(const SpineModel& m, const engine::NewtonSolver& newton, const std::vector<Eigen::Matrix3d>& rest,
                 std::vector<double>& out) {
    const auto& poses = m.system.poses;
    std::vector<AnatomicalAngles> levels;
    for (const int d : m.spec.present_discs()) {
        const Eigen::Matrix3d& before = rest[m.slot(d)];
        const Eigen::Matrix3d now =
            poses[static_cast<int>(lower_body(d))].rotation.transpose() * poses[static_cast<int>(upper_body(d))].rotation;
        levels.push_back(anatomical_angles(now * before.transpose()));
    }
    append_angles(out, levels);

    const std::array<LevelLoads, disc_count> loads = level_loads(m, newton);
    for (const auto part : {&LevelLoads::disc, &LevelLoads::ligaments, &LevelLoads::facets})
        for (int axis = 0; axis < 3; ++axis)
            for (const int d : m.spec.present_discs()) out.push_back(anatomical((loads[d].*part).moment)[axis]);
    const double scale = newton.options().force_scale * newton.options().arm_scale;
    for (const int d : m.spec.present_discs()) out.push_back(loads[d].unbalanced().moment.norm() / scale);
    if (m.laboratory) return;
    for (int axis = 0; axis < 3; ++axis)
        for (const int d : m.spec.present_discs())
            out.push_back(anatomical(loads[d].muscles.moment + loads[d].follower.moment)[axis]);
}

}  // namespace foramen::models
