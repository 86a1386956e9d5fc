#pragma once

#include <string>
#include <vector>

#include "scenarios/range_check.hpp"
#include "scenarios/scenario.hpp"

namespace foramen::scenarios {

/// Largest force that a traction commands [N]; 0 where the fields that decide it are missing.
[[nodiscard]] double peak_force(const Traction& traction);

/// Rules between the fields of one traction, and against the device.
/// @param path  of the traction: session[2].traction
[[nodiscard]] std::vector<Problem> traction_problems(const std::string& path, const Traction& traction, const Device& device);

}  // namespace foramen::scenarios
