#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/describe.hpp"

namespace foramen::scenarios {

enum class TractionMode { intermittent, static_pull, progressive, sinusoidal, manual, measured };
inline constexpr std::array<std::string_view, 6> traction_mode_words{"intermittent", "static", "progressive",
                                                                     "sinusoidal",   "manual", "measured"};
enum class RampShape { linear, smooth, logarithmic };
inline constexpr std::array<std::string_view, 3> ramp_shape_words{"linear", "smooth", "logarithmic"};

struct Hold {
    std::optional<double> force;  ///< [N]; every mode that holds needs it
    double time = 60.0;           ///< at full force, ramps not counted [s]
    bool operator==(const Hold&) const = default;
};

struct Low {
    double force = 0.0;  ///< between holds [N]
    double time = 20.0;  ///< [s]
    bool operator==(const Low&) const = default;
};

struct Ramp {
    engine::Measure up{15.0, engine::Dimension::force_rate};    ///< [N/s] or [s]
    engine::Measure down{20.0, engine::Dimension::force_rate};  ///< [N/s] or [s]
    RampShape shape = RampShape::linear;
    bool operator==(const Ramp&) const = default;
};

struct Steps {
    int up = 4;          ///< equal steps from rest.force to hold.force
    int down = 4;        ///< equal steps back
    double time = 60.0;  ///< on each intermediate step [s]
    bool operator==(const Steps&) const = default;
};

struct Wave {
    std::optional<double> mean;       ///< [N]
    std::optional<double> amplitude;  ///< [N]
    double frequency = 0.1;           ///< [1/s]
    bool operator==(const Wave&) const = default;
};

struct Irregularity {
    int seed = 1;
    double force = 0.15;  ///< of the hold force, half range [-]
    double time = 0.20;   ///< of hold and rest times, half range [-]
    bool operator==(const Irregularity&) const = default;
};

struct Measured {
    std::string file;      ///< CSV; only named where the points are given
    engine::MeasuredCurve points;  ///< time from the activity's start [s], force [N]
    bool operator==(const Measured&) const = default;
};

/// A pull, in the words of the front panel of a traction device. Which fields count depends on the mode.
struct Traction {
    TractionMode mode = TractionMode::intermittent;
    Hold hold;
    Low rest;
    Ramp ramp;
    double pretension = 15.0;        ///< [N]
    double angle = 0.0;              ///< rope above the table's plane, pull towards the ceiling positive [rad]
    std::optional<double> duration;  ///< first pull to slack rope [s]
    std::optional<int> cycles;
    Steps steps;
    Wave wave;
    Irregularity irregularity;
    Measured measured;
    bool operator==(const Traction&) const = default;
};

void describe(engine::FieldVisitor& v, Ramp& r);
void describe(engine::FieldVisitor& v, Steps& s);
void describe(engine::FieldVisitor& v, Wave& w);
void describe(engine::FieldVisitor& v, Irregularity& i);
void describe(engine::FieldVisitor& v, Measured& m);
void describe(engine::FieldVisitor& v, Traction& t);

}  // namespace foramen::scenarios
