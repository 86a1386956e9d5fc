#include "io/cli/case_options.hpp"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <cstdio>

#include "io/replace_file.hpp"
#include "io/spelling.hpp"

namespace foramen::io {

std::vector<std::string> names_in_list(const std::string& list) {
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= list.size();) {
        const std::size_t comma = std::min(list.find(',', start), list.size());
        if (comma > start) parts.push_back(list.substr(start, comma - start));
        start = comma + 1;
    }
    return parts;
}

bool matches(const std::string& name, const std::vector<std::string>& patterns) {
    for (const std::string& pattern : patterns)
        if (fnmatch(pattern.c_str(), name.c_str(), 0) == 0) return true;
    return false;
}

void write_if_asked(const Arguments& arguments, const char* option, const std::string& text) {
    if (!arguments.has(option)) return;
    replace_file(arguments.value(option), text);
    fmt::print("{}\n", arguments.value(option));
}

int nothing_is_called(const Arguments& arguments, const char* what, const std::vector<std::string>& known) {
    fmt::print(stderr, "foramen: no {} is called {}; {}\n", what, arguments.value("only"),
               suggest(arguments.value("only"), known));
    return exit_usage;
}

}  // namespace foramen::io
