#include "models/protrusion.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace foramen::models {

namespace {
constexpr double half_base = 40.0 * std::numbers::pi / 180.0;
}

double protrusion_shape(const Protrusion& protrusion, double angle, double level) {
    const double off = std::remainder(angle - protrusion.angle, 2.0 * std::numbers::pi);
    if (std::abs(off) >= half_base) return 0.0;
    const double around = std::cos(0.5 * std::numbers::pi * off / half_base), up = 4.0 * level * (1.0 - level);
    return around * around * up * up;
}

Eigen::Vector3d protruded(const DiscShape& s, double radius, double angle, double level, double core) {
    if (!s.protrusion) return Eigen::Vector3d::Zero();
    const double share = std::max(0.0, (radius - core) / (1.0 - core)) * protrusion_shape(*s.protrusion, angle, level);
    return s.protrusion->size * share * (s.lower_plate.rotation * Eigen::Vector3d(std::cos(angle), std::sin(angle), 0.0));
}

}  // namespace foramen::models
