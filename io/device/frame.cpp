#include "io/device/frame.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace foramen::io {

namespace {

static_assert(std::endian::native == std::endian::little, "frames are written as they lie in memory");
constexpr std::array<std::uint8_t, 4> magic{'F', 'O', 'R', 'A'};
constexpr std::uint8_t version = 1;
constexpr std::size_t checksum_at = 36;

template <class T>
void put(FrameBytes& bytes, std::size_t at, const T& value) {
    std::memcpy(bytes.data() + at, &value, sizeof value);
}
template <class T>
[[nodiscard]] T get(const std::uint8_t* bytes, std::size_t at) {
    T value;
    std::memcpy(&value, bytes + at, sizeof value);
    return value;
}

std::uint32_t checksum(const std::uint8_t* bytes) { return libdeflate_crc32(0, bytes, checksum_at); }

/// A frame of 40 bytes that begin with the magic; nothing if anything of it is wrong.
std::optional<Frame> decoded(const std::uint8_t* bytes) {
    if (bytes[4] != version || get<std::uint16_t>(bytes, 6) != frame_size || get<std::uint32_t>(bytes, checksum_at) != checksum(bytes)) return std::nullopt;
    return Frame{bytes[5],
                 get<std::uint32_t>(bytes, 8),
                 get<std::uint32_t>(bytes, 12),
                 get<std::uint64_t>(bytes, 16),
                 get<double>(bytes, 24),
                 get<std::uint32_t>(bytes, 32)};
}

}  // namespace

FrameBytes encode(const Frame& frame) {
    FrameBytes bytes{};
    std::copy(magic.begin(), magic.end(), bytes.begin());
    bytes[4] = version;
    bytes[5] = frame.kind;
    put(bytes, 6, static_cast<std::uint16_t>(frame_size));
    put(bytes, 8, frame.sequence);
    put(bytes, 12, frame.flags);
    put(bytes, 16, frame.device_us);
    put(bytes, 24, frame.force);
    put(bytes, 32, frame.ttl_ms);
    put(bytes, checksum_at, checksum(bytes.data()));
    return bytes;
}

Frame frame_of(const DeviceCommand& command) {
    return {static_cast<std::uint8_t>(command.kind), command.sequence, 0, 0, command.force, command.ttl_ms};
}

FrameParser::Found FrameParser::feed(std::span<const std::uint8_t> bytes) {
    pending_.insert(pending_.end(), bytes.begin(), bytes.end());
    Found found;
    std::size_t at = 0;
    const auto skip = [&](std::size_t count) {
        if (!in_garbage_) ++found.faults;
        in_garbage_ = true;
        at += count;
    };
    while (at < pending_.size()) {
        const std::size_t left = pending_.size() - at, known = std::min(left, magic.size());
        if (!std::equal(magic.begin(), magic.begin() + static_cast<std::ptrdiff_t>(known), pending_.begin() + static_cast<std::ptrdiff_t>(at))) {
            skip(1);
            continue;
        }
        if (left < frame_size) break;
        if (const auto frame = decoded(pending_.data() + at)) {
            found.frames.push_back(*frame);
            in_garbage_ = false;
            at += frame_size;
        } else {
            in_garbage_ = false;  // a broken frame counts, also right after garbage
            skip(1);
        }
    }
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(at));
    return found;
}

int FrameParser::end_of_datagram() {
    const int fault = pending_.empty() ? 0 : 1;
    pending_.clear();
    in_garbage_ = false;
    return fault;
}

}  // namespace foramen::io
