#pragma once

#include <string>

#include "io/validation/validation.hpp"

namespace foramen::io {

/// Every target as one line of an SVG picture: the published spread as a bar, its median as a stroke, ours as a dot for each
/// anatomy, all over the published centre; a miss is red and says so.
[[nodiscard]] std::string validation_plot(const Validation& all);

}  // namespace foramen::io
