#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/core/describe.hpp"

namespace foramen::io {

/// A number with its unit, read; either a value in internal units or why not.
struct ParsedQuantity {
    std::optional<double> value;
    std::string reason;  ///< 'expected a force such as "300 N", got "300"'
    std::string hint;
};

/// Reads "300 N", "45 %BW", "1.5 min".
/// @param body_weight  what 100 %BW is [N]; empty where %BW has no meaning
[[nodiscard]] ParsedQuantity parse_quantity(std::string_view text, engine::Dimension dimension,
                                            std::optional<double> body_weight = {});

/// Reads a whole number without unit, or with one given word: "16 bit".
[[nodiscard]] ParsedQuantity parse_whole(std::string_view text, std::string_view unit);

/// Reads the unit in a table's header, "time [min]"; empty if the dimension has no such unit.
[[nodiscard]] std::optional<double> unit_size(std::string_view unit, engine::Dimension dimension);

/// A value so that parse_quantity gives the same bits back: "25 min", "18 deg".
[[nodiscard]] std::string format_quantity(double value, engine::Dimension dimension);

/// "N, kN, kgf, lbf, %BW"
[[nodiscard]] std::string accepted_units(engine::Dimension dimension);

/// Regular expression (ECMA) of what parse_quantity accepts, for editors.
[[nodiscard]] std::string quantity_pattern(engine::Dimension dimension);

}  // namespace foramen::io
