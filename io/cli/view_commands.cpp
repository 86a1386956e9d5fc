#include "io/cli/view_commands.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace foramen::io {
namespace {

namespace fs = std::filesystem;

/// Becomes foramen-view with a subcommand; returns only where that fails.
int become_view(const char* subcommand, const Arguments& arguments) {
    std::error_code error;
    const fs::path self = fs::read_symlink("/proc/self/exe", error);
    const fs::path view = (error ? fs::path() : self.parent_path()) / "foramen-view";
    std::vector<std::string> words{view.string(), subcommand};
    words.insert(words.end(), arguments.words.begin(), arguments.words.end());
    for (const auto& [name, value] : arguments.options) {
        words.push_back("--" + name);
        if (!value.empty()) words.push_back(value);
    }
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    execv(argv[0], argv.data());
    fmt::print(stderr, "foramen: {}: {}; build it with VTK: ./bootstrap build, or cmake -DFORAMEN_VIZ=ON\n", view.string(), std::strerror(errno));
    return exit_system;
}

}  // namespace

int render_command(const Arguments& arguments) { return become_view("render", arguments); }

int view_command(const Arguments& arguments) { return become_view("view", arguments); }

}  // namespace foramen::io
