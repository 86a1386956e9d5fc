#include "io/cli/checked_options.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>

namespace foramen::io {

bool take_number(const Arguments& arguments, const char* name, double min, double max, const char* example, double& to) {
    if (!arguments.has(name)) return true;
    const std::string text = arguments.value(name);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size() && value >= min && value <= max) {
        to = value;
        return true;
    }
    fmt::print(stderr, "foramen: --{} {}: expected a number from {:g} to {:g} such as {}\n", name, text, min, max, example);
    return false;
}

int check_new_file(const std::string& file, const std::string& ending, const char* what, bool force) {
    const std::filesystem::path path(file);
    if (!ending.empty() && path.extension() != ending) {
        fmt::print(stderr, "foramen: {}: {}'s name ends in {}\n", file, what, ending);
        return exit_usage;
    }
    if (std::filesystem::exists(path) && !force) {
        fmt::print(stderr, "foramen: {} exists; --force replaces it\n", file);
        return exit_usage;
    }
    if (const std::filesystem::path folder = path.parent_path(); !folder.empty() && !std::filesystem::is_directory(folder)) {
        fmt::print(stderr, "foramen: the folder {} does not exist; mkdir -p {}\n", folder.string(), folder.string());
        return exit_usage;
    }
    return exit_done;
}

}  // namespace foramen::io
