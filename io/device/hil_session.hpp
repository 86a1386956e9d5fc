#pragma once

#include <optional>
#include <string>

#include "io/device/session_files.hpp"
#include "io/reduced/reduced_spine.hpp"
#include "io/scenario_reader.hpp"

namespace foramen::io {

struct HilSettings {
    std::string device;   ///< URI
    std::string output;   ///< ends in .h5; empty: none
    std::string record;   ///< file; empty: none
    std::string options;  ///< text of the file of limits; empty: defaults
    std::string options_name = "--limits";
    std::string command;
    std::string model;    ///< file of a reduced model; empty: all elements
    double rate = 0.0;    ///< ticks a second; 0: what the resolution sustains
    double seconds = 0.0; ///< of the pull; 0: the whole programme
    int threads = 1;
    bool quiet = false;
    std::optional<int> dashboard; ///< port of the page; 0: any; none: no page
};

struct HilOutcome {
    bool ran = false;
    std::string why;       ///< why it did not
    SessionReport report;
    Solution solution;
    double rate = 0.0;
};

inline constexpr const char* bench_notice = "A bench instrument: no person may be attached to the device. This program protects nobody.";

/// Rate that a resolution sustains on two cores (docs/device-in-the-loop.md) [1/s].
[[nodiscard]] double default_rate(models::Resolution resolution);

/// What the loop needs of a scenario and a device's protocol.
[[nodiscard]] LoopSetup loop_setup(const scenarios::Scenario& scenario, const HilOptions& options, const Protocol& protocol, double rate, double seconds);

/// The reduced model that was asked for, if any: it fits the scenario and the rate. @throws FileError
[[nodiscard]] std::optional<ReducedSpine> fitting_model(const HilSettings& settings, const LoadedScenario& loaded);

/// Runs or replays a session. @throws ScenarioError, FileError
[[nodiscard]] HilOutcome run_hil(const LoadedScenario& loaded, const HilSettings& settings);

}  // namespace foramen::io
