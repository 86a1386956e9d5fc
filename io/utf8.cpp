#include "io/utf8.hpp"

#include <cstddef>

namespace foramen::io {

namespace {
/// Length of the well-formed sequence at the start, 0 if there is none.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead == 0) return 0;
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                               : (lead & 0xF0) == 0xE0        ? 3
                               : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                              : 0;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
    const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
    const bool beyond = lead == 0xF4 && byte(1) >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}
}  // namespace

std::optional<TextPlace> first_invalid_utf8(std::string_view text) {
    TextPlace place{0, 0};
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0) return place;
        place.column += static_cast<int>(length);
        if (text[0] == '\n') place = {place.line + 1, 0};
        text.remove_prefix(length);
    }
    return {};
}

}  // namespace foramen::io
