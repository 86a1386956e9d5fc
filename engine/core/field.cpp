#include "engine/core/field.hpp"

#include <array>
#include <charconv>

#include "engine/core/units.hpp"

namespace foramen::engine {

namespace {
struct DimensionRow {
    std::string_view name;
    DisplayUnit unit;
};

constexpr std::array<DimensionRow, 14> dimensions{{
    {"plain number", {"", 1.0}},
    {"fraction", {"%", 0.01}},
    {"length", {"mm", 1.0}},
    {"force", {"N", 1.0}},
    {"mass", {"kg", 1.0}},
    {"time", {"s", 1.0}},
    {"age", {"yr", 1.0}},
    {"angle", {"deg", degree}},
    {"force rate", {"N/s", 1.0}},
    {"pressure", {"MPa", 1.0}},
    {"stiffness", {"N/mm", 1.0}},
    {"frequency", {"Hz", 1.0}},
    {"moment", {"Nm", 1e3}},
    {"permeability", {"mm4/Ns", 1.0}},
}};
}  // namespace

DisplayUnit display_unit(Dimension dimension) { return dimensions[static_cast<std::size_t>(dimension)].unit; }

std::string_view dimension_name(Dimension dimension) { return dimensions[static_cast<std::size_t>(dimension)].name; }

std::string display(double value, Dimension dimension) {
    const DisplayUnit unit = display_unit(dimension);
    std::array<char, 32> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value / unit.size, std::chars_format::general, 6);
    std::string text(digits.data(), end.ptr);
    if (!unit.name.empty()) text.append(" ").append(unit.name);
    return text;
}

}  // namespace foramen::engine
