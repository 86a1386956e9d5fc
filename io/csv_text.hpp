#pragma once

#include <string>
#include <string_view>

namespace foramen::io {

/// A text as a CSV cell: quoted where it must be.
[[nodiscard]] std::string csv_cell(std::string_view text);

}  // namespace foramen::io
