#include "io/device/force_source.hpp"

#include <fmt/format.h>

#include <cmath>

#include "io/device/device_uri.hpp"
#include "io/device/fd_link.hpp"
#include "io/device/modbus_link.hpp"
#include "io/device/native_protocol.hpp"
#include "io/result_file.hpp"

namespace foramen::io {

namespace {

std::unique_ptr<Protocol> protocol_of(const DeviceUri& uri) {
    switch (uri.kind) {
        case DeviceKind::serial: return line_protocol(uri.dialect);
        case DeviceKind::modbus_tcp:
        case DeviceKind::modbus_rtu: return register_protocol(uri.registers);
        case DeviceKind::udp: return native_protocol(true, uri.period_ns);
        case DeviceKind::tcp: return native_protocol(false, uri.period_ns);
        case DeviceKind::emulated: return native_protocol(false, std::llround(1e9 / uri.emulator.rate));
        case DeviceKind::replay: break;
    }
    throw FileError("a recording cannot be opened as a device");
}

std::unique_ptr<Link> link_of(const DeviceUri& uri) {
    switch (uri.kind) {
        case DeviceKind::serial: return open_serial(uri.path, uri.baud);
        case DeviceKind::modbus_tcp: return open_modbus_tcp(uri.host, uri.port, uri.registers);
        case DeviceKind::modbus_rtu: return open_modbus_rtu(uri.path, uri.baud, uri.registers);
        case DeviceKind::udp: return bind_udp(uri.host, uri.port);
        case DeviceKind::tcp: return connect_tcp(uri.host, uri.port);
        case DeviceKind::emulated: return emulated_link(uri.emulator);
        case DeviceKind::replay: break;
    }
    throw FileError("a recording cannot be opened as a device");
}

std::string words_of(const DeviceUri& uri) {
    switch (uri.kind) {
        case DeviceKind::serial: return fmt::format("{} at {}, {} baud", uri.dialect.name, uri.path, uri.baud);
        case DeviceKind::modbus_tcp: return fmt::format("{} at {}:{}, Modbus TCP", uri.registers.name, uri.host, uri.port);
        case DeviceKind::modbus_rtu: return fmt::format("{} at {}, Modbus RTU, {} baud", uri.registers.name, uri.path, uri.baud);
        case DeviceKind::udp: return fmt::format("frames by UDP at {}:{}", uri.host, uri.port);
        case DeviceKind::tcp: return fmt::format("frames by TCP from {}:{}", uri.host, uri.port);
        case DeviceKind::replay: return fmt::format("the recording {}", uri.path);
        case DeviceKind::emulated: break;
    }
    return "an emulated device";
}

}  // namespace

ForceSource open_source(const std::string& text) {
    const DeviceUri uri = parse_device_uri(text);
    return {words_of(uri), text, uri.language.text, link_of(uri), protocol_of(uri)};
}

std::string describe_source(const std::string& uri) { return words_of(parse_device_uri(uri)); }

std::unique_ptr<Protocol> recorded_protocol(const std::string& uri, const std::string& dialect) { return protocol_of(parse_device_uri(uri, dialect)); }

}  // namespace foramen::io
