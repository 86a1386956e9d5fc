#pragma once

#include <Eigen/Dense>

namespace foramen::engine {

using Vector6 = Eigen::Matrix<double, 6, 1>;
using Matrix6 = Eigen::Matrix<double, 6, 6>;

/// a x b = skew(a) b
[[nodiscard]] inline Eigen::Matrix3d skew(const Eigen::Vector3d& a) {
    Eigen::Matrix3d m;
    m << 0.0, -a.z(), a.y(), a.z(), 0.0, -a.x(), -a.y(), a.x(), 0.0;
    return m;
}

/// Rotation by the vector w: exp(skew(w)), Rodrigues' formula, accurate for any |w|.
[[nodiscard]] Eigen::Matrix3d rotation_from_vector(const Eigen::Vector3d& w);
/// Inverse of the above, |result| <= pi.
[[nodiscard]] Eigen::Vector3d vector_from_rotation(const Eigen::Matrix3d& R);

/// Derivative of the rotation exp(w) for a change of the vector w: exp(w + dw) = exp(J dw) exp(w) to first order.
[[nodiscard]] Eigen::Matrix3d rotation_slope(const Eigen::Vector3d& w);

/// Position and orientation of a rigid body: x = origin + rotation * local.
struct Pose {
    Eigen::Matrix3d rotation = Eigen::Matrix3d::Identity();
    Eigen::Vector3d origin = Eigen::Vector3d::Zero();

    [[nodiscard]] Eigen::Vector3d point(const Eigen::Vector3d& local) const { return origin + rotation * local; }
    [[nodiscard]] Eigen::Vector3d local(const Eigen::Vector3d& x) const { return rotation.transpose() * (x - origin); }
    /// Moves by a translation and a rotation vector, both in the fixed frame: (dx, w) -> origin + dx, exp(w) rotation.
    [[nodiscard]] Pose moved(const Vector6& d) const;
};

/// Second derivative of f . exp(w) r with respect to w at w = 0:  (r f^T + f r^T)/2 - (r . f) I
[[nodiscard]] Eigen::Matrix3d rotation_curvature(const Eigen::Vector3d& r, const Eigen::Vector3d& f);

}  // namespace foramen::engine
