#pragma once

#include "models/spine_model.hpp"

namespace foramen::models {

/// A second spine of the same elements in the same state, for reading beside a computation: its discs refer to the curves of `model`,
/// which must outlive it, and have no factors.
[[nodiscard]] SpineModel twin_of(const SpineModel& model);

/// Takes over what a session changes: poses, unknowns, forces on the bodies, slip, and the muscles' past.
void copy_state(const SpineModel& from, SpineModel& twin);

}  // namespace foramen::models
