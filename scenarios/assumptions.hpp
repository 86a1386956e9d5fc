#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace foramen::scenarios {

/// What a result that used this scenario must say about itself, one sentence each: overridden contraindications, and every
/// value in use for which no measurement stands behind the default.
[[nodiscard]] std::vector<std::string> assumptions(const Scenario& scenario);

}  // namespace foramen::scenarios
