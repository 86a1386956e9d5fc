#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "io/result_file.hpp"
#include "viz/picture.hpp"
#include "viz/x_display.hpp"

namespace {

using foramen::viz::PictureOptions;

constexpr int done = 0, bad_usage = 2, system_refused = 5;

constexpr const char* help =
    R"(foramen-view: pictures of Foramen results

usage: foramen-view render RESULT.h5 [-o PICTURE.png] [--time TIME] [--size WIDTHxHEIGHT]

Draws one PNG: the left half of the spine at one moment, discs coloured by pressure, and the session's
forces, pressures, foraminal areas and disc heights over time.

  -o, --output FILE   the picture; default: the result's name with .png, beside it
  --time TIME         the moment, for example "12.5 min" or 750s; the output time next to it is drawn
                      default: the end of the last hold with the greatest device force
  --size WxH          pixels, 800x500 to 8000x8000; default 1600x1000
  -h, --help          this text

example: foramen-view render session.h5 -o session.png --time "12 min" --size 1920x1200

Draws on the X display, or on an Xvfb of its own where there is none.
exit status: 0 the picture is written; 2 the command is not understood; 5 a file or the system refused
Research software, not a medical device.
)";

/// What was typed does not make a command.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct RenderCommand {
    std::string result;
    PictureOptions picture;
};

/// "12.5 min", "750 s", "750s", "0.5 h" in seconds.
double parse_time(std::string_view text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    while (unit.starts_with(' ')) unit.remove_prefix(1);
    const double factor = unit == "s" ? 1.0 : unit == "min" ? 60.0 : unit == "h" ? 3600.0 : 0.0;
    if (error != std::errc{} || factor == 0.0 || !std::isfinite(value)) {
        throw UsageError(fmt::format("--time needs a number with its unit (s, min or h), for example \"12.5 min\"; got \"{}\"", text));
    }
    return value * factor;
}

std::array<int, 2> parse_size(std::string_view text) {
    std::array<int, 2> size{};
    const char* last = text.data() + text.size();
    const auto width = std::from_chars(text.data(), last, size[0]);
    const bool crossed = width.ec == std::errc{} && width.ptr != last && *width.ptr == 'x';
    const auto height = crossed ? std::from_chars(width.ptr + 1, last, size[1]) : width;
    const bool complete = crossed && height.ec == std::errc{} && height.ptr == last;
    if (!complete || size[0] < 800 || size[1] < 500 || size[0] > 8000 || size[1] > 8000) {
        throw UsageError(fmt::format("--size needs WIDTHxHEIGHT from 800x500 to 8000x8000, for example 1600x1000; got \"{}\"", text));
    }
    return size;
}

RenderCommand parse_render(std::span<const char* const> arguments) {
    RenderCommand command;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view word = arguments[i];
        const auto value = [&]() -> std::string_view {
            if (i + 1 == arguments.size()) throw UsageError(fmt::format("{} needs a value", word));
            return arguments[++i];
        };
        if (word == "-o" || word == "--output") {
            command.picture.output = value();
        } else if (word == "--time") {
            command.picture.time = parse_time(value());
        } else if (word == "--size") {
            command.picture.size = parse_size(value());
        } else if (word.starts_with("-")) {
            throw UsageError(fmt::format("unknown option {}", word));
        } else if (command.result.empty()) {
            command.result = word;
        } else {
            throw UsageError(fmt::format("one result at a time: {} and {} were given", command.result, word));
        }
    }
    if (command.result.empty()) throw UsageError("which result? foramen-view render RESULT.h5");
    if (command.picture.output.empty()) command.picture.output = std::filesystem::path(command.result).replace_extension(".png").string();
    return command;
}

int run(std::span<const char* const> arguments) {
    for (const std::string_view word : arguments) {
        if (word == "-h" || word == "--help") {
            std::fputs(help, stdout);
            return done;
        }
    }
    if (arguments.empty()) throw UsageError("nothing to do");
    if (std::string_view(arguments[0]) != "render") throw UsageError(fmt::format("unknown command {}", arguments[0]));
    const RenderCommand command = parse_render(arguments.subspan(1));
    const double time = draw_picture(command.result, command.picture);
    std::printf("%s: the spine at %.2f min\n", command.picture.output.c_str(), time / 60.0);
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
