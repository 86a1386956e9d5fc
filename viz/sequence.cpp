#include "viz/sequence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include <vtkRenderer.h>

#include "viz/page_text.hpp"
#include "viz/x_display.hpp"

namespace foramen::viz {
namespace {

constexpr int sheet_columns = 4, sheet_rows = 2;

/// Times at which a curve rises through a level [s].
std::vector<double> rises(const std::vector<double>& times, const std::vector<double>& values, double level) {
    std::vector<double> found;
    for (std::size_t i = 1; i < values.size(); ++i) {
        if (values[i - 1] < level && values[i] >= level) found.push_back(times[i]);
    }
    return found;
}

}  // namespace

std::array<double, 2> last_cycle(const io::ResultFile& result) {
    const std::vector<double>& outputs = result.field_times();
    if (outputs.empty()) throw io::FileError("the result holds no output time yet: nothing to draw");
    const std::array<double, 2> whole{outputs.front(), outputs.back()};
    if (!has_series(result, "device_force") || result.times().empty()) return whole;
    const std::vector<double> force = result.history("device_force", "");
    const double greatest = *std::max_element(force.begin(), force.end());
    const auto first = std::find_if(force.begin(), force.end(), [&](double f) { return f > 0.9 * greatest; });
    const auto last = std::find_if(force.rbegin(), force.rend(), [&](double f) { return f > 0.9 * greatest; }).base();
    if (first >= last) return whole;
    const double least = *std::min_element(first, last);
    const std::vector<double> starts = rises(result.times(), force, 0.5 * (greatest + least));
    if (starts.size() < 2) return whole;
    return {starts[starts.size() - 2], starts.back()};
}

std::vector<Moment> moments_between(const io::ResultFile& result, double from, double to, int most) {
    std::vector<Moment> moments;
    for (int i = 0; i < most; ++i) {
        const Moment moment = nearest_moment(result, from + (to - from) * i / std::max(1, most - 1));
        if (moments.empty() || moment.step > moments.back().step) moments.push_back(moment);
    }
    return moments;
}

std::vector<Moment> draw_sheet(const std::string& result_path, const PictureOptions& options, const Span& span) {
    const Painter painter(result_path, options.view, options.level);
    const auto cycle = last_cycle(painter.result());
    const auto moments = moments_between(painter.result(), span.from.value_or(cycle[0]), span.to.value_or(cycle[1]), sheet_columns * sheet_rows);
    const XDisplay display;
    const auto window = hidden_window(options.size);
    const double scale = std::min(options.size[0] / 1600.0, options.size[1] / 1000.0), height = options.size[1] / scale, head = 46.0 / height;
    vtkNew<vtkRenderer> page;
    page->SetBackground(1.0, 1.0, 1.0);
    window->AddRenderer(page);
    add_page_text(*page, fmt::format("{}   {}, {:.2f} to {:.2f} min", painter.title(), painter.subject(), moments.front().time / 60.0, moments.back().time / 60.0),
                  22.0, height - 32.0, {22.0, colours::ink, true}, scale);
    for (std::size_t i = 0; i < moments.size(); ++i) {
        const double column = static_cast<double>(i % sheet_columns) / sheet_columns, cell = (1.0 - head) / sheet_rows;
        const double top = 1.0 - head - cell * static_cast<double>(i / sheet_columns);
        vtkNew<vtkRenderer> renderer;
        const double caption = 26.0 / height;
        renderer->SetViewport(column, top - cell + caption, column + 1.0 / sheet_columns, top);
        renderer->SetBackground(1.0, 1.0, 1.0);
        window->AddRenderer(renderer);
        painter.paint_scene(*renderer, moments[i], 0.7 * scale, false);
        const double force = value_at(painter.result(), "device_force", "", moments[i].time);
        add_page_text(*page, fmt::format("{:.2f} min   {:.0f} N", moments[i].time / 60.0, force), 14.0 + column * options.size[0] / scale, (top - cell) * height + 8.0,
                      {15.0, colours::ink, true}, scale);
    }
    window->Render();
    write_png(*window, options.output);
    return moments;
}

}  // namespace foramen::viz
