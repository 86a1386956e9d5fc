#include "engine/system/body_system.hpp"

namespace foramen::engine {

BodySystem::BodySystem(int bodies, int amplitudes, bool second)
    : gradient(Eigen::VectorXd::Zero(6 * bodies + amplitudes)), second_(second) {
    if (second) hessian = Eigen::MatrixXd::Zero(gradient.size(), gradient.size());
}

void BodySystem::set_zero() {
    gradient.setZero();
    hessian.setZero();
}

void BodySystem::add_gradient(int body, const Eigen::Vector3d& r, const Eigen::Vector3d& f) {
    if (body == ground) return;
    gradient.segment<3>(6 * body) += f;
    gradient.segment<3>(6 * body + 3) += r.cross(f);
}

void BodySystem::add_arm_curvature(int body, const Eigen::Vector3d& r, const Eigen::Vector3d& f) {
    if (body == ground || !second_) return;
    hessian.block<3, 3>(6 * body + 3, 6 * body + 3) += rotation_curvature(r, f);
}

void BodySystem::add_stiffness(int body_a, const Eigen::Vector3d& r_a, int body_b, const Eigen::Vector3d& r_b, const Eigen::Matrix3d& k) {
    if (body_a == ground || body_b == ground || !second_) return;
    const Eigen::Matrix3d Ra = skew(r_a), Rb = skew(r_b);  // d(x)/d(dx, w) = [I, -skew(r)]
    auto block = hessian.block<6, 6>(6 * body_a, 6 * body_b);
    block.topLeftCorner<3, 3>() += k;
    block.topRightCorner<3, 3>() -= k * Rb;
    block.bottomLeftCorner<3, 3>() += Ra * k;
    block.bottomRightCorner<3, 3>() -= Ra * k * Rb;
}

}  // namespace foramen::engine
