#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "io/device/hil_options.hpp"
#include "io/device/sample.hpp"

namespace foramen::io {

/// Why a session holds, goes to its safe state or stops. One code and one counter each.
enum class Fault : std::uint8_t {
    none, unreadable, not_finite, out_of_range, overload, data_bad, too_fast, stuck, timeout, duplicate, lost_readings, clock_jitter,
    clock_jump, tare, not_following, sudden_release, patient_switch, line_lost, device_stopped, solver_failed, overrun, limit_exceeded,
    operator_stop, count
};
inline constexpr std::size_t fault_count = static_cast<std::size_t>(Fault::count);
inline constexpr std::array<std::string_view, fault_count> fault_words{
    "none",          "unreadable",     "not_finite",     "out_of_range", "overload",       "data_bad",      "too_fast", "stuck",
    "timeout",       "duplicate",      "lost_readings",  "clock_jitter", "clock_jump",     "tare",          "not_following", "sudden_release",
    "patient_switch", "line_lost",     "device_stopped", "solver_failed", "overrun",       "limit_exceeded", "operator_stop"};

/// What a finding asks for.
enum class Severity : std::uint8_t { none, note, hold, safe, stop };
struct Finding {
    Severity severity = Severity::none;
    Fault fault = Fault::none;
    std::int64_t onset_ns = 0;  ///< when the event came that showed it
};

/// Judges what the line brings. Arithmetic only: no clock, no memory beyond this struct.
class Plausibility {
public:
    /// @param largest_force  of the device [N]  @param largest_ramp  of the device [N/s]  @param period_ns  of its readings
    /// @param has_switch     whether its readings tell of the patient switch  @param obeys  whether it takes set-points
    Plausibility(const HilChecks& checks, double largest_force, double largest_ramp, std::int64_t period_ns, bool has_switch, bool obeys);

    /// Takes an event. @return what it means for the session; accepted readings become last()
    Finding take(const DeviceEvent& event);
    /// Looks at the age of things. @param set_point  that the device is to follow [N]  @param pulling  whether it is asked to pull
    Finding look(std::int64_t now_ns, double set_point, bool pulling);

    [[nodiscard]] bool has_sample() const { return seen_; }
    [[nodiscard]] const ForceSample& last() const { return last_; }
    [[nodiscard]] const std::array<std::uint32_t, fault_count>& counts() const { return counts_; }
    void count(Fault fault) { ++counts_[static_cast<std::size_t>(fault)]; }

private:
    Finding found(Severity severity, Fault fault, std::int64_t onset_ns);
    Finding unreadable(Fault fault, std::int64_t now_ns);
    Finding clock(const ForceSample& s);
    Finding steps(const ForceSample& s, bool& accepted);
    void remember(bool readable);

    HilChecks checks_;
    double largest_, ramp_;
    std::int64_t period_ns_, timeout_ns_;
    bool has_switch_, obeys_;
    bool seen_ = false;
    ForceSample last_;  // that was believed
    std::uint32_t sequence_ = 0;  // of the last one that could be read
    std::array<std::uint32_t, fault_count> counts_{};
    std::array<bool, 100> pieces_{};  // unreadable, of the last hundred
    int piece_ = 0, piece_count_ = 0, unreadable_ = 0;
    int fast_ = 0, identical_ = 0, lost_this_minute_ = 0;
    std::int64_t minute_ns_ = 0, same_since_ns_ = 0, outside_since_ns_ = -1, looked_ns_ = -1;
    double offset_s_ = 0.0, low_ = 0.0, high_ = 0.0, moved_ = 0.0, set_point_ = 0.0;
    bool has_offset_ = false;
};

}  // namespace foramen::io
