#pragma once

#include <functional>
#include <vector>

#include "io/device/emulated_device.hpp"
#include "io/device/hil_session.hpp"
#include "io/device/native_protocol.hpp"
#include "tests/support/scenarios.hpp"

namespace foramen::testing {

/// A short pull: 3 s of pretension and ramp, hold of 150 N.
[[nodiscard]] inline scenarios::Scenario short_pull() {
    scenarios::Traction t = traction_of(scenarios::TractionMode::static_pull);
    t.hold = {150.0, 20.0};
    t.ramp.up.value = 50.0;
    t.duration = 30.0;
    scenarios::Scenario s = scenario_with(t);
    s.session.erase(s.session.begin());
    return s;
}

/// A session on a virtual clock: the emulated device and the loop, no thread, no waiting, no spine.
struct VirtualSession {
    io::EmulatorOptions emulator;
    io::HilOptions options;
    double rate = 100.0, seconds = 12.0;
    /// May change what the loop is told of the solver and how late it wakes: tick -> solution, skipped ticks.
    std::function<void(std::int64_t tick, io::Solution& solution, std::uint32_t& skipped)> disturb;

    /// May change a reading on its way to the loop, and speak to the loop as an operator does.
    std::function<void(double time, io::ForceSample& sample)> alter;
    std::function<void(double time, io::LoopCore& core)> operate;

    std::vector<io::TickRecord> ticks;
    std::vector<io::DeviceCommand> commands;
    double device_force_at_end = 0.0, largest_device_force = 0.0;

    /// @return the loop after the session
    io::LoopCore run() {
        const auto protocol = io::native_protocol(false, static_cast<std::int64_t>(1e9 / emulator.rate));
        io::LoopCore core(io::loop_setup(short_pull(), options, *protocol, rate, seconds));
        io::EmulatedDevice device(emulator);
        io::FrameParser commands_in;
        std::vector<io::DeviceEvent> events;
        io::Solution solution;
        std::uint32_t taken = 0;
        double next_reading = 1.0 / emulator.rate;
        bool lost = false;
        for (std::int64_t tick = 0; !core.over() && tick < 6000; ++tick) {
            std::uint32_t skipped = 0;
            solution.tick = tick - 1;
            if (disturb) disturb(tick, solution, skipped);
            tick += skipped;
            const double now = static_cast<double>(tick) / rate;
            for (; next_reading <= now; next_reading += 1.0 / emulator.rate) {
                const auto stamp = static_cast<std::int64_t>(1e9 * next_reading);
                if (device.is_lost(next_reading)) {
                    if (!lost) events.push_back({io::EventKind::lost, {.received_ns = stamp}});
                    lost = true;
                    continue;
                }
                const std::size_t known = events.size();
                protocol->decode(device.reading(next_reading), stamp, events);
                for (std::size_t i = known; alter && i < events.size(); ++i) alter(next_reading, events[i].sample);
            }
            if (operate) operate(now, core);
            taken += static_cast<std::uint32_t>(events.size());
            const io::TickOutput out = core.tick(tick, static_cast<std::int64_t>(1e9 * now), skipped, events, taken, solution);
            events.clear();
            ticks.push_back(out.record);
            for (std::size_t i = 0; i < out.command_count; ++i) {
                commands.push_back(out.commands[i]);
                for (const io::Frame& f : commands_in.feed(io::encode(io::frame_of(out.commands[i]))).frames) device.command(f, now);
            }
            largest_device_force = std::max(largest_device_force, device.force());
        }
        device_force_at_end = device.force();
        return core;
    }
};

}  // namespace foramen::testing
