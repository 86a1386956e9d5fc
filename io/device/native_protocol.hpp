#pragma once

#include <memory>

#include "io/device/force_source.hpp"
#include "io/device/frame.hpp"

namespace foramen::io {

/// Frames in both directions.
/// @param datagrams  each piece of bytes is whole or wrong
[[nodiscard]] std::unique_ptr<Protocol> native_protocol(bool datagrams, std::int64_t period_ns);

}  // namespace foramen::io
