#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "viz/moment.hpp"
#include "viz/picture.hpp"

namespace foramen::viz {

/// Which output times a sheet or a movie shows.
struct Span {
    std::optional<double> from, to;  ///< [s]; a sheet's default: one cycle; a movie's: the whole session
};

/// Output times of the last whole cycle of the pull: from one rise of the device's force through the middle between its greatest
/// and its least during the pulls to the next. The whole session where there are no two rises.
[[nodiscard]] std::array<double, 2> last_cycle(const io::ResultFile& result);

/// At most `most` output times between two times, evenly spread, each once.
[[nodiscard]] std::vector<Moment> moments_between(const io::ResultFile& result, double from, double to, int most);

/// A contact sheet: the view at up to eight moments, with time and force under each. @return the moments drawn
std::vector<Moment> draw_sheet(const std::string& result_path, const PictureOptions& options, const Span& span);

struct MovieOptions {
    int frames = 150;       ///< at most; pictures drawn
    double seconds = 20.0;  ///< of the movie
    bool quiet = false;     ///< no progress on stderr
};

/// A movie (.mp4: H.264; .webp: animated) of the view over time, at the session's pace: each picture stays as long as its share
/// of the session. Needs the program ffmpeg. @return the number of pictures drawn
/// @throws SystemError without ffmpeg; io::FileError
int draw_movie(const std::string& result_path, const PictureOptions& options, const Span& span, const MovieOptions& movie);

}  // namespace foramen::viz
