#pragma once

#include <string>

namespace foramen::io {

/// JSON Schema (draft-07) of a scenario file, for completion and red lines in editors.
[[nodiscard]] std::string scenario_schema();

/// Every field with unit, range, default, meaning and source, as the manual page docs/scenario.md. @param section  only
/// the part whose path begins so; empty: all
[[nodiscard]] std::string scenario_reference(const std::string& section = "");

}  // namespace foramen::io
