#include "io/device/emulated_device.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <numbers>
#include <thread>

namespace foramen::io {

namespace {

constexpr double own_frequency = 2.0 * std::numbers::pi * 2.0;  // rad/s, of rope and drive
constexpr double substep = 1e-3;                                // s
constexpr double friction_speed = 5.0;                          // N/s at which friction is nearly full
constexpr double stop_factor = 4.0;                             // of the ramp: the quickest way down
constexpr std::uint64_t jump_us = 5'000'000;

/// Damping ratio of an oscillator whose step response overshoots by a share.
double damping_ratio(double overshoot) {
    const double l = std::log(std::max(overshoot, 1e-6));
    return -l / std::hypot(std::numbers::pi, l);
}

}  // namespace

EmulatedDevice::EmulatedDevice(const EmulatorOptions& options)
    : options_(options), random_(static_cast<std::uint64_t>(options.seed)), damping_(damping_ratio(options.overshoot)) {}

double EmulatedDevice::normal() {  // Box and Muller (1958): the standard library's own differs from compiler to compiler
    const auto uniform = [this] { return (static_cast<double>(random_() >> 11) + 0.5) * 0x1p-53; };
    const double radius = std::sqrt(-2.0 * std::log(uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

void EmulatedDevice::command(const Frame& frame, double time) {
    advance(time);
    switch (static_cast<CommandKind>(frame.kind)) {
        case CommandKind::set_point:
            if (stopped_) return;
            set_point_ = frame.force;
            obeys_until_ = time + 1e-3 * frame.ttl_ms;
            return;
        case CommandKind::stop: stopped_ = true; return;
        case CommandKind::disable: stopped_ = disabled_ = true; return;
        case CommandKind::ceiling:
        case CommandKind::heartbeat: return;
    }
}

void EmulatedDevice::advance(double time) {
    while (time_ < time) {
        const double h = std::min(substep, time - time_);
        double wanted = time_ > obeys_until_ ? std::min(options_.pretension, set_point_) : set_point_;
        double ramp = options_.ramp;
        if (stopped_) {
            wanted = 0.0;
            ramp *= stop_factor;
        }
        if (faulty(DeviceFault::not_following, time_)) wanted = reference_;
        reference_ += std::clamp(wanted - reference_, -ramp * h, ramp * h);
        if (disabled_ || faulty(DeviceFault::release, time_)) reference_ = force_ = rate_ = 0.0;
        rate_ += h * (own_frequency * own_frequency * (reference_ - force_) - 2.0 * damping_ * own_frequency * rate_);
        force_ = std::max(0.0, force_ + h * rate_);  // a rope cannot push
        time_ += h;
    }
}

Frame EmulatedDevice::measured(double time) {
    Frame f;
    f.sequence = ++sequence_;
    f.device_us = static_cast<std::uint64_t>(std::llround(1e6 * time)) + (faulty(DeviceFault::clock_jump, time) ? jump_us : 0);
    f.force = force_ + options_.friction * std::tanh(rate_ / friction_speed) + options_.noise * normal();
    if (options_.fault == DeviceFault::untared) f.force += 40.0;
    f.flags = faulty(DeviceFault::switch_opened, time) ? 0u : flag_switch_closed;
    if (stopped_) f.flags |= flag_device_stopped;
    if (faulty(DeviceFault::overload, time)) f.flags |= flag_overload;
    if (faulty(DeviceFault::not_finite, time)) f.force = std::numeric_limits<double>::quiet_NaN();
    if (faulty(DeviceFault::out_of_range, time)) f.force = 2000.0;
    if (!faulty(DeviceFault::stuck, time)) stuck_ = f.force;
    if (faulty(DeviceFault::stuck, time)) f.force = stuck_;
    if (faulty(DeviceFault::spike, time) && !spiked_) {
        spiked_ = true;
        f.force += 200.0;
    }
    return f;
}

std::vector<std::uint8_t> EmulatedDevice::reading(double time) {
    advance(time);
    const FrameBytes frame = encode(measured(time));
    std::vector<std::uint8_t> bytes(frame.begin(), frame.end());
    if (faulty(DeviceFault::silent, time) || is_lost(time)) return {};
    if (faulty(DeviceFault::corrupt, time) && sequence_ % 3 == 0) bytes[24 + sequence_ % 8] ^= 0x10;
    if (faulty(DeviceFault::duplicate, time) && sequence_ % 4 == 0) bytes.insert(bytes.end(), frame.begin(), frame.end());
    if (faulty(DeviceFault::reorder, time)) {
        if (sequence_ % 8 == 0) {
            held_ = bytes;
            return {};
        }
        bytes.insert(bytes.end(), held_.begin(), held_.end());
        held_.clear();
    }
    return bytes;
}

namespace {

class EmulatedLink : public Link {
public:
    explicit EmulatedLink(const EmulatorOptions& options)
        : device_(options), period_(std::chrono::nanoseconds(std::llround(1e9 / options.rate))) {}

    Reception receive(std::span<std::uint8_t> buffer, std::chrono::nanoseconds timeout) override {
        if (!started_) begin();
        const auto until = Clock::now() + timeout;
        std::this_thread::sleep_until(std::min(until, next_));
        if (until < next_) return {};
        std::vector<std::uint8_t> bytes;
        {
            const std::lock_guard lock(mutex_);
            const double now = seconds(next_);
            if (device_.is_lost(now)) return {State::lost, 0};
            bytes = device_.reading(now);
        }
        next_ += period_;
        const std::size_t size = std::min(bytes.size(), buffer.size());
        std::copy_n(bytes.begin(), size, buffer.begin());
        return {size > 0 ? State::bytes : State::quiet, size};
    }
    bool send(std::span<const std::uint8_t> bytes) override {
        const std::lock_guard lock(mutex_);
        if (!started_) begin();
        for (const Frame& frame : parser_.feed(bytes).frames) device_.command(frame, seconds(Clock::now()));
        return true;
    }

private:
    using Clock = std::chrono::steady_clock;
    void begin() {  // its time begins when somebody speaks to it
        started_ = true;
        start_ = Clock::now();
        next_ = start_ + period_;
    }
    [[nodiscard]] double seconds(Clock::time_point t) const { return std::chrono::duration<double>(t - start_).count(); }

    EmulatedDevice device_;
    FrameParser parser_;
    std::chrono::nanoseconds period_;
    Clock::time_point start_, next_;
    bool started_ = false;
    std::mutex mutex_;  // of the I/O and watchdog threads
};

}  // namespace

std::unique_ptr<Link> emulated_link(const EmulatorOptions& options) { return std::make_unique<EmulatedLink>(options); }

}  // namespace foramen::io
