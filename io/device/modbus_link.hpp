#pragma once

#include <memory>
#include <string>

#include "io/device/register_map.hpp"

namespace foramen::io {

/// Connects through libmodbus; each reception asks for the registers of a reading at the map's period. An urgent command goes over a
/// second connection. @throws FileError
[[nodiscard]] std::unique_ptr<Link> open_modbus_tcp(const std::string& host, int port, const RegisterMap& map);
/// The same over a serial line, 8 data bits, even parity where the line has it. An urgent command waits for the transaction in progress.
[[nodiscard]] std::unique_ptr<Link> open_modbus_rtu(const std::string& path, int baud, const RegisterMap& map);

}  // namespace foramen::io
