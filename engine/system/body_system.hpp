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
    explicit BodySystem(int bodies, int amplitudes = 0)
        : gradient(Eigen::VectorXd::Zero(6 * bodies + amplitudes)), hessian(Eigen::MatrixXd::Zero(6 * bodies + amplitudes, 6 * bodies + amplitudes)) {}

    void set_zero() {
        gradient.setZero();
        hessian.setZero();
    }

    /// Energy gradient f at a point with arm r (from the body's origin, fixed frame): adds f and r x f.
    void add_gradient(int body, const Eigen::Vector3d& r, const Eigen::Vector3d& f) {
        if (body == ground) return;
        gradient.segment<3>(6 * body) += f;
        gradient.segment<3>(6 * body + 3) += r.cross(f);
    }
    /// The part of the Hessian that stems from the arm's rotation under f.
    void add_arm_curvature(int body, const Eigen::Vector3d& r, const Eigen::Vector3d& f) {
        if (body == ground) return;
        hessian.block<3, 3>(6 * body + 3, 6 * body + 3) += rotation_curvature(r, f);
    }
    /// A second derivative k between the positions of two points.
    void add_stiffness(int body_a, const Eigen::Vector3d& r_a, int body_b, const Eigen::Vector3d& r_b, const Eigen::Matrix3d& k) {
        if (body_a == ground || body_b == ground) return;
        const Eigen::Matrix3d Ra = skew(r_a), Rb = skew(r_b);  // d(x)/d(dx, w) = [I, -skew(r)]
        auto block = hessian.block<6, 6>(6 * body_a, 6 * body_b);
        block.topLeftCorner<3, 3>() += k;
        block.topRightCorner<3, 3>() -= k * Rb;
        block.bottomLeftCorner<3, 3>() += Ra * k;
        block.bottomRightCorner<3, 3>() -= Ra * k * Rb;
    }

    Eigen::VectorXd gradient;  ///< [N, N mm]; of an amplitude [N]
    Eigen::MatrixXd hessian;
};

}  // namespace foramen::engine
