#include "viz/plot_groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include <vtkNew.h>

#include "io/published_ranges.hpp"
#include "io/session_charts.hpp"

namespace foramen::viz {
namespace {

/// "mm2" as it is printed.
std::string printed(const std::string& units) {
    if (units.ends_with("2")) return units.substr(0, units.size() - 1) + "\xC2\xB2";
    return units.ends_with("3") ? units.substr(0, units.size() - 1) + "\xC2\xB3" : units;
}

ChartSpec spec_of(const io::SessionChart& chart, const std::vector<double>& times, const Moment& moment) {
    ChartSpec spec{fmt::format("{} [{}]", chart.title, printed(chart.units)), fmt::format("{{:.{}f}}", chart.digits), {}};
    for (const io::ChartCurve& curve : chart.curves) {
        spec.curves.push_back({curve.label, level_colour(static_cast<int>(spec.curves.size())), curve.values, interpolate(times, curve.values, moment.time)});
    }
    if (chart.published) spec.published = Published{chart.published->low, chart.published->high, chart.published->what};
    return spec;
}

}  // namespace

std::array<std::vector<ChartSpec>, 3> plot_groups(const io::ResultFile& result, const Moment& moment) {
    constexpr std::array<const char*, 3> groups{"discs", "foramina", "body"};
    std::array<std::vector<ChartSpec>, 3> columns;
    for (const io::SessionChart& chart : io::session_charts(result, io::published_ranges())) {
        const auto column = std::find(groups.begin(), groups.end(), chart.group) - groups.begin();
        columns[static_cast<std::size_t>(column)].push_back(spec_of(chart, result.times(), moment));
    }
    return columns;
}

void draw_plot_groups(const io::ResultFile& result, const Moment& moment, vtkRenderWindow& window, const std::array<double, 4>& viewport,
                      const std::array<double, 2>& size, double scale) {
    const auto columns = plot_groups(result, moment);
    const double width = (viewport[2] - viewport[0]) / static_cast<double>(columns.size());
    for (std::size_t c = 0; c < columns.size(); ++c) {
        vtkNew<vtkRenderer> renderer;
        const double left = viewport[0] + static_cast<double>(c) * width;
        renderer->SetViewport(left, viewport[1], left + width, viewport[3]);
        renderer->SetBackground(colours::paper[0], colours::paper[1], colours::paper[2]);
        window.AddRenderer(renderer);
        draw_charts(columns[c], result.times(), moment, *renderer, {size[0] / static_cast<double>(columns.size()), size[1]}, scale);
    }
}

}  // namespace foramen::viz
