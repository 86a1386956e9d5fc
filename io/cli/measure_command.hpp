#pragma once

#include "io/cli/command.hpp"

namespace foramen::io {

/// foramen measure: morphometry of an imported spine beside the parametric law's.
int measure_command(const Arguments& arguments);

}  // namespace foramen::io
