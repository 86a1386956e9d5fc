#pragma once

#include <Eigen/Dense>
#include <span>
#include <vector>

#include "engine/materials/tension_law.hpp"
#include "engine/system/body_system.hpp"

namespace foramen::engine {

/// A point fixed to a body (or to the ground).
struct BodyPoint {
    int body = ground;
    Eigen::Vector3d local = Eigen::Vector3d::Zero();  ///< in the body's frame [mm]

    [[nodiscard]] Eigen::Vector3d position(std::span<const Pose> poses) const { return body == ground ? local : poses[body].point(local); }
    [[nodiscard]] Eigen::Vector3d arm(std::span<const Pose> poses) const {
        return body == ground ? Eigen::Vector3d::Zero() : Eigen::Vector3d(poses[body].rotation * local);
    }
};

/// A frictionless cable (ligament strand, fascicle, follower load) from the first to the last point over via points: one
/// tension T(L) along its whole length L.
struct Cable {
    std::vector<BodyPoint> path;  ///< at least two
    TensionLaw law;

    /// L = sum |x_k+1 - x_k| [mm]
    [[nodiscard]] double length(std::span<const Pose> poses) const;
    /// Adds T dL and the second derivative (dT/dL) dL dL^T + T d2L; exact where the law gives its slope exactly (a fascicle on
    /// the falling side of its active curve gives none).
    void add_to(BodySystem& system, std::span<const Pose> poses) const;
};

/// A force on a point of a body that keeps its size and direction in the fixed frame.
struct PointForce {
    BodyPoint point;
    Eigen::Vector3d force;  ///< [N]
    void add_to(BodySystem& system, std::span<const Pose> poses) const;
};

}  // namespace foramen::engine
