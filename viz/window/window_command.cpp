#include "viz/window/window_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string_view>

#include "viz/option_values.hpp"
#include "viz/window/spine_window.hpp"
#include "viz/x_display.hpp"

namespace foramen::viz {

WindowCommand parse_window(std::span<const char* const> arguments) {
    WindowCommand command;
    CommandWords words(arguments);
    const auto value = [&] { return words.value(); };
    const std::map<std::string_view, std::function<void()>> options{
        {"--at", [&] { command.at = parse_time("--at", value()); }},
        {"--colour-by", [&] { command.colour_by = value(); }},
        {"--screenshot", [&] { command.screenshot = value(); }},
        {"--size", [&] { command.size = parse_size(value()); }},
    };
    words.read(options, command.result);
    if (command.result.empty()) throw UsageError("which result? foramen-view view RESULT.h5");
    if (!command.screenshot.empty() && !command.screenshot.ends_with(".png")) {
        throw UsageError(fmt::format("a screenshot ends in .png; got \"{}\"", command.screenshot));
    }
    return command;
}

std::string window_help() {
    return R"(Opens a window: turn the spine, move or play the time, choose what colours it, click a part for its value.

  --at TIME           the moment at first, for example "12.5 min" or 750s
  --colour-by FIELD   pressure, strain, displacement ...; a wrong one prints those that the result has
  --screenshot FILE   writes what the window shows (PNG) and opens none
  --size WxH          pixels; default 1280x860
)";
}

void open_window(const WindowCommand& command) {
    const bool hidden = !command.screenshot.empty();
    if (!hidden && !XDisplay::given()) {
        throw SystemError("there is no display to open a window on; --screenshot FILE.png writes what it would show, foramen report a page for a browser");
    }
    const XDisplay display;
    SpineWindow window(command.result, command.size, hidden);
    if (command.at) window.show(*command.at);
    if (!command.colour_by.empty()) window.colour_by(command.colour_by);
    if (!hidden) return window.run();
    window.render();
    write_png(window.window(), command.screenshot);
    std::printf("%s: the window at %.2f min\n", command.screenshot.c_str(), window.time() / 60.0);
}

}  // namespace foramen::viz
