#pragma once

#include "io/cli/command.hpp"

namespace foramen::io {

[[nodiscard]] Command reduce_row();

}  // namespace foramen::io
