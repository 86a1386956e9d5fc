#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "io/device/sample.hpp"

namespace foramen::io {

/// Bytes from and to a device: a serial line, a socket, registers that are asked for, or a device that is only computed.
class Link {
public:
    virtual ~Link() = default;
    enum class State { bytes, quiet, lost };
    struct Reception {
        State state = State::quiet;
        std::size_t size = 0;
    };
    /// Waits until bytes are there, at most for `timeout`. On a terminal line the end of file is a lost device.
    [[nodiscard]] virtual Reception receive(std::span<std::uint8_t> buffer, std::chrono::nanoseconds timeout) = 0;
    /// @return whether the device took all of it
    virtual bool send(std::span<const std::uint8_t> bytes) = 0;
    /// May be called by another thread while receive() or send() runs: sends over a path of its own where there is one.
    virtual bool send_urgently(std::span<const std::uint8_t> bytes) { return send(bytes); }
    /// What is worth knowing of the line, a sentence each: driver's latency, what the line could not be set to.
    [[nodiscard]] virtual std::vector<std::string> remarks() const { return {}; }
};

/// What bytes mean. The same bytes with the same stamps give the same events: replay rests on it.
class Protocol {
public:
    virtual ~Protocol() = default;
    virtual void decode(std::span<const std::uint8_t> bytes, std::int64_t received_ns, std::vector<DeviceEvent>& out) = 0;
    /// What must be sent for a command; empty: the device has no word for it.
    [[nodiscard]] virtual std::vector<std::uint8_t> encode(const DeviceCommand& command) = 0;
    /// What must be sent to be given the next reading; empty: readings come by themselves.
    [[nodiscard]] virtual std::vector<std::uint8_t> request() const { return {}; }
    /// Sent once at the beginning; may be empty.
    [[nodiscard]] virtual std::vector<std::uint8_t> greeting() const { return {}; }
    /// Expected time between two readings [ns].
    [[nodiscard]] virtual std::int64_t period_ns() const = 0;
    /// Whether readings say what the patient switch does.
    [[nodiscard]] virtual bool has_switch() const { return false; }
    /// Whether readings carry the device's own count and clock.
    [[nodiscard]] virtual bool has_sequence() const { return false; }
    /// Whether the device takes set-points.
    [[nodiscard]] virtual bool takes_commands() const { return false; }
};

/// One device, whatever its kind.
struct ForceSource {
    std::string name;     ///< for people
    std::string uri;      ///< as given
    std::string dialect;  ///< text of the dialect file; empty where none was used
    std::unique_ptr<Link> link;
    std::unique_ptr<Protocol> protocol;
};

/// Opens what a URI names (docs/device-in-the-loop.md).
/// @throws ScenarioError  with every problem of the URI or of the dialect it names
/// @throws FileError      the device cannot be opened
[[nodiscard]] ForceSource open_source(const std::string& uri);

/// Checks a URI without opening anything. @return the device in words @throws as open_source
[[nodiscard]] std::string describe_source(const std::string& uri);

/// The protocol of a recorded session. @param dialect  text of the dialect file, empty where none was used
[[nodiscard]] std::unique_ptr<Protocol> recorded_protocol(const std::string& uri, const std::string& dialect);

}  // namespace foramen::io
