#pragma once

#include <Eigen/Geometry>
#include <vector>

namespace foramen::io {

/// The turn and shift that take points from one place to another, and how far the worst of them stays off [mm].
struct RigidMotion {
    Eigen::Isometry3d motion = Eigen::Isometry3d::Identity();
    double residual = 0.0;
};

/// Least squares over all points (Umeyama 1991, without scaling). The identity for fewer than three points.
[[nodiscard]] RigidMotion rigid_motion(const std::vector<Eigen::Vector3d>& from, const std::vector<Eigen::Vector3d>& to);

}  // namespace foramen::io
