#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace foramen::scenarios {

/// Indices of the points that must stay for every point to lie within `threshold` of the polyline through them, measured
/// along y; the first and the last are among them.
/// Source: Douglas and Peucker (1973), with the vertical distance.
[[nodiscard]] std::vector<std::size_t> polyline_corners(std::span<const double> x, std::span<const double> y, double threshold);

}  // namespace foramen::scenarios
