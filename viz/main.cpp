#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <span>
#include <string_view>

#include "viz/command_line.hpp"
#include "viz/option_values.hpp"
#include "viz/window/window_command.hpp"

namespace {

using namespace foramen::viz;

constexpr int done = 0, bad_usage = 2, system_refused = 5;

int render(std::span<const char* const> arguments) {
    const RenderCommand command = parse_render(arguments);
    const char* const output = command.picture.output.c_str();
    if (command.product == Product::sheet) {
        const auto moments = draw_sheet(command.result, command.picture, command.span);
        std::printf("%s: %zu moments from %.2f to %.2f min\n", output, moments.size(), moments.front().time / 60.0, moments.back().time / 60.0);
    } else if (command.product == Product::movie) {
        const int pictures = draw_movie(command.result, command.picture, command.span, command.movie);
        std::printf("%s: %d pictures\n", output, pictures);
    } else {
        const double time = draw_picture(command.result, command.picture);
        std::printf("%s: the spine at %.2f min\n", output, time / 60.0);
    }
    return done;
}

int run(std::span<const char* const> arguments) {
    for (const std::string_view word : arguments) {
        if (word == "-h" || word == "--help") {
            std::fputs(help_text().c_str(), stdout);
            return done;
        }
    }
    if (arguments.empty()) throw UsageError("nothing to do");
    const std::string_view command = arguments[0];
    if (command == "render") return render(arguments.subspan(1));
    if (command != "view") throw UsageError(fmt::format("unknown command {}", command));
    open_window(parse_window(arguments.subspan(1)));
    return done;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(std::span<const char* const>(argv, static_cast<std::size_t>(argc)).subspan(1));
    } catch (const UsageError& error) {
        std::fprintf(stderr, "foramen-view: %s (foramen-view --help)\n", error.what());
        return bad_usage;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "foramen-view: %s\n", error.what());
        return system_refused;
    }
}
