#pragma once

// What can be said of a field of an input struct: dimension, range, help, source. See engine/core/describe.hpp.

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace foramen::engine {

enum class Dimension {
    none,        ///< plain number
    fraction,    ///< 0.1 or "10 %"
    length,      ///< [mm]
    force,       ///< [N]
    mass,        ///< [kg]; the only quantity of the input that is not in the internal unit (t)
    time,        ///< [s]
    age,         ///< [yr]
    angle,       ///< [rad]
    force_rate,  ///< [N/s]
    pressure,    ///< [MPa]
    stiffness,   ///< [N/mm]
    frequency,   ///< [1/s]
    moment,      ///< [N mm]
    permeability,  ///< hydraulic [mm4/(N s)]
};

/// Closed interval of allowed values, in internal units.
struct Range {
    double min = -std::numeric_limits<double>::infinity();
    double max = std::numeric_limits<double>::infinity();
    [[nodiscard]] bool contains(double value) const { return value >= min && value <= max; }
};

/// What a reader of the manual wants to know about a field. The texts are literals.
struct Notes {
    std::string_view help;          ///< one sentence
    std::string_view source = {};   ///< of the default; starts with "assumption" where nobody measured it
    std::string_view absent = {};   ///< what holds when an optional field is left out
    std::string_view example = {};  ///< shown in messages and templates
    std::string_view prefix = {};   ///< word before the number: every 10 s
    std::string_view library = {};  ///< folder of scenarios/library from which the section may be taken by name
    bool required = false;
    bool applies = true;               ///< false: not used with the choices made so far; giving it is an error
    std::string_view applies_to = {};  ///< the choices it is used with, for the manual
};

struct QuantityField {
    std::string_view name;
    Dimension dimension;
    Range range;
    Notes notes;
    bool optional = false;
};

/// A number given either in one dimension or in another: a ramp as rate or as time.
struct Measure {
    double value;
    Dimension dimension;
    bool operator==(const Measure&) const = default;
};

struct MeasureField {
    std::string_view name;
    QuantityField first, second;  ///< names unused
    Notes notes;
};

struct WholeField {
    std::string_view name;
    int min, max;
    std::string_view unit;  ///< "" or a word after the number: 16 bit
    Notes notes;
    bool optional = false;
};

struct WordField {
    std::string_view name;
    std::span<const std::string_view> words;
    std::span<const std::string_view> aliases;  ///< empty, or one per word
    Notes notes;
};

/// Points of a measured curve, both columns of the same length.
struct MeasuredCurve {
    std::vector<double> x, y;
    bool operator==(const MeasuredCurve&) const = default;
};

struct CurveField {
    std::string_view name;
    Dimension x, y;
    Notes notes;
};

/// The unit in which values of a dimension are shown, and its size in internal units.
struct DisplayUnit {
    std::string_view name;  ///< "" for plain numbers
    double size;
};
[[nodiscard]] DisplayUnit display_unit(Dimension dimension);
/// "force", "time" ... for messages: expected a force.
[[nodiscard]] std::string_view dimension_name(Dimension dimension);
/// A value for people, six digits at most: "308.909 N", "18 deg".
[[nodiscard]] std::string display(double value, Dimension dimension);

}  // namespace foramen::engine
