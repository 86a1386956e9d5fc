#include "io/validation/validation_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/svg_text.hpp"
#include "io/validation/validation_report.hpp"

namespace foramen::io {

namespace {

constexpr double row_height = 20.0, head_height = 26.0, top = 66.0, width = 1040.0;  // [pixel]
constexpr double left = 330.0, right = 730.0, largest_ratio = 2.0;                   // the axis: 0 to twice the published centre
constexpr const char* ink = "#30343a";
constexpr const char* faint = "#d8dade";
constexpr std::array<const char*, 4> colours{"#1b7f5c", "#b07a00", "#c22f2f", "#8a8f98"};  // in the order of Met

double x_of(double ratio) { return left + (right - left) * std::clamp(ratio, 0.0, largest_ratio) / largest_ratio; }

std::string bar(double from, double to, double y, double height, const char* colour) {
    return fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>\n", x_of(from),
                       y - 0.5 * height, std::max(1.0, x_of(to) - x_of(from)), height, colour);
}

/// A dot, or at the end of the axis an arrow that points to where it would be.
std::string mark(double ratio, double y, const char* colour) {
    const double x = x_of(ratio);
    if (ratio >= 0.0 && ratio <= largest_ratio)
        return fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4.5\" fill=\"{}\"/>\n", x, y, colour);
    const double side = ratio < 0.0 ? -1.0 : 1.0;
    return fmt::format("<path d=\"M {:.1f} {:.1f} l {:.1f} -5 v 10 z\" fill=\"{}\"/>\n", x + 6.0 * side, y, -9.0 * side, colour);
}

std::string target_row(const TargetResult& t, double y) {
    const Target& target = *t.target;
    const Target::Band band = target.band();
    const double centre = target.centre();
    std::string text = svg_words(left - 12.0, y + 4.0, "end", ink, target.what);
    text += bar(band.least / centre, band.largest / centre, y, 6.0, "#e3e9f2") +
            bar(band.low / centre, band.high / centre, y, 10.0, "#b9cbe4");
    if (target.median) text += svg_line(x_of(1.0), y - 7.0, x_of(1.0), y + 7.0, ink, 1.5);
    std::string said;
    Met worst = Met::in;
    for (const Ours& o : t.ours) {
        if (o.met != Met::not_computed) text += mark(o.value / centre, y, colours[static_cast<std::size_t>(o.met)]);
        said += (said.empty() ? "" : ", ") + ours_text(o);
        worst = std::max(worst, o.met);
    }
    const char* const colour = colours[static_cast<std::size_t>(worst)];
    text += svg_words(right + 16.0, y + 4.0, "start", colour, fmt::format("{} {}", said, unit_text(target)), worst == Met::missed);
    text += svg_words(right + 118.0, y + 4.0, "start", ink, published_text(target));
    return text + svg_words(width - 12.0, y + 4.0, "end", colour, std::string(met_words[static_cast<std::size_t>(worst)]),
                        worst == Met::missed);
}

double height_of(const Validation& all) {
    double height = top + 20.0;
    for (const TestResult& r : all.tests) height += head_height + row_height * static_cast<double>(r.targets.size());
    return height;
}

std::string frame(const Validation& all, double height) {
    std::string text = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
        "font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
        width, height);
    text += svg_words(12.0, 22.0, "start", ink, "Ours over the published value: " + validation_closing_line(all), true);
    text += svg_words(right + 16.0, top - 26.0, "start", ink, "ours") + svg_words(right + 118.0, top - 26.0, "start", ink, "published");
    for (const double ratio : {0.0, 0.5, 1.0, 1.5, 2.0}) {
        text += svg_line(x_of(ratio), top - 8.0, x_of(ratio), height - 12.0, faint, 1.0);
        text += svg_words(x_of(ratio), top - 14.0, "middle", ink, fmt::format("{:.1f}", ratio));
    }
    return text;
}

}  // namespace

std::string validation_plot(const Validation& all) {
    const double height = height_of(all);
    std::string text = frame(all, height);
    double y = top;
    for (const TestResult& r : all.tests) {
        text += svg_words(12.0, y + 12.0, "start", ink,
                      fmt::format("{} ({})", r.test->title, use_words[static_cast<std::size_t>(r.test->use)]), true);
        y += head_height;
        for (const TargetResult& t : r.targets) {
            text += target_row(t, y);
            y += row_height;
        }
    }
    return text + "</svg>\n";
}

}  // namespace foramen::io
