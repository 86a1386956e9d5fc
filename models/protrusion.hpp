#pragma once

#include <Eigen/Core>

#include "models/disc_mesh.hpp"

namespace foramen::models {

/// Shape of a protrusion over the disc, 0 .. 1: b(angle) c(level) with
///     b = cos^2(pi/2 (angle - middle)/w),  |angle - middle| < w = 40 deg;   c = (4 s (1 - s))^2,  s: 0 .. 1 from plate to plate.
/// Base 80 deg (focal: less than 90 deg), half of the protrusion over 40 deg. PROPOSED.
[[nodiscard]] double protrusion_shape(const Protrusion& protrusion, double angle, double level);

/// Displacement of a point of the healthy, stress-free disc onto that of the herniated one, in the frame of the shape [mm]: outwards,
/// from nothing at the edge of the nucleus' core to the whole at the outer surface.
/// @param radius  relative, 0 .. 1
[[nodiscard]] Eigen::Vector3d protruded(const DiscShape& shape, double radius, double angle, double level, double core);

}  // namespace foramen::models
