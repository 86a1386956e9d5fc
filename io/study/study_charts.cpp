#include "io/study/study_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace foramen::io {

namespace {

constexpr std::string_view ink = "#30343a", faint = "#d8dade", plain = "#9aa3ad", mark = "#0072b2", other = "#d55e00";

using Anchor = Figure::Anchor;

struct Extent {
    double low, high;
    [[nodiscard]] double share(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

Extent extent(const std::vector<double>& values) {
    Extent e{INFINITY, -INFINITY};
    for (const double v : values) {
        if (std::isnan(v)) continue;
        e = {std::min(e.low, v), std::max(e.high, v)};
    }
    if (e.low > e.high) return {0.0, 1.0};
    return e.low == e.high ? Extent{e.low - 0.5, e.high + 0.5} : e;
}

}  // namespace

std::string short_number(double value) { return std::isnan(value) ? "-" : fmt::format("{:.4g}", value); }

Figure histogram(const std::vector<double>& values, const std::vector<bool>& marked, const std::string& axis, const std::vector<double>& lines) {
    constexpr int bins = 24;
    constexpr double left = 46.0, right = 620.0, top = 12.0, bottom = 160.0;
    Figure figure{640.0, 200.0, {}};
    std::vector<double> all = values;
    all.insert(all.end(), lines.begin(), lines.end());
    const Extent e = extent(all);
    std::array<std::array<int, 2>, bins> counts{};
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        const int bin = std::clamp(static_cast<int>(bins * e.share(values[i])), 0, bins - 1);
        ++counts[static_cast<std::size_t>(bin)][i < marked.size() && marked[i] ? 1 : 0];
    }
    int most = 1;
    for (const auto& c : counts) most = std::max(most, c[0] + c[1]);
    const double step = (right - left) / bins, unit = (bottom - top) / most;
    for (std::size_t b = 0; b < bins; ++b) {
        const double x = left + step * static_cast<double>(b), dark = unit * counts[b][1], light = unit * counts[b][0];
        if (counts[b][1] > 0) figure.parts.emplace_back(Figure::Bar{x + 1.0, bottom - dark, step - 2.0, dark, mark});
        if (counts[b][0] > 0) figure.parts.emplace_back(Figure::Bar{x + 1.0, bottom - dark - light, step - 2.0, light, plain});
    }
    figure.parts.emplace_back(Figure::Line{left, bottom, right, bottom, ink});
    for (const double line : lines) figure.parts.emplace_back(Figure::Line{left + (right - left) * e.share(line), top, left + (right - left) * e.share(line), bottom, other, 1.5});
    for (const double share : {0.0, 0.5, 1.0})
        figure.parts.emplace_back(Figure::Words{left + share * (right - left), bottom + 16.0, share == 0.0 ? Anchor::start : share == 1.0 ? Anchor::end : Anchor::middle, short_number(e.low + share * (e.high - e.low))});
    figure.parts.emplace_back(Figure::Words{left - 6.0, top + 8.0, Anchor::end, fmt::format("{}", most)});
    figure.parts.emplace_back(Figure::Words{0.5 * (left + right), bottom + 34.0, Anchor::middle, axis});
    return figure;
}

Figure interval_bars(const std::vector<BarGroup>& groups, const std::vector<std::string>& legend) {
    constexpr double left = 230.0, right = 560.0, top = 24.0, row = 9.0;
    const double group = row * static_cast<double>(legend.size()) + 10.0;
    Figure figure{640.0, top + group * static_cast<double>(groups.size()) + 24.0, {}};
    std::vector<double> all{0.0};
    for (const BarGroup& g : groups)
        for (const scenarios::Estimate& s : g.estimates) all.insert(all.end(), {s.value, s.low, s.high});
    const Extent e = extent(all);
    const auto x_of = [&](double v) { return left + (right - left) * e.share(v); };
    constexpr std::array<std::string_view, 3> colours{mark, other, plain};
    double x = left;
    for (std::size_t k = 0; k < legend.size(); ++k) {
        figure.parts.emplace_back(Figure::Bar{x, 4.0, 10.0, 10.0, colours[k % 3]});
        figure.parts.emplace_back(Figure::Words{x + 14.0, 13.0, Anchor::start, legend[k]});
        x += 24.0 + 7.0 * static_cast<double>(legend[k].size());
    }
    double y = top;
    for (const BarGroup& g : groups) {
        figure.parts.emplace_back(Figure::Words{left - 8.0, y + 0.5 * group, Anchor::end, g.name});
        for (std::size_t k = 0; k < g.estimates.size(); ++k) {
            const scenarios::Estimate& s = g.estimates[k];
            const double middle = y + 5.0 + row * static_cast<double>(k);
            if (std::isnan(s.value)) continue;
            figure.parts.emplace_back(Figure::Bar{x_of(std::min(0.0, s.value)), middle - 3.0, std::max(0.5, std::abs(x_of(s.value) - x_of(0.0))), 6.0, colours[k % 3]});
            if (!std::isnan(s.low)) figure.parts.emplace_back(Figure::Line{x_of(s.low), middle, x_of(s.high), middle, ink, 1.0});
        }
        if (!g.estimates.empty()) figure.parts.emplace_back(Figure::Words{right + 8.0, y + 0.5 * group, Anchor::start, short_number(g.estimates.back().value)});
        y += group;
    }
    figure.parts.emplace_back(Figure::Line{x_of(0.0), top - 4.0, x_of(0.0), y, ink});
    for (const double v : {e.low, e.high}) figure.parts.emplace_back(Figure::Words{x_of(v), y + 14.0, Anchor::middle, short_number(v)});
    return figure;
}

Figure curve(const std::vector<double>& x, const std::vector<double>& y, const std::string& axes) {
    constexpr double left = 46.0, right = 620.0, top = 12.0, bottom = 150.0;
    Figure figure{640.0, 190.0, {}};
    const Extent ex = extent(x), ey = extent(y);
    const auto x_of = [&](std::size_t i) { return left + (right - left) * ex.share(x[i]); };
    const auto y_of = [&](std::size_t i) { return bottom - (bottom - top) * ey.share(y[i]); };
    figure.parts.emplace_back(Figure::Line{left, bottom, right, bottom, ink});
    figure.parts.emplace_back(Figure::Line{left, top, left, bottom, faint});
    for (std::size_t i = 1; i < x.size(); ++i) figure.parts.emplace_back(Figure::Line{x_of(i - 1), y_of(i - 1), x_of(i), y_of(i), mark, 1.5});
    figure.parts.emplace_back(Figure::Words{left - 6.0, top + 8.0, Anchor::end, short_number(ey.high)});
    figure.parts.emplace_back(Figure::Words{left - 6.0, bottom, Anchor::end, short_number(ey.low)});
    figure.parts.emplace_back(Figure::Words{left, bottom + 16.0, Anchor::start, short_number(ex.low)});
    figure.parts.emplace_back(Figure::Words{right, bottom + 16.0, Anchor::end, short_number(ex.high)});
    figure.parts.emplace_back(Figure::Words{0.5 * (left + right), bottom + 32.0, Anchor::middle, axes});
    return figure;
}

}  // namespace foramen::io
