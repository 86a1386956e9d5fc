#pragma once

#include <string>
#include <vector>

#include "scenarios/load_program.hpp"

namespace foramen::io {

/// A course of the device's force over a session.
struct Waveform {
    std::string name;    ///< short, for tables
    std::string words;   ///< what it is, one line
    scenarios::LoadProgram program;
};

/// What a reduced model learns from, over the scenario's duration: the scenario's own course, half of it, a pull that stays,
/// and steps up to 15 % above its peak with a sudden release.
[[nodiscard]] std::vector<Waveform> training_waveforms(const scenarios::LoadProgram& program);

/// What it is checked on: a sinusoid, holds of random force and length, and a ramp that is let go at 500 N/s and taken up again. None of
/// them is among those above.
[[nodiscard]] std::vector<Waveform> unseen_waveforms(const scenarios::LoadProgram& program);

}  // namespace foramen::io
