#include "engine/system/pose.hpp"

#include <cmath>

namespace foramen::engine {

Eigen::Matrix3d rotation_from_vector(const Eigen::Vector3d& w) {
    const double angle = w.norm();
    const Eigen::Matrix3d W = skew(w);
    // sin(a)/a and (1 - cos(a))/a^2, by series where the quotients cancel
    const double a2 = angle * angle;
    const double first = angle < 1e-4 ? 1.0 - a2 / 6.0 : std::sin(angle) / angle;
    const double half = std::sin(0.5 * angle);
    const double second = angle < 1e-4 ? 0.5 - a2 / 24.0 : 2.0 * half * half / a2;
    return Eigen::Matrix3d::Identity() + first * W + second * W * W;
}

Eigen::Vector3d vector_from_rotation(const Eigen::Matrix3d& R) {
    const Eigen::AngleAxisd rotation(R);
    return rotation.angle() * rotation.axis();
}

Eigen::Matrix3d rotation_slope(const Eigen::Vector3d& w) {
    const double angle = w.norm();
    const Eigen::Matrix3d W = skew(w);
    if (angle < 1e-4) return Eigen::Matrix3d::Identity() + 0.5 * W + W * W / 6.0;
    return Eigen::Matrix3d::Identity() + (1.0 - std::cos(angle)) / (angle * angle) * W + (angle - std::sin(angle)) / (angle * angle * angle) * W * W;
}

Pose Pose::moved(const Vector6& d) const { return {rotation_from_vector(d.tail<3>()) * rotation, origin + d.head<3>()}; }

Eigen::Matrix3d rotation_curvature(const Eigen::Vector3d& r, const Eigen::Vector3d& f) {
    const Eigen::Matrix3d rf = r * f.transpose();
    return 0.5 * (rf + rf.transpose()) - r.dot(f) * Eigen::Matrix3d::Identity();
}

}  // namespace foramen::engine
