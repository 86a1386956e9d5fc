#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace foramen::io {

/// Rounds to the nearest float with `bits` mantissa bits (ties to even); relative error at most 2^-(bits+1) for normal
/// numbers. Not-finite values stay as they are.
/// @param bits  1 .. 23; 23 changes nothing
[[nodiscard]] float round_mantissa(float value, int bits);

/// Codes one chunk of floats as HDF5's filters shuffle and deflate would, in half their time (libdeflate).
class ChunkEncoder {
public:
    ChunkEncoder();
    ~ChunkEncoder();
    ChunkEncoder(ChunkEncoder&&) noexcept;

    /// @return bytes for Hdf5Dataset::write_chunk; valid until the next call
    [[nodiscard]] std::span<const std::uint8_t> encode(std::span<const float> values, int mantissa_bits);

private:
    struct Compressor;
    std::unique_ptr<Compressor> compressor_;
    std::vector<std::uint8_t> shuffled_;
    std::vector<std::uint8_t> coded_;
};

/// Undoes ChunkEncoder, or HDF5's filters. @return nothing if the bytes are not `count` floats with the right checksum
[[nodiscard]] std::optional<std::vector<float>> decode_chunk(std::span<const std::uint8_t> coded, std::size_t count);

}  // namespace foramen::io
