#include "viz/command_line.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <filesystem>
#include <functional>
#include <map>
#include <string_view>

namespace foramen::viz {
namespace {

/// "12.5 min", "750 s", "750s", "0.5 h" in seconds.
double parse_time(std::string_view option, std::string_view text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    while (unit.starts_with(' ')) unit.remove_prefix(1);
    const double factor = unit == "s" ? 1.0 : unit == "min" ? 60.0 : unit == "h" ? 3600.0 : 0.0;
    if (error != std::errc{} || factor == 0.0 || !std::isfinite(value)) {
        throw UsageError(fmt::format("{} needs a number with its unit (s, min or h), for example \"12.5 min\"; got \"{}\"", option, text));
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

int parse_count(std::string_view option, std::string_view text) {
    int count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || end != text.data() + text.size() || count < 1 || count > 10000) {
        throw UsageError(fmt::format("{} needs a whole number from 1 to 10000; got \"{}\"", option, text));
    }
    return count;
}

View parse_view(std::string_view text) {
    if (const auto view = view_named(text)) return *view;
    std::string names;
    for (const ViewName& v : view_names) names += (names.empty() ? "" : ", ") + std::string(v.name);
    throw UsageError(fmt::format("--view needs one of {}; got \"{}\"", names, text));
}

std::string default_output(const RenderCommand& command) {
    const std::filesystem::path result = command.result;
    const bool plain = command.picture.view == View::session && command.product == Product::picture;
    const std::string suffix = plain ? "" : std::string("-") + name_of(command.picture.view) + (command.product == Product::sheet ? "-sheet" : "");
    return (result.parent_path() / (result.stem().string() + suffix + (command.product == Product::movie ? ".mp4" : ".png"))).string();
}

/// What goes together, and what is left to be chosen.
void complete(RenderCommand& command, bool sized) {
    if (command.result.empty()) throw UsageError("which result? foramen-view render RESULT.h5");
    PictureOptions& picture = command.picture;
    if (command.product != Product::picture && picture.time) throw UsageError("--time goes with a picture; a sheet or a movie has --from and --to");
    if (command.product == Product::picture && (command.span.from || command.span.to)) throw UsageError("--from and --to go with --sheet or --movie");
    if (command.span.from && command.span.to && *command.span.from >= *command.span.to) throw UsageError("--from must be before --to");
    if (command.product == Product::sheet && (picture.view == View::session || picture.view == View::plots)) {
        if (picture.view == View::plots) throw UsageError("a sheet shows the spine; plots already show the whole session");
        picture.view = View::sagittal;
    }
    if (!sized && picture.view == View::plots) picture.size = {2000, 2200};
    if (picture.output.empty()) picture.output = default_output(command);
    const std::string ending = std::filesystem::path(picture.output).extension().string();
    if (command.product == Product::movie && ending != ".mp4" && ending != ".webp") throw UsageError(fmt::format("a movie ends in .mp4 or .webp; got \"{}\"", picture.output));
}

}  // namespace

RenderCommand parse_render(std::span<const char* const> arguments) {
    RenderCommand command;
    bool sized = false;
    std::size_t i = 0;
    const auto value = [&]() -> std::string_view {
        if (i + 1 == arguments.size()) throw UsageError(fmt::format("{} needs a value", arguments[i]));
        return arguments[++i];
    };
    const std::map<std::string_view, std::function<void()>> options{
        {"--output", [&] { command.picture.output = value(); }},
        {"-o", [&] { command.picture.output = value(); }},
        {"--time", [&] { command.picture.time = parse_time("--time", value()); }},
        {"--from", [&] { command.span.from = parse_time("--from", value()); }},
        {"--to", [&] { command.span.to = parse_time("--to", value()); }},
        {"--size", [&] { command.picture.size = parse_size(value()), sized = true; }},
        {"--view", [&] { command.picture.view = parse_view(value()); }},
        {"--level", [&] { command.picture.level = value(); }},
        {"--sheet", [&] { command.product = Product::sheet; }},
        {"--movie", [&] { command.product = Product::movie; }},
        {"--frames", [&] { command.movie.frames = parse_count("--frames", value()); }},
        {"--seconds", [&] { command.movie.seconds = parse_count("--seconds", value()); }},
        {"--quiet", [&] { command.movie.quiet = true; }},
    };
    for (; i < arguments.size(); ++i) {
        const std::string_view word = arguments[i];
        if (const auto option = options.find(word); option != options.end()) {
            option->second();
        } else if (word.starts_with("-")) {
            throw UsageError(fmt::format("unknown option {}", word));
        } else if (command.result.empty()) {
            command.result = word;
        } else {
            throw UsageError(fmt::format("one result at a time: {} and {} were given", command.result, word));
        }
    }
    complete(command, sized);
    return command;
}

std::string help_text() {
    std::string views;
    for (const ViewName& v : view_names) views += fmt::format("    {:<10} {}\n", v.name, v.help);
    return fmt::format(R"(foramen-view: pictures of Foramen results

usage: foramen-view render RESULT.h5 [-o FILE] [--view VIEW] [--sheet | --movie] [more]

Draws one picture (PNG), a contact sheet of one cycle (PNG) or a movie (MP4, animated WebP).

  --view VIEW         what is shown:
{}
  --level DISC        of the views foramen and disc; default L4-L5
  --time TIME         the moment, for example "12.5 min" or 750s; the output time next to it is drawn
                      default: the end of the last hold with the greatest device force
  --sheet             eight moments of the last cycle, or between --from and --to
  --movie             the session over time, or between --from and --to; needs ffmpeg
  --from, --to TIME   what a sheet or a movie shows
  --frames N          pictures of a movie, at most; default 150
  --seconds N         how long the movie plays; default 20
  -o, --output FILE   default: the result's name with the view and .png or .mp4, beside it
  --size WxH          pixels, 800x500 to 8000x8000; default 1600x1000, plots 2000x2200
  --quiet             no progress
  -h, --help          this text

examples: foramen-view render session.h5 -o session.png --time "12 min" --size 1920x1200
          foramen-view render session.h5 --view foramen --level L5-S1
          foramen-view render session.h5 --view disc --movie --from "5 min" --to "7 min" -o pull.webp

Draws on the X display, or on an Xvfb of its own where there is none.
exit status: 0 the picture is written; 2 the command is not understood; 5 a file or the system refused
Research software, not a medical device.
)",
                       views);
}

}  // namespace foramen::viz
