#pragma once

#include <string>
#include <vector>

#include "io/cli/command.hpp"

namespace foramen::io {

/// The names in "a,b*,c".
[[nodiscard]] std::vector<std::string> names_in_list(const std::string& list);

/// Whether a name matches one of several patterns; * stands for anything.
[[nodiscard]] bool matches(const std::string& name, const std::vector<std::string>& patterns);

/// Writes a text to the file that an option names, and says so; nothing where it is not given. @throws FileError
void write_if_asked(const Arguments& arguments, const char* option, const std::string& text);

/// Says that nothing is called as --only has it, with what is nearest. @return exit_usage
int nothing_is_called(const Arguments& arguments, const char* what, const std::vector<std::string>& known);

}  // namespace foramen::io
