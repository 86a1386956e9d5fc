#include "viz/command_line.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string_view>

#include "viz/option_values.hpp"
#include "viz/window/window_command.hpp"

namespace foramen::viz {
namespace {

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
    CommandWords words(arguments);
    const auto value = [&] { return words.value(); };
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
    words.read(options, command.result);
    complete(command, sized);
    return command;
}

std::string help_text() {
    std::string views;
    for (const ViewName& v : view_names) views += fmt::format("    {:<10} {}\n", v.name, v.help);
    return fmt::format(R"(foramen-view: pictures of Foramen results, and a window

usage: foramen-view render RESULT.h5 [-o FILE] [--view VIEW] [--sheet | --movie] [more]
       foramen-view view RESULT.h5 [--at TIME] [--colour-by FIELD] [--screenshot FILE] [--size WxH]

render

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

view

{}
examples: foramen-view render session.h5 -o session.png --time "12 min" --size 1920x1200
          foramen-view render session.h5 --view foramen --level L5-S1
          foramen-view render session.h5 --view disc --movie --from "5 min" --to "7 min" -o pull.webp
          foramen-view view session.h5 --colour-by strain

Draws on the X display, or on an Xvfb of its own where there is none.
exit status: 0 done; 2 the command is not understood; 5 a file or the system refused
Research software, not a medical device.
)",
                       views, window_help());
}

}  // namespace foramen::viz
