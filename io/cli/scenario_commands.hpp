#pragma once

#include "io/cli/command.hpp"

namespace foramen::io {

[[nodiscard]] int check_command(const Arguments& arguments);
[[nodiscard]] int describe_command(const Arguments& arguments);
[[nodiscard]] int new_command(const Arguments& arguments);
[[nodiscard]] int schema_command(const Arguments& arguments);
[[nodiscard]] int reference_command(const Arguments& arguments);

}  // namespace foramen::io
