#include "io/cli/paraview_command.hpp"

#include <fmt/core.h>

#include <filesystem>

#include "io/paraview_script.hpp"

namespace foramen::io {

int paraview_command(const Arguments& arguments) {
    const std::string& result = arguments.words.front();
    const std::string output = arguments.value("output", std::filesystem::path(result).replace_extension(".py").string());
    const ParaviewFiles files = write_paraview_script(result, output);
    fmt::print("{}\n{}\nparaview --script={}\n", files.script, files.curves, files.script);
    return exit_done;
}

}  // namespace foramen::io
