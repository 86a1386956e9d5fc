#pragma once

#include <cstdint>
#include <string_view>

namespace foramen::io {

/// What a device says beside its force.
enum SampleFlag : std::uint32_t {
    flag_switch_closed = 1u << 0,   ///< the patient switch is there and not pressed (normally closed: absent is pressed)
    flag_overload = 1u << 1,        ///< the instrument is beyond its range
    flag_data_bad = 1u << 2,        ///< the instrument distrusts its own reading
    flag_device_stopped = 1u << 3,  ///< the device has stopped by itself
};

/// One reading of the load cell. Tension on the rope is positive.
struct ForceSample {
    double force = 0.0;              ///< [N]
    std::uint64_t device_us = 0;     ///< the device's clock [us]; 0: it has none
    std::uint32_t sequence = 0;      ///< the device's count, or ours where it has none
    std::uint32_t flags = 0;
    std::int64_t received_ns = 0;    ///< monotonic clock when the last of its bytes was there [ns]
};

/// What the line brought: a reading, something that could not be read, or the end of the line.
enum class EventKind : std::uint8_t { sample, unreadable, lost };
struct DeviceEvent {
    EventKind kind = EventKind::sample;
    ForceSample sample;  ///< of anything but a sample only received_ns counts
};

/// What is sent to the device.
enum class CommandKind : std::uint8_t {
    set_point = 2,  ///< pull with this force; the device falls back by itself when the time to live has passed
    ceiling = 3,    ///< never pull harder than this
    stop = 4,       ///< let go now, in the device's quickest way
    heartbeat = 5,
    disable = 6,    ///< cut the drive
};
struct DeviceCommand {
    CommandKind kind = CommandKind::heartbeat;
    double force = 0.0;        ///< of set_point and ceiling [N]
    std::uint32_t ttl_ms = 0;  ///< of set_point
    std::uint32_t sequence = 0;
};

}  // namespace foramen::io
