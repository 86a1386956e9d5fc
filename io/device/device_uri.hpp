#pragma once

#include <optional>
#include <string>

#include "io/device/emulated_device.hpp"
#include "io/device/register_map.hpp"

namespace foramen::io {

enum class DeviceKind { serial, modbus_tcp, modbus_rtu, udp, tcp, replay, emulated };
inline constexpr std::array<std::string_view, 7> device_kind_words{"serial", "modbus-tcp", "modbus-rtu", "udp", "tcp", "replay", "emulated"};

/// What a URI such as serial:/dev/ttyUSB0?dialect=mark10 says, complete and checked.
struct DeviceUri {
    DeviceKind kind = DeviceKind::emulated;
    std::string path;  ///< of serial, modbus-rtu and replay
    std::string host = "127.0.0.1";
    int port = 0;
    int baud = 9600;
    std::int64_t period_ns = 10'000'000;  ///< of udp and tcp
    NamedText language;                   ///< the file of dialect= or map=
    Dialect dialect;                      ///< of serial, with unit and sign
    RegisterMap registers;                ///< of modbus, with unit and sign
    EmulatorOptions emulator;
};

/// @param recorded  text of the dialect in a recording, to be taken in place of the file that the URI names
/// @throws ScenarioError with every problem, FileError
[[nodiscard]] DeviceUri parse_device_uri(const std::string& uri, const std::string& recorded = "");

}  // namespace foramen::io
