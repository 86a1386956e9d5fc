#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/study/document.hpp"
#include "scenarios/study/sensitivity.hpp"

namespace foramen::io {

/// How many of the values lie where; those that respond in another colour. NaN is left out.
/// @param marked  an entry a value, or empty
/// @param lines   values to mark by a line across
[[nodiscard]] Figure histogram(const std::vector<double>& values, const std::vector<bool>& marked, const std::string& axis, const std::vector<double>& lines = {});

/// One bar for each estimate, with its interval.
struct BarGroup {
    std::string name;
    std::vector<scenarios::Estimate> estimates;  ///< drawn one below the other, each in its colour
};
[[nodiscard]] Figure interval_bars(const std::vector<BarGroup>& groups, const std::vector<std::string>& legend);

/// A curve against time, straight between its points.
[[nodiscard]] Figure curve(const std::vector<double>& x, const std::vector<double>& y, const std::string& axes);

/// Four digits, for people; "-" for NaN.
[[nodiscard]] std::string short_number(double value);

}  // namespace foramen::io
