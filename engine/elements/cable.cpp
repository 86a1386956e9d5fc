#include "engine/elements/cable.hpp"

namespace foramen::engine {

double Cable::length(std::span<const Pose> poses) const {
    double length = 0.0;
    for (std::size_t k = 0; k + 1 < path.size(); ++k) length += (path[k + 1].position(poses) - path[k].position(poses)).norm();
    return length;
}

void Cable::add_to(BodySystem& system, std::span<const Pose> poses) const {
    const std::size_t n = path.size();
    std::vector<Eigen::Vector3d> x(n), r(n), dL(n, Eigen::Vector3d::Zero());
    for (std::size_t k = 0; k < n; ++k) {
        x[k] = path[k].position(poses);
        r[k] = path[k].arm(poses);
    }
    double total = 0.0;
    for (std::size_t k = 0; k + 1 < n; ++k) total += (x[k + 1] - x[k]).norm();
    const Tension t = tension(law, total);
    if (t.force == 0.0 && t.stiffness == 0.0) return;

    for (std::size_t k = 0; k + 1 < n; ++k) {
        const Eigen::Vector3d d = x[k + 1] - x[k];
        const double span = d.norm();
        const Eigen::Vector3d direction = d / span;
        dL[k] -= direction;
        dL[k + 1] += direction;
        if (!system.wants_hessian()) continue;
        const Eigen::Matrix3d across = t.force / span * (Eigen::Matrix3d::Identity() - direction * direction.transpose());
        const int a = path[k].body, b = path[k + 1].body;
        system.add_stiffness(a, r[k], a, r[k], across);
        system.add_stiffness(b, r[k + 1], b, r[k + 1], across);
        system.add_stiffness(a, r[k], b, r[k + 1], -across);
        system.add_stiffness(b, r[k + 1], a, r[k], -across);
    }
    for (std::size_t k = 0; k < n; ++k) {
        system.add_gradient(path[k].body, r[k], t.force * dL[k]);
        if (!system.wants_hessian()) continue;
        system.add_arm_curvature(path[k].body, r[k], t.force * dL[k]);
        for (std::size_t m = 0; m < n; ++m)
            system.add_stiffness(path[k].body, r[k], path[m].body, r[m], t.stiffness * dL[k] * dL[m].transpose());
    }
}

void PointForce::add_to(BodySystem& system, std::span<const Pose> poses) const {
    const Eigen::Vector3d r = point.arm(poses);
    system.add_gradient(point.body, r, -force);
    system.add_arm_curvature(point.body, r, -force);
}

}  // namespace foramen::engine
