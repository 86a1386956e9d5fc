#include "engine/system/flexible_body.hpp"

namespace foramen::engine {

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
