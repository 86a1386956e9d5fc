#pragma once

#include "io/cli/command.hpp"

namespace foramen::io {

/// Hands over to foramen-view, the program with VTK, beside this one.
[[nodiscard]] int render_command(const Arguments& arguments);
[[nodiscard]] int view_command(const Arguments& arguments);

}  // namespace foramen::io
