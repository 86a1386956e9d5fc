#pragma once

#include <array>
#include <vector>

#include <vtkRenderWindow.h>

#include "io/result_file.hpp"
#include "viz/charts.hpp"
#include "viz/moment.hpp"

namespace foramen::viz {

/// Charts of every group of observables that a result has, in three columns: discs; foramina, canal and facet joints; ligaments,
/// muscles, body and dose. Published ranges (io::published_ranges) as dashed lines.
[[nodiscard]] std::array<std::vector<ChartSpec>, 3> plot_groups(const io::ResultFile& result, const Moment& moment);

/// Draws them side by side. @param viewport, size  of the whole, parts of the window and pixels of a picture of 1600 x 1000
void draw_plot_groups(const io::ResultFile& result, const Moment& moment, vtkRenderWindow& window, const std::array<double, 4>& viewport,
                      const std::array<double, 2>& size, double scale);

}  // namespace foramen::viz
