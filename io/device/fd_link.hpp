#pragma once

#include <memory>
#include <string>

#include "io/device/force_source.hpp"

namespace foramen::io {

/// Line settings of a serial port: 8 data bits, no parity, 1 stop bit, no flow control.
/// Pseudo-terminals ignore the speed and refuse modem lines: neither is an error.
/// @throws FileError
[[nodiscard]] std::unique_ptr<Link> open_serial(const std::string& path, int baud);
/// Whether a serial port can be set to this speed.
[[nodiscard]] bool is_baud_rate(int baud);

/// Connects to a device that listens. @throws FileError
[[nodiscard]] std::unique_ptr<Link> connect_tcp(const std::string& host, int port);

/// Waits for datagrams at a local address; commands go to whoever sent last. @throws FileError
[[nodiscard]] std::unique_ptr<Link> bind_udp(const std::string& host, int port);

}  // namespace foramen::io
