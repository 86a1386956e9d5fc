#include "io/quantity.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "engine/core/units.hpp"
#include "io/spelling.hpp"

namespace foramen::io {

namespace {
using engine::Dimension;

struct Unit {
    std::string_view name;
    Dimension dimension;
    double size;  ///< in internal units
};

constexpr double pound_force = 4.4482216152605;  // N
constexpr double mercury = 133.322387415e-6;     // MPa per mm of mercury
constexpr std::string_view body_weight_unit = "%BW";

/// In the order in which messages list them; the first of a dimension is shown where it gives the same bits back.
constexpr std::array units{
    Unit{"N", Dimension::force, 1.0},
    Unit{"kN", Dimension::force, 1e3},
    Unit{"kgf", Dimension::force, standard_gravity},
    Unit{"lbf", Dimension::force, pound_force},
    Unit{"s", Dimension::time, 1.0},
    Unit{"ms", Dimension::time, 1e-3},
    Unit{"min", Dimension::time, 60.0},
    Unit{"h", Dimension::time, 3600.0},
    Unit{"mm", Dimension::length, 1.0},
    Unit{"cm", Dimension::length, 10.0},
    Unit{"m", Dimension::length, 1000.0},
    Unit{"deg", Dimension::angle, degree},
    Unit{"rad", Dimension::angle, 1.0},
    Unit{"kg", Dimension::mass, 1.0},
    Unit{"lb", Dimension::mass, 0.45359237},
    Unit{"MPa", Dimension::pressure, 1.0},
    Unit{"kPa", Dimension::pressure, 1e-3},
    Unit{"mmHg", Dimension::pressure, mercury},
    Unit{"%", Dimension::fraction, 0.01},
    Unit{"yr", Dimension::age, 1.0},
    Unit{"N/s", Dimension::force_rate, 1.0},
    Unit{"N/min", Dimension::force_rate, 1.0 / 60.0},
    Unit{"kgf/s", Dimension::force_rate, standard_gravity},
    Unit{"lbf/s", Dimension::force_rate, pound_force},
    Unit{"N/mm", Dimension::stiffness, 1.0},
    Unit{"N/cm", Dimension::stiffness, 0.1},
    Unit{"kN/m", Dimension::stiffness, 1.0},
    Unit{"Hz", Dimension::frequency, 1.0},
    Unit{"1/min", Dimension::frequency, 1.0 / 60.0},
    Unit{"Nm", Dimension::moment, 1e3},
    Unit{"Nmm", Dimension::moment, 1.0},
    Unit{"mm4/Ns", Dimension::permeability, 1.0},
    Unit{"m4/Ns", Dimension::permeability, 1e12},
};

constexpr std::array<std::string_view, 14> examples{"0.5",   "10 %",   "4 mm",   "300 N",   "70 kg",   "30 s",
                                                    "46 yr", "18 deg", "15 N/s", "0.1 MPa", "20 N/mm", "0.1 Hz", "7.5 Nm", "1e-3 mm4/Ns"};

bool may_be_bare(Dimension d) { return d == Dimension::none || d == Dimension::fraction; }

std::string expected(Dimension d) {
    const std::string_view name = engine::dimension_name(d);
    const bool vowel = std::string_view("aeiou").find(name.front()) != std::string_view::npos;
    return fmt::format("expected {} {} such as \"{}\"", vowel ? "an" : "a", name, examples[static_cast<std::size_t>(d)]);
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

ParsedQuantity refuse(Dimension d, std::string_view text, std::string hint) {
    return {{}, fmt::format("{}, got \"{}\"", expected(d), text), std::move(hint)};
}

struct Number {
    std::optional<double> value;
    std::string_view rest;
    std::string hint;  ///< why there is no value
};

/// The number at the start of a text. Refused: not finite, octal-looking, decimal comma, digit separators.
Number leading_number(std::string_view text) {
    const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
    if (digits.starts_with('+') || digits.starts_with('.')) return {{}, {}, "begin with a digit"};
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range) return {{}, {}, "the number is too large or too small"};
    if (error != std::errc{}) return {{}, {}, ""};
    if (!std::isfinite(value)) return {{}, {}, "the number is not finite"};
    if (digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9') return {{}, {}, "remove the leading zero"};
    const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (rest.starts_with(',')) return {{}, {}, "the decimal sign is a point"};
    if (rest.starts_with('_') || rest.starts_with('\'')) return {{}, {}, "write digits without separators"};
    return {value, rest, {}};
}

std::string shortest(double value) { return fmt::format("{}", value); }

/// Digits of value/size that give value back when multiplied, or nothing.
std::optional<std::string> exact_digits(double value, double size) {
    for (const int precision : {6, 12, 15, 17}) {
        const std::string text = fmt::format("{:.{}g}", value / size, precision);
        double back = 0.0;
        std::from_chars(text.data(), text.data() + text.size(), back);
        if (back * size == value) return text;
    }
    return {};
}
}  // namespace

std::optional<double> unit_size(std::string_view unit, Dimension dimension) {
    for (const Unit& u : units) {
        if (u.dimension == dimension && u.name == unit) return u.size;
    }
    if (unit.empty() && may_be_bare(dimension)) return 1.0;
    return {};
}

std::string accepted_units(Dimension dimension) {
    std::string list;
    for (const Unit& u : units) {
        if (u.dimension != dimension) continue;
        if (!list.empty()) list += ", ";
        list += u.name;
    }
    if (dimension == Dimension::force) list += ", %BW";
    if (dimension == Dimension::fraction) list += ", or a number between 0 and 1";
    return list.empty() ? "none" : list;
}

ParsedQuantity parse_quantity(std::string_view text, Dimension dimension, std::optional<double> body_weight) {
    const std::string_view whole = trimmed(text);
    const Number number = leading_number(whole);
    const std::string accepted =
        dimension == Dimension::none ? "write a number without unit" : "accepted units: " + accepted_units(dimension);
    if (!number.value) return refuse(dimension, whole, number.hint.empty() ? accepted : number.hint);
    const std::string_view unit = trimmed(number.rest);
    if (unit == body_weight_unit && dimension == Dimension::force && body_weight)
        return {*number.value * 0.01 * *body_weight, {}, {}};
    if (const auto size = unit_size(unit, dimension)) return {*number.value * *size, {}, {}};
    if (unit.empty()) return refuse(dimension, whole, "a bare number has no unit; " + accepted);
    for (const Unit& u : units) {
        if (u.dimension == dimension && same_but_case(unit, u.name))
            return refuse(dimension, whole, fmt::format("did you mean \"{}\"?", u.name));
    }
    return refuse(dimension, whole, accepted);
}

ParsedQuantity parse_whole(std::string_view text, std::string_view unit) {
    const std::string_view whole = trimmed(text);
    const std::string example = unit.empty() ? "3" : fmt::format("16 {}", unit);
    const auto refuse_whole = [&](const std::string& hint) {
        return ParsedQuantity{{}, fmt::format("expected a whole number such as \"{}\", got \"{}\"", example, whole), hint};
    };
    const Number number = leading_number(whole);
    if (!number.value) return refuse_whole(number.hint);
    if (*number.value != std::floor(*number.value) || std::abs(*number.value) > 1e9) return refuse_whole("");
    if (trimmed(number.rest) != unit) return refuse_whole(unit.empty() ? "it has no unit" : fmt::format("its unit is {}", unit));
    return {*number.value, {}, {}};
}

std::string format_quantity(double value, Dimension dimension) {
    if (dimension == Dimension::time && value >= 120.0 && std::fmod(value, 60.0) == 0.0)
        return fmt::format("{} min", value / 60.0);
    const engine::DisplayUnit shown = engine::display_unit(dimension);
    if (shown.name.empty()) return shortest(value);
    if (const auto digits = exact_digits(value, shown.size)) return fmt::format("{} {}", *digits, shown.name);
    if (dimension == Dimension::moment) return shortest(value) + " Nmm";
    return dimension == Dimension::angle ? shortest(value) + " rad" : shortest(value);
}

std::string quantity_pattern(Dimension dimension) {
    std::string names;
    for (const Unit& u : units) {
        if (u.dimension != dimension) continue;
        if (!names.empty()) names += "|";
        names += u.name;
    }
    if (dimension == Dimension::force) names += "|%BW";
    const std::string number = "-?(0|[1-9][0-9]*)(\\.[0-9]*)?([eE][+-]?[0-9]+)?";
    return may_be_bare(dimension) ? fmt::format("^{} *({})?$", number, names) : fmt::format("^{} *({})$", number, names);
}

}  // namespace foramen::io
