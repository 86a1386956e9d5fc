#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/result_file.hpp"

namespace foramen::viz {

/// The output time at which the spine is drawn.
struct Moment {
    int step;     ///< index into ResultFile::field_times()
    double time;  ///< [s]
};

/// The last output time at which the device's force is within 1 % of its greatest: the end of the last hold at full force.
/// The last output time if the file has no device force.
/// @throws io::FileError if the result has no output time yet
[[nodiscard]] Moment greatest_pull(const io::ResultFile& result);

/// The output time next to a given one [s]. @throws io::FileError if the result has no output time yet
[[nodiscard]] Moment nearest_moment(const io::ResultFile& result, double time);

/// Value of a history at a time, linear between its rows; NaN if the file has no such series or label.
[[nodiscard]] double value_at(const io::ResultFile& result, const std::string& series, const std::string& label, double time);

/// Linear between the rows of a curve, constant beyond them; NaN of none.
[[nodiscard]] double interpolate(const std::vector<double>& times, const std::vector<double>& values, double time);

[[nodiscard]] bool has_series(const io::ResultFile& result, std::string_view name);

/// Labels of a series; empty for a scalar one and for one that is not there.
[[nodiscard]] std::vector<std::string> series_labels(const io::ResultFile& result, std::string_view name);

}  // namespace foramen::viz
