#pragma once

#include <string>
#include <vector>

#include "scenarios/range_check.hpp"
#include "scenarios/scenario.hpp"

namespace foramen::scenarios {

/// Everything that is wrong or doubtful with a scenario as a value: ranges, and rules between fields. A scenario without an
/// error among these can be run by this release. Whatever reads scenarios reports these with lines; it adds no rule.
[[nodiscard]] std::vector<Problem> problems(const Scenario& scenario);

}  // namespace foramen::scenarios
