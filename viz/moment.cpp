#include "viz/moment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace foramen::viz {
namespace {

const std::vector<double>& field_times(const io::ResultFile& result) {
    if (result.field_times().empty()) throw io::FileError("the result holds no output time yet: nothing to draw");
    return result.field_times();
}

}  // namespace

double interpolate(const std::vector<double>& times, const std::vector<double>& values, double time) {
    if (times.empty()) return std::numeric_limits<double>::quiet_NaN();
    const auto above = std::lower_bound(times.begin(), times.end(), time);
    if (above == times.begin()) return values.front();
    if (above == times.end()) return values[times.size() - 1];
    const auto i = static_cast<std::size_t>(above - times.begin());
    const double share = (time - times[i - 1]) / (times[i] - times[i - 1]);
    return (1.0 - share) * values[i - 1] + share * values[i];
}

bool has_series(const io::ResultFile& result, std::string_view name) {
    return std::any_of(result.series().begin(), result.series().end(), [&](const auto& s) { return s.name == name; });
}

std::vector<std::string> series_labels(const io::ResultFile& result, std::string_view name) {
    for (const auto& series : result.series()) {
        if (series.name == name) return series.labels;
    }
    return {};
}

double value_at(const io::ResultFile& result, const std::string& series, const std::string& label, double time) {
    const std::vector<std::string> labels = series_labels(result, series);
    const bool known = has_series(result, series) && (label.empty() ? labels.empty() : std::find(labels.begin(), labels.end(), label) != labels.end());
    if (!known) return std::numeric_limits<double>::quiet_NaN();
    return interpolate(result.times(), result.history(series, label), time);
}

Moment nearest_moment(const io::ResultFile& result, double time) {
    const std::vector<double>& times = field_times(result);
    const auto nearest = std::min_element(times.begin(), times.end(), [&](double a, double b) { return std::abs(a - time) < std::abs(b - time); });
    return {static_cast<int>(nearest - times.begin()), *nearest};
}

Moment greatest_pull(const io::ResultFile& result) {
    const std::vector<double>& times = field_times(result);
    const int last = static_cast<int>(times.size()) - 1;
    if (!has_series(result, "device_force") || result.times().empty()) return {last, times[last]};
    const std::vector<double> force = result.history("device_force", "");
    std::vector<double> at_output;
    for (const double time : times) at_output.push_back(interpolate(result.times(), force, time));
    const double greatest = *std::max_element(at_output.begin(), at_output.end());
    for (int step = last; step >= 0; --step) {
        if (at_output[step] >= greatest - 0.01 * std::abs(greatest)) return {step, times[step]};
    }
    return {last, times[last]};
}

}  // namespace foramen::viz
