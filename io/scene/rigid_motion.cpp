#include "io/scene/rigid_motion.hpp"

#include <algorithm>

namespace foramen::io {

RigidMotion rigid_motion(const std::vector<Eigen::Vector3d>& from, const std::vector<Eigen::Vector3d>& to) {
    RigidMotion found;
    const auto n = static_cast<Eigen::Index>(std::min(from.size(), to.size()));
    if (n < 3) return found;
    Eigen::Matrix3Xd a(3, n), b(3, n);
    for (Eigen::Index i = 0; i < n; ++i) {
        a.col(i) = from[static_cast<std::size_t>(i)];
        b.col(i) = to[static_cast<std::size_t>(i)];
    }
    found.motion.matrix() = Eigen::umeyama(a, b, false);
    found.residual = ((found.motion * a) - b).colwise().norm().maxCoeff();
    return found;
}

}  // namespace foramen::io
