#include "engine/elements/facet_contact.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace foramen::engine {

namespace {

ContactPressure at(const ExponentialOverclosure& law, double h) {
    const double x = 1.0 + h / law.clearance;
    if (x <= 0.0) return {0.0, 0.0};
    constexpr double last = 4.0;  // h = 3 c0
    const double scale = law.pressure_at_contact / (std::numbers::e - 1.0);
    const double y = std::min(x, last);
    const double slope = scale * (std::expm1(y) + y * std::exp(y)) / law.clearance;
    return {scale * y * std::expm1(y) + slope * (x - y) * law.clearance, slope};
}

ContactPressure at(const LinearOverclosure& law, double h) {
    return h > 0.0 ? ContactPressure{law.stiffness * h, law.stiffness} : ContactPressure{0.0, 0.0};
}

}  // namespace

ContactPressure contact_pressure(const OverclosureLaw& law, double overclosure) {
    return std::visit([overclosure](const auto& l) { return at(l, overclosure); }, law);
}

double FacetContact::gap(std::span<const Pose> poses, std::size_t point) const {
    const Eigen::Vector3d d = seen_from(poses, {point_body, points[point]}, surface_body) - origin;
    const double t = d.dot(across);
    return d.dot(normal) - 0.5 * curvature * t * t;
}

void FacetContact::add_to(BodySystem& system, std::span<const Pose> poses) const {
    for (std::size_t k = 0; k < points.size(); ++k) {
        const ContactPressure c = contact_pressure(law, -gap(poses, k));
        if (c.pressure == 0.0) continue;
        const BodyPoint point{point_body, points[k]};
        const double t = (seen_from(poses, point, surface_body) - origin).dot(across);
        const Eigen::Vector3d gradient = normal - curvature * t * across;
        const Eigen::Vector3d first = -c.pressure * areas[k] * gradient;
        const Eigen::Matrix3d second =
            areas[k] * (c.slope * gradient * gradient.transpose() + c.pressure * curvature * across * across.transpose());
        add_frame_energy(system, poses, point, surface_body, first, second);
    }
}

FacetState facet_state(const FacetContact& facet, std::span<const Pose> poses) {
    FacetState state{0.0, 0.0, std::numeric_limits<double>::infinity(), 0.0};
    for (std::size_t k = 0; k < facet.points.size(); ++k) {
        const double gap = facet.gap(poses, k);
        const ContactPressure c = contact_pressure(facet.law, -gap);
        state.gap = std::min(state.gap, std::max(gap, 0.0));
        state.force += c.pressure * facet.areas[k];
        if (c.pressure > 0.0) state.loaded_area += facet.areas[k];
    }
    if (state.loaded_area > 0.0) state.pressure = state.force / state.loaded_area;
    return state;
}

}  // namespace foramen::engine
