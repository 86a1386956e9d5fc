#pragma once

#include <array>
#include <optional>
#include <string>

namespace foramen::viz {

struct PictureOptions {
    std::string output;                     ///< PNG
    std::optional<double> time;             ///< [s]; none: the end of the last hold at the greatest force
    std::array<int, 2> size{1600, 1000};    ///< width, height [pixel]
};

/// Draws one result as one picture: the spine at one moment on the left, the session's charts on the right.
/// @return the moment drawn [s]
/// @throws io::FileError if the result cannot be read or the picture not be written; SystemError if there is nothing to draw on
double draw_picture(const std::string& result_path, const PictureOptions& options);

}  // namespace foramen::viz
