#pragma once

#include <optional>
#include <string_view>

namespace foramen::io {

struct TextPlace {
    int line, column;  ///< 0-based; column in bytes
};

/// The first byte that is no part of well-formed UTF-8 (RFC 3629), or a zero byte; empty if there is none.
[[nodiscard]] std::optional<TextPlace> first_invalid_utf8(std::string_view text);

}  // namespace foramen::io
