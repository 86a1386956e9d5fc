#pragma once

#include "io/cli/command.hpp"

namespace foramen::io {

[[nodiscard]] int paraview_command(const Arguments& arguments);

}  // namespace foramen::io
