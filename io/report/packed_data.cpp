#include "io/report/packed_data.hpp"

#include <fmt/format.h>
#include <libdeflate.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <new>

namespace foramen::io {
namespace {

constexpr int compression_level = 9;
constexpr double steps = 65535.0;

template <class T>
void append(std::vector<std::uint8_t>& bytes, T value) {
    const auto* raw = reinterpret_cast<const std::uint8_t*>(&value);
    bytes.insert(bytes.end(), raw, raw + sizeof(T));
}

}  // namespace

std::size_t PackedData::align() {
    while (bytes_.size() % 4 != 0) bytes_.push_back(0);
    return bytes_.size();
}

std::string PackedData::add_floats(std::span<const double> values) {
    const std::size_t offset = align();
    for (const double value : values) append(bytes_, static_cast<float>(value));
    return fmt::format(R"({{"type":"f32","offset":{},"count":{}}})", offset, values.size());
}

std::string PackedData::add_indices(std::span<const std::uint32_t> values) {
    const std::size_t offset = align();
    for (const std::uint32_t value : values) append(bytes_, value);
    return fmt::format(R"({{"type":"u32","offset":{},"count":{}}})", offset, values.size());
}

std::string PackedData::add_frames(const std::vector<std::vector<float>>& frames) {
    const std::size_t offset = align(), length = frames.empty() ? 0 : frames.front().size();
    double least = 1e300, most = -1e300;
    for (const auto& frame : frames) {
        for (const float v : frame) {
            if (!std::isfinite(v)) continue;
            least = std::min<double>(least, v);
            most = std::max<double>(most, v);
        }
    }
    if (least > most) least = most = 0.0;
    const double scale = most > least ? (most - least) / steps : 1.0;
    std::vector<std::uint16_t> before(length, 0), now(length);
    for (const auto& frame : frames) {
        for (std::size_t i = 0; i < length; ++i) {
            const double value = std::isfinite(frame[i]) ? frame[i] : least;
            now[i] = static_cast<std::uint16_t>(std::lround(std::clamp((value - least) / scale, 0.0, steps)));
        }
        for (const int byte : {0, 8}) {  // low bytes, then high bytes: the latter are nearly all alike
            for (std::size_t i = 0; i < length; ++i) bytes_.push_back(static_cast<std::uint8_t>(static_cast<std::uint16_t>(now[i] - before[i]) >> byte));
        }
        before.swap(now);
    }
    return fmt::format(R"({{"type":"steps","offset":{},"count":{},"frames":{},"base":{:.9g},"scale":{:.9g}}})", offset, length, frames.size(), least, scale);
}

std::string PackedData::base64() const {
    const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(libdeflate_alloc_compressor(compression_level),
                                                                                                   libdeflate_free_compressor);
    if (!compressor) throw std::bad_alloc();
    std::vector<std::uint8_t> coded(libdeflate_zlib_compress_bound(compressor.get(), bytes_.size()));
    coded.resize(libdeflate_zlib_compress(compressor.get(), bytes_.data(), bytes_.size(), coded.data(), coded.size()));
    std::string text(4 * ((coded.size() + 2) / 3) + 1, '\0');
    text.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), coded.data(), static_cast<int>(coded.size()))));
    return text;
}

}  // namespace foramen::io
