#pragma once

#include "models/spine_model.hpp"

namespace foramen::models {

/// Tangent stiffness of a specimen's upper vertebra in its present state: forces and moments for small moves (dx, w) of its centre
/// along and about the machine's axes, one at a time with the other five held; vertebrae between move as they like.
/// The strain derivative of the permeability is left out, as in the solver's tangent.
/// @param time  for which the load lies on: short against consolidation means undrained [s]
[[nodiscard]] engine::Matrix6 specimen_stiffness(SpineModel& model, double time);

}  // namespace foramen::models
