#include "engine/elements/frame_interaction.hpp"

#include <algorithm>

namespace foramen::engine {

Eigen::Vector3d seen_from(std::span<const Pose> poses, const BodyPoint& a, int frame) {
    const Eigen::Vector3d x = a.position(poses);
    return frame == ground ? x : poses[frame].local(x);
}

void add_frame_energy(BodySystem& system, std::span<const Pose> poses, const BodyPoint& a, int frame, const Eigen::Vector3d& first,
                      const Eigen::Matrix3d& second) {
    const Eigen::Matrix3d R = frame == ground ? Eigen::Matrix3d::Identity() : poses[frame].rotation;
    const Eigen::Vector3d f = R * first;
    const Eigen::Matrix3d k = R * second * R.transpose();
    const Eigen::Vector3d r = a.arm(poses);
    system.add_gradient(a.body, r, f);
    system.add_arm_curvature(a.body, r, f);
    system.add_stiffness(a.body, r, a.body, r, k);
    if (frame == ground) return;

    const Eigen::Vector3d s = a.position(poses) - poses[frame].origin;
    system.add_gradient(frame, s, -f);
    system.add_arm_curvature(frame, s, f);
    system.add_stiffness(frame, s, frame, s, k);
    system.add_stiffness(a.body, r, frame, s, -k);
    system.add_stiffness(frame, s, a.body, r, -k);
    if (!system.wants_hessian()) return;
    // y turns with B: -w_B x (v_A - dx_B) with v_A = dx_A + w_A x r, to second order
    const Eigen::Matrix3d turn = skew(f);
    const auto add_pair = [&](int row, int column, const Eigen::Matrix3d& m) {
        system.hessian.block<3, 3>(row, column) += m;
        system.hessian.block<3, 3>(column, row) += m.transpose();
    };
    add_pair(6 * frame + 3, 6 * frame, -turn);
    if (a.body == ground) return;
    add_pair(6 * frame + 3, 6 * a.body, turn);
    add_pair(6 * frame + 3, 6 * a.body + 3, -turn * skew(r));
}

void FrameSpring::add_to(BodySystem& system, std::span<const Pose> poses) const {
    const Eigen::Vector3d stretch = seen_from(poses, point, frame) - anchor;
    add_frame_energy(system, poses, point, frame, stiffness.cwiseProduct(stretch), stiffness.asDiagonal());
}

double StickSlip::force(std::span<const Pose> poses) const {
    const double trial = stiffness * (point.position(poses).dot(direction) - anchor);
    return -std::clamp(trial, -limit, limit);
}

void StickSlip::add_to(BodySystem& system, std::span<const Pose> poses) const {
    const double resistance = -force(poses);
    const bool sticks = std::abs(resistance) < limit;
    const Eigen::Matrix3d k = sticks ? Eigen::Matrix3d(stiffness * direction * direction.transpose()) : Eigen::Matrix3d::Zero();
    add_frame_energy(system, poses, point, ground, resistance * direction, k);
}

void StickSlip::commit(std::span<const Pose> poses) {
    const double position = point.position(poses).dot(direction);
    if (stiffness > 0.0) anchor = position + force(poses) / stiffness;
}

}  // namespace foramen::engine
