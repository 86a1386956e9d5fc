#pragma once

#include "models/spine_model.hpp"

namespace foramen::models {

/// How far the outer surface of a herniated disc stands beyond the straight line between the rims, at its farthest in the torn sector,
/// outwards along the sector's middle [mm]; 0 for a disc without herniation.
[[nodiscard]] double protrusion(const SpineModel& model, int d);

}  // namespace foramen::models
