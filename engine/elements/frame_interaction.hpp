#pragma once

#include <Eigen/Dense>
#include <span>

#include "engine/elements/cable.hpp"
#include "engine/system/body_system.hpp"

namespace foramen::engine {

/// Adds an energy E(y) of a point of body A seen from the frame of body B, y = R_B^T (x_A - c_B), exactly to second order.
/// @param first   dE/dy in B's frame [N]
/// @param second  d2E/dy2 in B's frame [N/mm]
void add_frame_energy(BodySystem& system, std::span<const Pose> poses, const BodyPoint& a, int frame, const Eigen::Vector3d& first,
                      const Eigen::Matrix3d& second);

/// Position of a point in the frame of a body.
[[nodiscard]] Eigen::Vector3d seen_from(std::span<const Pose> poses, const BodyPoint& a, int frame);

/// A linear spring with a stiffness of its own along each axis of B's frame; several of them make a bushing.
///     E = 1/2 sum_i k_i (y_i - y0_i)^2
struct FrameSpring {
    BodyPoint point;
    int frame = ground;         ///< body B
    Eigen::Vector3d anchor;     ///< y0 [mm]
    Eigen::Vector3d stiffness;  ///< [N/mm]
    void add_to(BodySystem& system, std::span<const Pose> poses) const;
};

/// Stick and slip along one fixed direction: an elastic stick of stiffness k that gives way at `limit`, the standard
/// regularisation of Coulomb friction (and of a belt that slips). The anchor moves only when a step is accepted.
///     trial t = k (x . d - anchor);  |t| <= limit: t, else +-limit
/// Source: Simo & Hughes (1998), Computational Inelasticity, ch. 1 (one-dimensional return mapping).
struct StickSlip {
    BodyPoint point;
    Eigen::Vector3d direction;  ///< unit, fixed frame
    double stiffness;           ///< k [N/mm]
    double limit;               ///< [N]
    double anchor = 0.0;        ///< [mm]

    /// Force on the body along `direction` [N] (a resistance: negative when the body has moved forward).
    [[nodiscard]] double force(std::span<const Pose> poses) const;
    void add_to(BodySystem& system, std::span<const Pose> poses) const;
    /// Takes the slip of an accepted step into the anchor.
    void commit(std::span<const Pose> poses);
};

}  // namespace foramen::engine
