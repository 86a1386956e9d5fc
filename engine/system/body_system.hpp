#pragma once

#include <Eigen/Dense>
#include <span>

#include "engine/system/pose.hpp"

namespace foramen::engine {

inline constexpr int ground = -1;  ///< body index of the fixed frame

/// Gradient and Hessian of the forces between bodies with respect to the six moves (dx, w) of each, in the fixed frame; behind them
/// the amplitudes of flexible bodies.
/// Sign: gradient of the stored energy, so that an external force enters with a minus and equilibrium is gradient = 0.
class BodySystem {
public:
    /// @param second  false: the Hessian is not asked for, and has no entries
    explicit BodySystem(int bodies, int amplitudes = 0, bool second = true);

    void set_zero();
    /// Energy gradient f at a point with arm r (from the body's origin, fixed frame): adds f and r x f.
    void add_gradient(int body, const Eigen::Vector3d& r, const Eigen::Vector3d& f);
    /// The part of the Hessian that stems from the arm's rotation under f.
    void add_arm_curvature(int body, const Eigen::Vector3d& r, const Eigen::Vector3d& f);
    /// A second derivative k between the positions of two points.
    void add_stiffness(int body_a, const Eigen::Vector3d& r_a, int body_b, const Eigen::Vector3d& r_b, const Eigen::Matrix3d& k);

    [[nodiscard]] bool wants_hessian() const { return second_; }

    Eigen::VectorXd gradient;  ///< [N, N mm]; of an amplitude [N]
    Eigen::MatrixXd hessian;

private:
    bool second_;
};

}  // namespace foramen::engine
