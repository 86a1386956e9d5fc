#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace foramen::io {

/// Arrays for a page: one after another, deflated (zlib), as base64. Each array is known by a piece of JSON that says where it lies
/// and how it is read: {"type": "f32" | "u32" | "steps", "offset": bytes, "count": values, ...}.
class PackedData {
public:
    /// 32-bit floats. @return the JSON
    std::string add_floats(std::span<const double> values);
    /// Unsigned whole numbers.
    std::string add_indices(std::span<const std::uint32_t> values);
    /// Frames of equal length, in 16 bit between the least and the greatest value; each frame after the first holds what it differs by from
    /// the one before, modulo 2^16, so that what moves little takes little. Not-finite values become the least.
    std::string add_frames(const std::vector<std::vector<float>>& frames);

    /// @throws std::bad_alloc
    [[nodiscard]] std::string base64() const;

private:
    [[nodiscard]] std::size_t align();
    std::vector<std::uint8_t> bytes_;
};

}  // namespace foramen::io
