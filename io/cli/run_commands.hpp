#pragma once

#include "io/cli/command.hpp"

namespace foramen::io {

[[nodiscard]] int run_command(const Arguments& arguments);
[[nodiscard]] int summarize_command(const Arguments& arguments);
[[nodiscard]] int export_command(const Arguments& arguments);

}  // namespace foramen::io
