#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/describe.hpp"
#include "scenarios/scenario.hpp"

namespace foramen::io {

enum class PatientSwitch { required, absent };
inline constexpr std::array<std::string_view, 2> patient_switch_words{"required", "absent"};

/// What must not be exceeded. Defaults are PROPOSED; a ceiling study's force goes into `force`.
struct HilLimits {
    std::optional<double> force;            ///< [N]; else the scenario's device.max_force
    std::optional<double> force_of_weight;  ///< share of the body weight
    double lowest_pressure = -0.1;          ///< in any disc [MPa]
    double height_gain = 4.0;               ///< of any disc [mm]
    double fibre_strain = 0.25;             ///< of any annulus fibre [-]
    double ligament_share = 0.8;            ///< of any ligament's failure strain [-]
    double warn_share = 0.9;                ///< of a limit: the ceiling no longer rises
    double ceiling_rise = 20.0;             ///< fastest rise of the ceiling; it falls at once [N/s]
};

/// When a reading is not believed.
struct HilChecks {
    PatientSwitch patient_switch = PatientSwitch::required;
    double least_force = -20.0;   ///< [N]
    double range_factor = 1.2;    ///< of the device's largest force
    double noise = 1.0;           ///< standard deviation of a reading [N]
    int rate_hits = 3;            ///< readings in a row that change too fast
    double stuck_time = 1.0;      ///< of one and the same value while the set-point moves [s]
    int identical_readings = 0;   ///< in a row, at any time; 0: no such check
    double timeout_periods = 3.0; ///< of the device
    double timeout_least = 0.1;   ///< [s]
    double unreadable_share = 0.05;  ///< of the last 100 pieces
    int lost_a_minute = 10;
    double clock_jump = 1.0;      ///< of the device's clock against ours [s]
    double follow_band = 40.0;    ///< measured against commanded [N]
    double follow_time = 1.0;     ///< [s]
    double release_share = 0.5;   ///< of the force, lost within release_time without a command
    double release_time = 0.05;   ///< [s]
    double tare_band = 5.0;       ///< of the unloaded mean [N]
    double tare_deviation = 3.0;  ///< standard deviation [N]
    double tare_time = 2.0;       ///< [s]
};

/// What is sent, and when the session ends by itself.
struct HilPolicy {
    double time_to_live = 0.25;     ///< of a set-point [s]
    double command_period = 0.05;   ///< between two set-points [s]
    double ramp_down = 40.0;        ///< [N/s]
    double longest_hold = 1.0;      ///< of the last value, then the safe state [s]
    double disable_after = 5.0;     ///< of a stop [s]
    int misses_in_a_row = 100;      ///< of the computation, in ticks
    double misses_share = 0.2;      ///< of a minute's ticks
};

struct HilOptions {
    HilLimits limits;
    HilChecks checks;
    HilPolicy policy;
};

void describe(engine::FieldVisitor& v, HilOptions& o);

/// @throws ScenarioError with every problem, FileError
[[nodiscard]] HilOptions read_hil_options(const std::string& file);
/// The same from a text, of a recording.
[[nodiscard]] HilOptions read_hil_options_text(const std::string& name, const std::string& text);

/// Largest force that may ever be asked for [N]: the least of device, limit and share of the body weight.
[[nodiscard]] double force_cap(const HilOptions& options, const scenarios::Scenario& scenario);

}  // namespace foramen::io
