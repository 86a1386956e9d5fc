#include "viz/charts.hpp"

#include <algorithm>

namespace foramen::viz {
namespace {

constexpr std::string_view left_suffix = " left";

/// One curve a label, coloured from cranial to caudal.
ChartSpec level_chart(const io::ResultFile& result, const Moment& moment, const std::string& series, std::string title, const char* format,
                      bool left_only) {
    ChartSpec chart{std::move(title), format, {}};
    int level = 0;
    for (const std::string& label : series_labels(result, series)) {
        if (left_only && !label.ends_with(left_suffix)) continue;
        const std::string name = left_only ? label.substr(0, label.size() - left_suffix.size()) : label;
        chart.curves.push_back({name, level_colour(level++), result.history(series, label), value_at(result, series, label, moment.time)});
    }
    return chart;
}

void add_scalar(const io::ResultFile& result, const Moment& moment, const std::string& series, const char* label, const Colour& colour, ChartSpec& chart) {
    if (!has_series(result, series) || !series_labels(result, series).empty()) return;
    chart.curves.push_back({label, colour, result.history(series, ""), value_at(result, series, "", moment.time)});
}

/// Values relative to the first row.
void subtract_start(ChartSpec& chart) {
    for (Curve& curve : chart.curves) {
        if (curve.values.empty()) continue;
        const double start = curve.values.front();
        for (double& value : curve.values) value -= start;
        curve.at_moment -= start;
    }
}

}  // namespace

std::vector<ChartSpec> session_charts(const io::ResultFile& result, const Moment& moment) {
    ChartSpec force{"Force [N]", "{:.0f}", {}, true};
    add_scalar(result, moment, "device_force", "device", colours::pull, force);
    add_scalar(result, moment, "pelvis_pull", "pelvis", colours::ink, force);
    ChartSpec height = level_chart(result, moment, "disc_height_mid", "Change of disc height [mm]", "{:+.2f}", false);
    subtract_start(height);
    std::vector<ChartSpec> charts{std::move(force), level_chart(result, moment, "idp", "Intradiscal pressure [MPa]", "{:.3f}", false),
                                  level_chart(result, moment, "foramen_area", "Foraminal area, left [mm\xC2\xB2]", "{:.0f}", true), std::move(height)};
    std::erase_if(charts, [](const ChartSpec& chart) { return chart.curves.empty(); });
    return charts;
}

}  // namespace foramen::viz
