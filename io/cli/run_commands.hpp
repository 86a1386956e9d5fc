#pragma once

#include "io/cli/command.hpp"

namespace foramen::io {

[[nodiscard]] int run_command(const Arguments& arguments);
[[nodiscard]] int summarize_command(const Arguments& arguments);
[[nodiscard]] int export_command(const Arguments& arguments);
/// Hands over to foramen-view, the program with VTK, beside this one.
[[nodiscard]] int render_command(const Arguments& arguments);

}  // namespace foramen::io
