#pragma once

#include "engine/reduced/element_sampling.hpp"
#include "models/spine_model.hpp"

namespace foramen::models {

/// A second spine of the same elements in the same state, for reading beside a computation: its discs refer to the curves of `model`,
/// which must outlive it, and have no factors.
[[nodiscard]] SpineModel twin_of(const SpineModel& model);

/// The same with the sampled elements alone in its discs, for a reduced model; its disc meshes are those of all elements.
[[nodiscard]] SpineModel sampled_twin_of(const SpineModel& model, const engine::ElementSample& sample);

/// Takes over what a session changes in all but the discs: poses, forces on the bodies, slip, and the muscles' past.
void copy_bodies(const SpineModel& from, SpineModel& twin);

/// Takes over what a session changes: poses, unknowns, forces on the bodies, slip, and the muscles' past.
void copy_state(const SpineModel& from, SpineModel& twin);

}  // namespace foramen::models
