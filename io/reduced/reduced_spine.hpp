#pragma once

#include <string>
#include <vector>

#include "io/reduced/reduction.hpp"

namespace foramen::io {

/// How far a reduced model was from all elements under one waveform.
struct ReductionError {
    std::string waveform, words;
    bool unseen = false;                ///< not among those that it learnt from
    double pressure = 0.0;              ///< largest error of a disc's pressure over the range of that pressure in the run [-]
    double foramen = 0.0;               ///< largest error of a foramen's area over its range [-]
    double pressure_estimate = 0.0;     ///< largest of what the model estimated of it, over the same range [-]
    double foramen_estimate = 0.0;
    double step_milliseconds = 0.0;     ///< of a step, mean
    double corrections = 0.0;           ///< a step, mean
    double full_seconds = 0.0;          ///< wall time of the run with all elements
};

/// A reduced model of one scenario's spine, with what it was made of and how good it is.
struct ReducedSpine {
    std::string scenario;               ///< resolved text of the scenario
    std::string version;                ///< of the program
    std::string waveforms;              ///< that it learnt from, a line each
    engine::ReducedModel model;
    std::vector<ReductionError> errors;
};

struct ReduceSettings {
    double rate = 1000.0;               ///< ticks a second
    engine::ReductionOptions options;
    bool check = true;                  ///< run the unseen waveforms
    std::function<void(const std::string&)> say = [](const std::string&) {};
};

/// Learns a reduced model of a scenario's spine and checks it. @throws std::runtime_error with a sentence
[[nodiscard]] ReducedSpine reduce_spine(const LoadedScenario& loaded, const ReduceSettings& settings);

/// The table of errors, as text.
[[nodiscard]] std::string error_table(const std::vector<ReductionError>& errors);

/// An HDF5 file of its own. @throws FileError
void write_reduced(const std::string& path, const ReducedSpine& spine);
[[nodiscard]] ReducedSpine read_reduced(const std::string& path);

}  // namespace foramen::io
