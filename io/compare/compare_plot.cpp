#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "io/compare/compare.hpp"
#include "io/svg_text.hpp"

namespace foramen::io {

namespace {

constexpr double width = 1000.0, panel = 150.0, gap = 34.0, left = 86.0, right = 976.0;  // [pixel]
constexpr const char* ink = "#30343a";
constexpr const char* faint = "#e2e4e8";
/// Okabe and Ito (2008): told apart by colour-blind people.
constexpr std::array<const char*, 7> colours{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"};
constexpr std::array<const char*, 3> dashes{"", "6 3", "2 2"};

struct Range {
    double low = 1e300, high = -1e300;
    void take(const std::vector<double>& values) {
        for (const double v : values) {
            low = std::min(low, v);
            high = std::max(high, v);
        }
    }
};

/// A step of 1, 2 or 5 times a power of ten, for about `count` ticks.
double tick_step(double span, int count) {
    const double raw = span / count, power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double f : {1.0, 2.0, 5.0})
        if (f * power >= raw) return f * power;
    return 10.0 * power;
}

/// One panel: axis, grid and a line for each session.
class Panel {
public:
    Panel(double top, const Range& time, const Range& values) : top_(top), time_(time), values_(values) {
        if (!(values_.high > values_.low)) values_.high = values_.low + 1.0;
    }
    [[nodiscard]] double x(double t) const { return left + (right - left) * (t - time_.low) / (time_.high - time_.low); }
    [[nodiscard]] double y(double v) const { return top_ + panel * (values_.high - v) / (values_.high - values_.low); }

    [[nodiscard]] std::string frame(const std::string& title, bool last) const {
        std::string out = svg_words(left, top_ - 8.0, "start", ink, title, true);
        const double step = tick_step(values_.high - values_.low, 4), minute = tick_step((time_.high - time_.low) / 60.0, 8);
        for (double v = std::ceil(values_.low / step) * step; v <= values_.high + 1e-9 * step; v += step) {
            out += svg_line(left, y(v), right, y(v), faint, 1.0);
            out += svg_words(left - 8.0, y(v) + 4.0, "end", ink, fmt::format("{:g}", std::abs(v) < 1e-9 * step ? 0.0 : v));
        }
        for (double m = std::ceil(time_.low / 60.0 / minute) * minute; m <= time_.high / 60.0 + 1e-9; m += minute) {
            out += svg_line(x(60.0 * m), top_, x(60.0 * m), top_ + panel, faint, 1.0);
            if (last) out += svg_words(x(60.0 * m), top_ + panel + 16.0, "middle", ink, fmt::format("{:g}", m));
        }
        if (last) out += svg_words(0.5 * (left + right), top_ + panel + 34.0, "middle", ink, "time [min]");
        return out;
    }

    [[nodiscard]] std::string curve(const std::vector<double>& time, const std::vector<double>& values, std::size_t session) const {
        std::string points;
        for (std::size_t i = 0; i < time.size(); ++i) points += fmt::format("{:.1f},{:.2f} ", x(time[i]), y(values[i]));
        return fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.6\" stroke-dasharray=\"{}\"/>\n", points,
                           colours[session % colours.size()], dashes[session / colours.size() % dashes.size()]);
    }

private:
    double top_;
    Range time_, values_;
};

/// The session's title; where another session has the same, or none, its file as well.
std::string legend_name(const std::vector<ComparedSession>& sessions, std::size_t s) {
    const std::string& title = sessions[s].title;
    if (title.empty()) return sessions[s].file;
    const auto alike = std::count_if(sessions.begin(), sessions.end(), [&](const ComparedSession& other) { return other.title == title; });
    return alike == 1 ? title : fmt::format("{} ({})", title, sessions[s].file);
}

}  // namespace

std::string compare_plot(const std::vector<ComparedSession>& sessions, const std::string& level, const std::string& side) {
    const std::vector<ComparedCurve>& curves = compared_curves();
    const double head = 44.0 + 20.0 * static_cast<double>(sessions.size());
    const double height = head + static_cast<double>(curves.size()) * (panel + gap) + 30.0;
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
        "font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
        width, height);
    out += svg_words(left, 24.0, "start", ink, fmt::format("{}, {} side", level, side), true);
    Range time;
    for (std::size_t s = 0; s < sessions.size(); ++s) {
        time.take(sessions[s].time);
        const double y = 44.0 + 20.0 * static_cast<double>(s);
        out += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{2:.1f}\" y2=\"{1:.1f}\" stroke=\"{3}\" stroke-width=\"3\" stroke-dasharray=\"{4}\"/>\n",
                           left, y - 4.0, left + 30.0, colours[s % colours.size()], dashes[s / colours.size() % dashes.size()]);
        out += svg_words(left + 40.0, y, "start", ink, legend_name(sessions, s));
    }
    if (!(time.high > time.low)) time.high = time.low + 1.0;
    for (std::size_t c = 0; c < curves.size(); ++c) {
        Range values;
        for (const ComparedSession& s : sessions) values.take(s.curves[c]);
        const Panel p(head + gap + static_cast<double>(c) * (panel + gap) - 10.0, time, values);
        out += p.frame(fmt::format("{} [{}]", curves[c].title, curves[c].unit), c + 1 == curves.size());
        for (std::size_t s = 0; s < sessions.size(); ++s) out += p.curve(sessions[s].time, sessions[s].curves[c], s);
    }
    return out + "</svg>\n";
}

}  // namespace foramen::io
