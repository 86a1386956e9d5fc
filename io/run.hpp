#pragma once

#include <string>

#include "io/scenario_reader.hpp"

namespace foramen::io {

struct RunSettings {
    std::string output;    ///< path of the result, ends in .h5
    std::string command;   ///< command line, for the result's provenance
    int threads = 0;       ///< 0: as the system offers
    bool quiet = false;    ///< no progress
    double flush_seconds = 5.0;
};

struct RunOutcome {
    bool finished = false;   ///< the whole session was computed
    bool interrupted = false;
    bool written = false;    ///< a result file exists
    std::string why;         ///< a sentence, if not finished
};

/// Runs one scenario into one result file: equilibrium, session, histories, fields, provenance. What was computed before a stop
/// is kept. @throws FileError
[[nodiscard]] RunOutcome run_scenario(const LoadedScenario& loaded, const RunSettings& settings);

}  // namespace foramen::io
