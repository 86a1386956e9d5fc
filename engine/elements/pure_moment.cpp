#include "engine/elements/pure_moment.hpp"

namespace foramen::engine {

void PureMoment::add_to(BodySystem& system, std::span<const Pose> poses) const {
    const Eigen::Vector3d m = now(poses);
    system.gradient.segment<3>(6 * body + 3) -= m;
    if (system.wants_hessian()) system.hessian.block<3, 3>(6 * body + 3, 6 * body + 3) += (follows ? 0.5 : -0.5) * skew(m);
}

}  // namespace foramen::engine
