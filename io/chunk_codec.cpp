#include "io/chunk_codec.hpp"

#include <libdeflate.h>

#include <bit>
#include <cmath>
#include <new>

#include "engine/core/contract.hpp"

namespace foramen::io {

namespace {
constexpr int float_mantissa_bits = 23;
constexpr int compression_level = 1;  // higher levels save 1 to 4 % and cost several times as much
}  // namespace

float round_mantissa(float value, int bits) {
    FORAMEN_EXPECTS(bits >= 1 && bits <= float_mantissa_bits, bits);
    if (bits == float_mantissa_bits || !std::isfinite(value)) {
        return value;
    }
    const int dropped = float_mantissa_bits - bits;
    const auto pattern = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t last_kept = (pattern >> dropped) & 1U;
    const std::uint32_t half_minus_one = (1U << (dropped - 1)) - 1U;
    const float rounded = std::bit_cast<float>(((pattern + half_minus_one + last_kept) >> dropped) << dropped);
    return std::isfinite(rounded) ? rounded : value;  // the largest floats would round to infinity
}

struct ChunkEncoder::Compressor {
    libdeflate_compressor* state = libdeflate_alloc_compressor(compression_level);
    Compressor() {
        if (state == nullptr) {
            throw std::bad_alloc();
        }
    }
    Compressor(const Compressor&) = delete;
    Compressor& operator=(const Compressor&) = delete;
    ~Compressor() { libdeflate_free_compressor(state); }
};

ChunkEncoder::ChunkEncoder() : compressor_(std::make_unique<Compressor>()) {}
ChunkEncoder::~ChunkEncoder() = default;
ChunkEncoder::ChunkEncoder(ChunkEncoder&&) noexcept = default;

std::span<const std::uint8_t> ChunkEncoder::encode(std::span<const float> values, int mantissa_bits) {
    // Shuffle: all lowest bytes, then all second bytes ... Equal high bytes then stand side by side and compress.
    const std::size_t count = values.size();
    shuffled_.resize(count * sizeof(float));
    for (std::size_t i = 0; i < count; ++i) {
        const auto pattern = std::bit_cast<std::uint32_t>(round_mantissa(values[i], mantissa_bits));
        shuffled_[i] = static_cast<std::uint8_t>(pattern);
        shuffled_[count + i] = static_cast<std::uint8_t>(pattern >> 8U);
        shuffled_[2 * count + i] = static_cast<std::uint8_t>(pattern >> 16U);
        shuffled_[3 * count + i] = static_cast<std::uint8_t>(pattern >> 24U);
    }
    coded_.resize(libdeflate_zlib_compress_bound(compressor_->state, shuffled_.size()));
    const std::size_t size =
        libdeflate_zlib_compress(compressor_->state, shuffled_.data(), shuffled_.size(), coded_.data(), coded_.size());
    return {coded_.data(), size};
}

std::optional<std::vector<float>> decode_chunk(std::span<const std::uint8_t> coded, std::size_t count) {
    std::vector<std::uint8_t> shuffled(count * sizeof(float));
    const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> state(libdeflate_alloc_decompressor(),
                                                                                                  &libdeflate_free_decompressor);
    std::size_t size = 0;
    if (libdeflate_zlib_decompress(state.get(), coded.data(), coded.size(), shuffled.data(), shuffled.size(), &size) !=
            LIBDEFLATE_SUCCESS ||
        size != shuffled.size())
        return std::nullopt;
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t pattern = static_cast<std::uint32_t>(shuffled[i]) | static_cast<std::uint32_t>(shuffled[count + i]) << 8U |
                                      static_cast<std::uint32_t>(shuffled[2 * count + i]) << 16U |
                                      static_cast<std::uint32_t>(shuffled[3 * count + i]) << 24U;
        values[i] = std::bit_cast<float>(pattern);
    }
    return values;
}

}  // namespace foramen::io
