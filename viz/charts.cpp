#include "viz/charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <vtkAxis.h>
#include <vtkChartXY.h>
#include <vtkContextActor.h>
#include <vtkContextScene.h>
#include <vtkDoubleArray.h>
#include <vtkNew.h>
#include <vtkPen.h>
#include <vtkPlot.h>
#include <vtkStringArray.h>
#include <vtkTable.h>

#include "viz/page_text.hpp"
#include "viz/ticks.hpp"

namespace foramen::viz {
namespace {

constexpr std::size_t most_points = 2000;  // of one curve; more are not seen at this size
constexpr double legend_width = 132.0, left_margin = 66.0, title_height = 24.0, foot_height = 44.0;  // [pixel] at 1600 x 1000

struct Range {
    double lowest, highest;
};

/// Of all curves, with a twentieth of air.
Range value_range(const ChartSpec& chart) {
    Range range{1e300, -1e300};
    for (const Curve& curve : chart.curves) {
        for (const double value : curve.values) {
            if (!std::isfinite(value)) continue;
            range = {std::min(range.lowest, value), std::max(range.highest, value)};
        }
    }
    if (range.lowest > range.highest) return {0.0, 1.0};
    if (chart.published) range = {std::min(range.lowest, chart.published->low), std::max(range.highest, chart.published->high)};
    if (chart.from_zero && range.lowest >= 0.0) range.lowest = 0.0;
    const double air = std::max(0.06 * (range.highest - range.lowest), 1e-6 * (1.0 + std::abs(range.highest)));
    return {range.lowest == 0.0 ? 0.0 : range.lowest - air, range.highest + air};
}

vtkSmartPointer<vtkDoubleArray> column(const char* name, const std::vector<double>& values) {
    const auto array = vtkSmartPointer<vtkDoubleArray>::New();
    array->SetName(name);
    for (const double value : values) array->InsertNextValue(value);
    return array;
}

/// At most most_points rows of a curve: of each stretch of rows its least and its greatest value, so that no peak is lost.
std::vector<std::size_t> shown_rows(const std::vector<double>& values) {
    std::vector<std::size_t> rows;
    const std::size_t stretch = std::max<std::size_t>(1, 2 * values.size() / most_points);
    for (std::size_t begin = 0; begin < values.size(); begin += stretch) {
        const auto from = values.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto to = values.begin() + static_cast<std::ptrdiff_t>(std::min(begin + stretch, values.size()));
        const auto [least, greatest] = std::minmax_element(from, to);
        const auto a = static_cast<std::size_t>(least - values.begin()), b = static_cast<std::size_t>(greatest - values.begin());
        rows.push_back(std::min(a, b));
        if (a != b) rows.push_back(std::max(a, b));
    }
    return rows;
}

vtkPlot* add_line(vtkChartXY& chart, const std::vector<double>& x, const std::vector<double>& y, const Colour& colour, double width) {
    vtkNew<vtkTable> table;
    table->AddColumn(column("x", x));
    table->AddColumn(column("y", y));
    vtkPlot* plot = chart.AddPlot(vtkChart::LINE);
    plot->SetInputData(table, 0, 1);
    plot->SetColor(colour[0], colour[1], colour[2]);
    plot->SetWidth(static_cast<float>(width));
    return plot;
}

/// Grid lines and ticks at round values; the labels are drawn by add_tick_labels.
void style_axis(vtkAxis& axis, const Range& range, const std::vector<Tick>& ticks) {
    vtkNew<vtkDoubleArray> positions;
    vtkNew<vtkStringArray> labels;
    for (const Tick& tick : ticks) {
        positions->InsertNextValue(tick.at);
        labels->InsertNextValue("");
    }
    axis.SetBehavior(vtkAxis::FIXED);
    axis.SetRange(range.lowest, range.highest);
    axis.SetCustomTickPositions(positions, labels);
    axis.SetTitle("");
    axis.SetLabelsVisible(false);
    axis.GetGridPen()->SetColorF(0.90, 0.90, 0.91);
    axis.GetPen()->SetColorF(0.6, 0.6, 0.62);
}

/// A chart's frame on the page, in pixels of a picture of 1600 x 1000.
struct Frame {
    double left, bottom, width, height;
};

void add_value_labels(const std::vector<Tick>& ticks, const Range& range, const Frame& frame, vtkRenderer& renderer, double scale) {
    for (const Tick& tick : ticks) {
        const double y = frame.bottom + frame.height * (tick.at - range.lowest) / (range.highest - range.lowest);
        add_page_text(renderer, tick.label, frame.left - 9.0, y - 5.0, {13.0, colours::ink, false, Anchor::right}, scale);
    }
}

void add_time_labels(const std::vector<Tick>& ticks, const Range& range, const Frame& frame, vtkRenderer& renderer, double scale) {
    for (const Tick& tick : ticks) {
        const double x = frame.left + frame.width * (tick.at - range.lowest) / (range.highest - range.lowest);
        add_page_text(renderer, tick.label, x, frame.bottom - 20.0, {13.0, colours::ink, false, Anchor::middle}, scale);
    }
    add_page_text(renderer, "Time [min]", frame.left + 0.5 * frame.width, 4.0, {14.0, colours::ink, false, Anchor::middle}, scale);
}

/// Names and values at the moment, one line a curve, from the chart's top down.
void add_legend(const ChartSpec& chart, double left, double top, vtkRenderer& renderer, double scale) {
    double y = top - 18.0;
    for (const Curve& curve : chart.curves) {
        add_page_text(renderer, curve.label, left, y, {14.0, curve.colour, true}, scale);
        add_page_text(renderer, fmt::format(fmt::runtime(chart.format), curve.at_moment), left + 66.0, y, {14.0, colours::ink, false}, scale);
        y -= 18.0;
    }
    if (!chart.published) return;
    const Published& range = *chart.published;
    add_page_text(renderer, fmt::format("- -  {} to {}", range.low, range.high), left, y, {13.0, colours::faint_ink, true}, scale);
    add_page_text(renderer, range.what, left, y - 15.0, {10.0, colours::faint_ink, false}, scale);
}

vtkSmartPointer<vtkChartXY> make_chart(const ChartSpec& spec, const std::vector<double>& minutes, const Moment& moment, const Range& range,
                                       const Frame& frame, double scale) {
    const auto chart = vtkSmartPointer<vtkChartXY>::New();
    chart->SetAutoSize(false);
    chart->SetAutoAxes(false);
    chart->SetHiddenAxisBorder(0);
    chart->SetShowLegend(false);
    chart->SetLayoutStrategy(vtkChart::AXES_TO_RECT);
    chart->SetSize(vtkRectf(static_cast<float>(frame.left * scale), static_cast<float>(frame.bottom * scale), static_cast<float>(frame.width * scale),
                            static_cast<float>(frame.height * scale)));
    for (const Curve& curve : spec.curves) {
        std::vector<double> x, y;
        for (const std::size_t row : shown_rows(curve.values)) {
            x.push_back(minutes[row]);
            y.push_back(curve.values[row]);
        }
        add_line(*chart, x, y, curve.colour, std::max(1.6, 2.0 * scale));
    }
    if (spec.published) {
        for (const double limit : {spec.published->low, spec.published->high}) {
            add_line(*chart, {minutes.front(), minutes.back()}, {limit, limit}, colours::faint_ink, std::max(1.2, 1.2 * scale))->GetPen()->SetLineType(vtkPen::DASH_LINE);
        }
    }
    const double now = moment.time / 60.0;
    add_line(*chart, {now, now}, {range.lowest, range.highest}, colours::ink, std::max(1.2, 1.2 * scale));
    return chart;
}

/// Of the time axis [min].
Range time_range(const std::vector<double>& minutes) {
    return {minutes.front(), minutes.back() > minutes.front() ? minutes.back() : minutes.front() + 1.0};
}

}  // namespace

void draw_charts(const std::vector<ChartSpec>& charts, const std::vector<double>& times, const Moment& moment, vtkRenderer& renderer,
                 const std::array<double, 2>& size, double scale) {
    if (charts.empty() || times.empty()) return;
    std::vector<double> minutes(times);
    for (double& time : minutes) time /= 60.0;
    const Range span = time_range(minutes);
    const std::vector<Tick> time_ticks = round_ticks(span.lowest, span.highest, size[0] > 600.0 ? 14 : 7);
    vtkNew<vtkContextScene> scene;
    vtkNew<vtkContextActor> actor;
    actor->SetScene(scene);
    scene->SetRenderer(&renderer);
    const double row_height = (size[1] - foot_height) / static_cast<double>(charts.size());
    Frame frame{left_margin, size[1], size[0] - left_margin - legend_width, row_height - title_height - 14.0};
    for (const ChartSpec& spec : charts) {
        frame.bottom -= row_height;
        const Range range = value_range(spec);
        const std::vector<Tick> ticks = round_ticks(range.lowest, range.highest, row_height > 180.0 ? 6 : 4);
        const auto chart = make_chart(spec, minutes, moment, range, frame, scale);
        style_axis(*chart->GetAxis(vtkAxis::LEFT), range, ticks);
        style_axis(*chart->GetAxis(vtkAxis::BOTTOM), span, time_ticks);
        scene->AddItem(chart);
        add_value_labels(ticks, range, frame, renderer, scale);
        add_page_text(renderer, spec.title, frame.left, frame.bottom + frame.height + 6.0, {16.0, colours::ink, true}, scale);
        add_legend(spec, frame.left + frame.width + 14.0, frame.bottom + frame.height, renderer, scale);
    }
    add_time_labels(time_ticks, span, frame, renderer, scale);
    renderer.AddActor(actor);
}

}  // namespace foramen::viz
