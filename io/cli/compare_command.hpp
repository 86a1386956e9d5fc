#pragma once

#include "io/cli/command.hpp"

namespace foramen::io {

/// foramen compare: sessions side by side, as a table, a picture and CSV.
int compare_command(const Arguments& arguments);

}  // namespace foramen::io
