#include "engine/core/units.hpp"
#include "models/observables.hpp"
#include "models/section_loads.hpp"

namespace foramen::models {

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
    list_levels();
}

void read_laboratory(const SpineModel& m, const engine::NewtonSolver& newton, const std::vector<Eigen::Matrix3d>& rest, std::vector<double>& out) {
    const Laboratory& lab = *m.laboratory;
    const auto& poses = m.system.poses;
    const int upper = static_cast<int>(lab.upper);
    const double held = lab.reaction(m.system, newton.body_gradient()).z();
    out.insert(out.end(), {lab.loads.flexion, lab.loads.left_bending, lab.loads.left_rotation, lab.loads.follower, lab.loads.axial_force + held,
                           poses[upper].origin.z() - lab.mounted.origin.z()});
    const AnatomicalAngles whole = anatomical_angles(poses[upper].rotation * lab.mounted.rotation.transpose());  // the base does not move
    out.insert(out.end(), {whole.flexion / degree, whole.left_bending / degree, whole.left_rotation / degree});
    read_levels(m, newton, rest, out);
}

}  // namespace foramen::models
