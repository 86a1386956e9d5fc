#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <random>
#include <string_view>
#include <vector>

#include "io/device/force_source.hpp"
#include "io/device/frame.hpp"

namespace foramen::io {

/// What the emulated device does wrong from a moment on.
enum class DeviceFault {
    none, spike, not_finite, out_of_range, stuck, silent, lost, duplicate, reorder, corrupt, clock_jump, release, switch_opened, overload,
    not_following, untared
};
inline constexpr std::array<std::string_view, 16> device_fault_words{
    "none",       "spike",   "not_finite", "out_of_range",  "stuck",    "silent",        "lost",   "duplicate", "reorder",
    "corrupt",    "clock_jump", "release", "switch_opened", "overload", "not_following", "untared"};

struct EmulatorOptions {
    double rate = 100.0;       ///< readings a second
    double ramp = 100.0;       ///< fastest change of the reference [N/s]
    double noise = 0.3;        ///< standard deviation of a reading [N]
    double friction = 3.0;     ///< of the rope over its pulley: the cell reads more while pulling, less while letting go [N]
    double overshoot = 0.03;   ///< of a step of the reference [-]
    double pretension = 15.0;  ///< where it falls when set-points stop coming [N]
    int seed = 1;
    DeviceFault fault = DeviceFault::none;
    double fault_at = 0.0;     ///< [s]
};

/// A traction device that is only computed: its reference ramps to the set-point, rope and drive follow as a damped oscillator, the
/// cell adds friction and noise. It obeys a set-point for its time to live, then falls back to the pretension. Time is given from
/// outside; the same seed, times and commands give the same readings.
class EmulatedDevice {
public:
    explicit EmulatedDevice(const EmulatorOptions& options);

    /// Takes what the session sends, at a time [s].
    void command(const Frame& frame, double time);
    /// The bytes of the reading at a time: a frame, or what the fault makes of it.
    [[nodiscard]] std::vector<std::uint8_t> reading(double time);
    /// Whether the line is dead at this time.
    [[nodiscard]] bool is_lost(double time) const { return faulty(DeviceFault::lost, time); }

    [[nodiscard]] double force() const { return force_; }  ///< on the rope [N]
    [[nodiscard]] double set_point() const { return set_point_; }
    [[nodiscard]] bool stopped() const { return stopped_; }

private:
    [[nodiscard]] bool faulty(DeviceFault fault, double time) const { return options_.fault == fault && time >= options_.fault_at; }
    void advance(double time);
    [[nodiscard]] double normal();
    [[nodiscard]] Frame measured(double time);

    EmulatorOptions options_;
    std::mt19937_64 random_;
    double time_ = 0.0, force_ = 0.0, rate_ = 0.0, reference_ = 0.0;
    double set_point_ = 0.0, obeys_until_ = 0.0, damping_;
    double stuck_ = 0.0;
    bool spiked_ = false, stopped_ = false, disabled_ = false;
    std::uint32_t sequence_ = 0;
    std::vector<std::uint8_t> held_;  // a frame that will be overtaken
};

/// The device on the monotonic clock.
[[nodiscard]] std::unique_ptr<Link> emulated_link(const EmulatorOptions& options);

}  // namespace foramen::io
