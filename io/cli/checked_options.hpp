#pragma once

#include <string>

#include "io/cli/command.hpp"

namespace foramen::io {

/// A number option; a wrong one is printed. @return whether it is right or absent
[[nodiscard]] bool take_number(const Arguments& arguments, const char* name, double min, double max, const char* example, double& to);

/// A file that would be written: prints an ending other than `ending` (empty: any), a file that exists without `force`, a folder that does
/// not. @param what  begins the sentence about the ending: "a result"  @return exit code
[[nodiscard]] int check_new_file(const std::string& file, const std::string& ending, const char* what, bool force);

}  // namespace foramen::io
