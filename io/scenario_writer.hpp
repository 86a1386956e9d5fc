#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/scenario_reader.hpp"
#include "scenarios/scenario.hpp"

namespace foramen::io {

/// The scenario as YAML with every value that counts; reads back to the same scenario.
[[nodiscard]] std::string scenario_text(const scenarios::Scenario& scenario);

/// The same with a comment on each value: where it was given, or that it is the default and what stands behind it.
[[nodiscard]] std::string resolved_text(const LoadedScenario& loaded);

/// Kinds of template: the traction modes, and a test in the laboratory.
[[nodiscard]] std::vector<std::string> template_kinds();

/// A scenario to start from, each field with its meaning and range. @param kind  one of template_kinds()
[[nodiscard]] std::string template_text(std::string_view kind);

}  // namespace foramen::io
