#include "engine/system/flexible_body.hpp"

#include <cmath>

namespace foramen::engine {

namespace {

/// Derivative of the rotation exp(w) for a change of the vector w: exp(w + dw) = exp(J dw) exp(w) to first order.
Eigen::Matrix3d rotation_slope(const Eigen::Vector3d& w) {
    const double angle = w.norm();
    const Eigen::Matrix3d W = skew(w);
    if (angle < 1e-4) return Eigen::Matrix3d::Identity() + 0.5 * W + W * W / 6.0;
    return Eigen::Matrix3d::Identity() + (1.0 - std::cos(angle)) / (angle * angle) * W + (angle - std::sin(angle)) / (angle * angle * angle) * W * W;
}

}  // namespace

Pose FlexibleBody::rider_pose(const Pose& frame) const {
    const Eigen::VectorXd moves = amplitude.tail<6>();
    return {frame.rotation * rotation_from_vector(moves.tail<3>() / arm), frame.point(moves.head<3>())};
}

FlexibleBody::RiderMap FlexibleBody::rider_map(const Pose& frame) const {
    const Eigen::VectorXd moves = amplitude.tail<6>();
    RiderMap map{Matrix6::Identity(), Matrix6::Zero()};
    map.frame.topRightCorner<3, 3>() = -skew(frame.rotation * moves.head<3>());
    map.amplitudes.topLeftCorner<3, 3>() = frame.rotation;
    map.amplitudes.bottomRightCorner<3, 3>() = frame.rotation * rotation_slope(moves.tail<3>() / arm) / arm;
    return map;
}

}  // namespace foramen::engine
