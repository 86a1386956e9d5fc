#pragma once

#include <Eigen/Dense>

#include "engine/system/body_system.hpp"

namespace foramen::engine {

/// A body that deforms by a few amplitudes a in its frame: a point X lies at c + R (X + Phi(X) a), with the energy
///
///     E = 1/2 a^T K a
///
/// independent of where the frame stands and how it is turned (corotated, small strain). Where a rider is named, the last six
/// amplitudes are its translation d and its turn about `arm`, t/arm, in the frame: a rigid piece whose frame would coincide with the
/// body's without deformation. Forces on the rider reach the frame and these amplitudes.
struct FlexibleBody {
    int body = ground;          ///< whose pose is the frame
    int rider = ground;         ///< a body that moves with this one; ground: none
    double arm = 1.0;           ///< turns a rotation into an amplitude [mm]
    Eigen::MatrixXd stiffness;  ///< K [N/mm]
    Eigen::VectorXd amplitude;  ///< a, present [mm]

    [[nodiscard]] int size() const { return static_cast<int>(stiffness.rows()); }
    [[nodiscard]] double energy() const { return 0.5 * amplitude.dot(stiffness * amplitude); }
    /// Pose of the rider for a pose of the frame.
    [[nodiscard]] Pose rider_pose(const Pose& frame) const;
    /// Derivative of the rider's moves (dx, w) for moves of the frame [6 x 6] and for its six amplitudes [6 x 6].
    struct RiderMap {
        Matrix6 frame, amplitudes;
    };
    [[nodiscard]] RiderMap rider_map(const Pose& frame) const;
};

}  // namespace foramen::engine
