#pragma once

#include "io/cli/command.hpp"

namespace foramen::io {

/// foramen verify: runs cases of data/verification and prints ours beside theirs.
int verify_command(const Arguments& arguments);

}  // namespace foramen::io
