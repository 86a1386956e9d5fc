#pragma once

#include "engine/system/pose.hpp"

namespace foramen::models {

/// Pose b given in the frame of a, in the frame that a is given in.
[[nodiscard]] inline engine::Pose chained(const engine::Pose& a, const engine::Pose& b) { return {a.rotation * b.rotation, a.point(b.origin)}; }
/// The pose that undoes a.
[[nodiscard]] inline engine::Pose inverted(const engine::Pose& a) { return {a.rotation.transpose(), -(a.rotation.transpose() * a.origin)}; }

}  // namespace foramen::models
