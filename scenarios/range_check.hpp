#pragma once

#include <functional>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace foramen::scenarios {

/// Something wrong (or, as a warning, doubtful) with a scenario.
struct Problem {
    bool warning = false;
    std::string path;                        ///< field: session[2].traction.hold.force
    std::string reason;                      ///< one sentence without full stop
    std::string hint;                        ///< what to do
    std::vector<std::string> involves = {};  ///< other fields the finding rests on
};

/// Every value outside its described range.
[[nodiscard]] std::vector<Problem> out_of_range(const Scenario& scenario);
/// The same for anything that is described.
[[nodiscard]] std::vector<Problem> out_of_range(const std::function<void(engine::FieldVisitor&)>& describe);

}  // namespace foramen::scenarios
