#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>

namespace foramen::viz {

struct WindowCommand {
    std::string result;
    std::optional<double> at;          ///< [s]; none: the end of the last hold at the greatest force
    std::string colour_by = "";        ///< a field; empty: pressure of the discs
    std::string screenshot = "";       ///< PNG in place of a window
    std::array<int, 2> size{1280, 860};  ///< [pixel]
};

/// The words after "view". @throws UsageError
[[nodiscard]] WindowCommand parse_window(std::span<const char* const> arguments);

/// What foramen-view prints about it.
[[nodiscard]] std::string window_help();

/// Opens a window until the user closes it, or writes what it would show.
/// @throws UsageError, io::FileError; SystemError if there is no display for a window
void open_window(const WindowCommand& command);

}  // namespace foramen::viz
