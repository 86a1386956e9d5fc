#pragma once

#include "io/cli/command.hpp"

namespace foramen::io {

/// A device in the loop: docs/device-in-the-loop.md.
int hil_command(const Arguments& arguments);
/// Its row in the table of commands.
[[nodiscard]] Command hil_row();

}  // namespace foramen::io
