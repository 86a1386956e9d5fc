#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/scenario.hpp"

namespace foramen::scenarios {

/// What a study may put into a field: a number in internal units, a whole number, or a word by its index.
struct FieldKind {
    engine::Dimension dimension = engine::Dimension::none;
    engine::Range range{};
    bool whole = false;
    std::span<const std::string_view> words{};  ///< empty: a number
};

/// The field of a path such as patient.stature or session[2].traction.hold.force, as far as this scenario uses it; empty: it does not.
[[nodiscard]] std::optional<FieldKind> find_field(const Scenario& scenario, const std::string& path);

/// Every path that a study may vary in this scenario.
[[nodiscard]] std::vector<std::string> field_paths(const Scenario& scenario);

/// Puts a value (of a word: its index) into the field. @throws ContractViolation where find_field is empty
void set_field(Scenario& scenario, const std::string& path, double value);

/// The value for people: "1680 mm", "male".
[[nodiscard]] std::string display_value(const FieldKind& kind, double value);

}  // namespace foramen::scenarios
