#pragma once

#include "io/cli/command.hpp"

namespace foramen::io {

/// foramen verify --validation: runs the battery of published tests and prints ours beside what was measured. A target that is
/// missed is no fault of the command: it ends with 0 when everything was computed, or, with --strict, with 1 after a miss.
int validation_command(const Arguments& arguments);

}  // namespace foramen::io
