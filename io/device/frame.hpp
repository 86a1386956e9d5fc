#pragma once

// The native protocol (docs/device-in-the-loop.md): one frame of 40 bytes for readings and commands, little-endian.
//
//     0  magic "FORA"            16  device time [us], u64
//     4  version 1, u8           24  force [N], f64
//     5  kind, u8                32  time to live [ms], u32
//     6  length 40, u16          36  CRC-32 (zlib's) of bytes 0 to 35, u32
//     8  sequence, u32
//    12  flags, u32

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "io/device/sample.hpp"

namespace foramen::io {

inline constexpr std::size_t frame_size = 40;
using FrameBytes = std::array<std::uint8_t, frame_size>;

/// A frame of either direction; kind 1 is a reading, the others are CommandKind.
struct Frame {
    std::uint8_t kind = 1;
    std::uint32_t sequence = 0;
    std::uint32_t flags = 0;
    std::uint64_t device_us = 0;
    double force = 0.0;
    std::uint32_t ttl_ms = 0;
};

inline constexpr std::uint8_t frame_of_sample = 1;

[[nodiscard]] FrameBytes encode(const Frame& frame);
[[nodiscard]] Frame frame_of(const DeviceCommand& command);

/// Finds frames in a stream of bytes, wherever it is cut. Bytes that belong to none are skipped up to the next magic; each such
/// stretch, and each frame with a wrong checksum, version or length, counts as one fault.
class FrameParser {
public:
    struct Found {
        std::vector<Frame> frames;
        int faults = 0;
    };
    [[nodiscard]] Found feed(std::span<const std::uint8_t> bytes);
    /// A datagram is whole or wrong: what is left of it is a fault and does not reach into the next.
    [[nodiscard]] int end_of_datagram();

private:
    std::vector<std::uint8_t> pending_;
    bool in_garbage_ = false;
};

}  // namespace foramen::io
