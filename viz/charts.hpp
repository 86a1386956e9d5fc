#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <vtkRenderer.h>

#include "io/result_file.hpp"
#include "viz/colours.hpp"
#include "viz/moment.hpp"

namespace foramen::viz {

/// One line of a chart.
struct Curve {
    std::string label;           ///< as in the legend
    Colour colour;
    std::vector<double> values;  ///< at the history's times
    double at_moment;            ///< value at the moment of the picture
};

/// A range from the literature.
struct Published {
    double low, high;
    std::string what;
};

/// One chart over time.
struct ChartSpec {
    std::string title;      ///< quantity and unit
    std::string format;     ///< fmt format of one value in the legend
    std::vector<Curve> curves;
    bool from_zero = false; ///< the axis begins at zero when all values are positive
    std::optional<Published> published{};  ///< shown by two dashed lines
};

/// The charts that a result has data for: forces, pressure of each disc, area of each left foramen, change of disc height.
[[nodiscard]] std::vector<ChartSpec> session_charts(const io::ResultFile& result, const Moment& moment);

/// Draws charts one below the other over a common time axis in minutes, the moment marked by a vertical line, names and
/// values at the moment to the right.
/// @param size   of the renderer's viewport, in pixels of a picture of 1600 x 1000
/// @param scale  of texts, widths and lengths; 1 for a picture of 1600 x 1000
void draw_charts(const std::vector<ChartSpec>& charts, const std::vector<double>& times, const Moment& moment, vtkRenderer& renderer,
                 const std::array<double, 2>& size, double scale);

}  // namespace foramen::viz
