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

void SpineObserver::list_laboratory() {
    const char* const positive = "the named direction positive";
    add_scalar("applied_flexion", "N mm", "flexion moment on the upper vertebra", "extension negative");
    add_scalar("applied_left_bending", "N mm", "lateral moment on the upper vertebra", "bending to the left positive");
    add_scalar("applied_left_rotation", "N mm", "axial moment on the upper vertebra", "rotation to the left positive");
    add_scalar("follower_load", "N", "follower load along the vertebrae's centres", "compression positive");
    add_scalar("axial_load", "N", "axial force on the upper vertebra, applied or needed for its displacement", "tension positive");
    add_scalar("axial_displacement", "mm", "axial displacement of the upper vertebra since it was mounted", "lengthening positive");
    add_scalar("specimen_flexion", "degree", "flexion of the uppermost vertebra about the machine's axes", positive);
    add_scalar("specimen_left_bending", "degree", "lateral bending of the uppermost vertebra about the machine's axes", positive);
    add_scalar("specimen_left_rotation", "degree", "axial rotation of the uppermost vertebra about the machine's axes", positive);
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
                 "disc (from the end-plate below), ligaments, facets and follower load against what is applied above");
}

void read_laboratory(const SpineModel& m, const engine::NewtonSolver& newton, const std::vector<Eigen::Matrix3d>& rest, std::vector<double>& out) {
    const Laboratory& lab = *m.laboratory;
    const auto& poses = m.system.poses;
    const int upper = static_cast<int>(lab.upper);
    const double held = lab.reaction(m.system, newton.body_gradient()).z();
    out.insert(out.end(), {lab.loads.flexion, lab.loads.left_bending, lab.loads.left_rotation, lab.loads.follower, lab.loads.axial_force + held,
                           poses[upper].origin.z() - lab.mounted.origin.z()});
    std::vector<AnatomicalAngles> levels;
    for (const int d : m.spec.present_discs()) {
        const Eigen::Matrix3d& before = rest[m.slot(d)];
        const Eigen::Matrix3d now = poses[static_cast<int>(lower_body(d))].rotation.transpose() * poses[static_cast<int>(upper_body(d))].rotation;
        levels.push_back(anatomical_angles(now * before.transpose()));
    }
    append_angles(out, {anatomical_angles(poses[upper].rotation * lab.mounted.rotation.transpose())});  // the base does not move
    append_angles(out, levels);

    const std::array<LevelLoads, disc_count> loads = level_loads(m, newton);
    for (const auto part : {&LevelLoads::disc, &LevelLoads::ligaments, &LevelLoads::facets})
        for (int axis = 0; axis < 3; ++axis)
            for (const int d : m.spec.present_discs()) out.push_back(anatomical((loads[d].*part).moment)[axis]);
    const double scale = newton.options().force_scale * newton.options().arm_scale;
    for (const int d : m.spec.present_discs()) out.push_back(loads[d].unbalanced().moment.norm() / scale);
}

}  // namespace foramen::models
