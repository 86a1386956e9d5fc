#pragma once

#include <Eigen/Dense>
#include <span>
#include <variant>
#include <vector>

#include "engine/elements/frame_interaction.hpp"

namespace foramen::engine {

/// Softened contact, exponential in the overclosure h = -gap:
///     p = p0/(e - 1) (1 + h/c0) (exp(1 + h/c0) - 1) for h > -c0, else 0; continued along its slope above h = 3 c0
/// Source: the "exponential" pressure-overclosure law of finite-element programs (Abaqus Analysis User's Guide, contact).
struct ExponentialOverclosure {
    double pressure_at_contact;  ///< p0 at h = 0 [MPa]
    double clearance;            ///< c0, where the pressure starts [mm]
};
/// p = k h for h > 0
struct LinearOverclosure {
    double stiffness;  ///< [MPa/mm]
};
using OverclosureLaw = std::variant<ExponentialOverclosure, LinearOverclosure>;

struct ContactPressure {
    double pressure;  ///< [MPa], >= 0
    double slope;     ///< dp/dh [MPa/mm], >= 0
};
[[nodiscard]] ContactPressure contact_pressure(const OverclosureLaw& law, double overclosure);

/// Frictionless contact of two articular surfaces: points with areas on one body against a cylindrical surface of the other,
///     gap(y) = (y - o) . n - kappa/2 ((y - o) . t)^2
/// in the frame of the body that carries the surface; n points from the surface towards the points.
struct FacetContact {
    int point_body;                          ///< carries the points (superior facet of the lower vertebra)
    std::vector<Eigen::Vector3d> points;     ///< in its frame [mm]
    std::vector<double> areas;               ///< [mm2]
    int surface_body;                        ///< carries the surface (inferior facet of the upper vertebra)
    Eigen::Vector3d origin, normal, across;  ///< o, n, t: point and unit vectors in its frame
    double curvature = 0.0;                  ///< kappa along t [1/mm]
    OverclosureLaw law;

    [[nodiscard]] double gap(std::span<const Pose> poses, std::size_t point) const;
    void add_to(BodySystem& system, std::span<const Pose> poses) const;
};

struct FacetState {
    double force;     ///< sum of pressure x area [N]
    double pressure;  ///< mean over the loaded area [MPa]
    double gap;       ///< smallest over the points, not below 0 [mm]
    double loaded_area;  ///< [mm2]
};
[[nodiscard]] FacetState facet_state(const FacetContact& facet, std::span<const Pose> poses);

}  // namespace foramen::engine
