#pragma once

#include <Eigen/Dense>
#include <span>

#include "engine/system/body_system.hpp"

namespace foramen::engine {

/// A moment without a force on one body, as testing machines for spines apply it.
/// Its axes stay in space, or turn with the body. In three dimensions neither has an energy: the work depends on the way.
struct PureMoment {
    int body;
    Eigen::Vector3d moment = Eigen::Vector3d::Zero();  ///< about the axes of the fixed frame, or of the body [N mm]
    bool follows = false;                              ///< the axes turn with the body

    /// In the fixed frame [N mm].
    [[nodiscard]] Eigen::Vector3d now(std::span<const Pose> poses) const { return follows ? Eigen::Vector3d(poses[body].rotation * moment) : moment; }
    /// Adds -moment to the gradient. In the chart (dx, exp(w) R) the Hessian of a moment is not symmetric: it is the derivative of
    /// its gradient less half of the turn's commutator, -skew(moment)/2 for axes fixed in space and +skew(moment)/2 for following
    /// ones. With it the sum over all elements has the exact derivative wherever the sum of the moments is zero.
    void add_to(BodySystem& system, std::span<const Pose> poses) const;
};

}  // namespace foramen::engine
