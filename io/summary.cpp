#include "io/summary.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>

#include "io/history_table.hpp"
#include "io/laboratory_summary.hpp"
#include "io/nutrition_summary.hpp"

namespace foramen::io {

namespace {

constexpr double slack_rope = 1.0;  // N: below this the device does not pull

/// Moments of a session by which its table is made: indices into the histories.
struct Moments {
    std::size_t before = 0;  ///< last step before the first pull
    std::size_t pull = 0;    ///< last step at the largest force
    std::size_t after = 0;   ///< last step
    bool pulled = false;
};

Moments moments(const std::vector<double>& force) {
    Moments m;
    if (force.empty()) return m;
    m.after = force.size() - 1;
    const double peak = *std::max_element(force.begin(), force.end());
    m.pulled = peak > slack_rope;
    for (std::size_t i = 0; i < force.size(); ++i) {
        if (force[i] > slack_rope) break;
        m.before = i;
    }
    for (std::size_t i = 0; i < force.size(); ++i)
        if (force[i] >= peak * (1.0 - 1e-9)) m.pull = i;
    return m;
}

std::string row(const std::string& title, const std::string& unit, int digits, const std::function<double(std::size_t)>& value) {
    std::string line = fmt::format("{:<38} {:<5}", title, unit);
    for (std::size_t c = 0; c < 5; ++c) line += fmt::format("{:>9.{}f}", value(c), digits);
    return line + "\n";
}

std::string header(const ResultFile& result, const std::vector<double>& force) {
    std::string out = run_header(result, "session");
    out += fmt::format("\nlargest device force {:.1f} N", *std::max_element(force.begin(), force.end()));
    if (const std::string rest = result.provenance("rest"); !rest.empty()) out += "\nlying at rest " + rest;
    if (const std::string why = result.provenance("stopped_because"); !why.empty()) out += "\nstopped: " + why;
    return out + "\n\n";
}

}  // namespace

std::string summarize(const ResultFile& result) {
    if (is_laboratory(result)) return summarize_laboratory(result);
    const std::vector<double> force = result.history("device_force");
    if (force.empty()) return "the result holds no step yet\n";
    const Moments m = moments(force);
    const HistoryTable idp(result, "idp"), height(result, "disc_height_mid"), through(result, "axial_force_total"), disc(result, "axial_force_disc");
    const HistoryTable area(result, "foramen_area"), clearance(result, "foramen_clearance"), facet(result, "facet_force"), water(result, "fluid_content");
    const auto left = [](std::size_t c) { return 2 * c; };
    std::string out = header(result, force);
    out += fmt::format("{:<44}", "");
    for (const std::string& level : series_spec(result, "idp").labels) out += fmt::format("{:>9}", level);
    out += "\n";
    out += row("disc pressure before the pull", "MPa", 3, [&](auto c) { return idp.at(m.before, c); });
    if (m.pulled) {
        out += row("  at the end of the last pull", "MPa", 3, [&](auto c) { return idp.at(m.pull, c); });
        out += row("  lowest", "MPa", 3, [&](auto c) { return idp.extreme(m.before, c, false); });
    }
    out += row("  at the end", "MPa", 3, [&](auto c) { return idp.at(m.after, c); });
    out += row("disc height before", "mm", 2, [&](auto c) { return height.at(m.before, c); });
    if (m.pulled) out += row("  gained at the end of the last pull", "mm", 2, [&](auto c) { return height.at(m.pull, c) - height.at(m.before, c); });
    out += row("  kept at the end", "mm", 2, [&](auto c) { return height.at(m.after, c) - height.at(m.before, c); });
    out += row("water gained by the disc at the end", "mm3", 1, [&](auto c) { return water.at(m.after, c) - water.at(m.before, c); });
    out += row("foraminal area before (left)", "mm2", 1, [&](auto c) { return area.at(m.before, left(c)); });
    if (m.pulled) out += row("  opened at the end of the last pull", "%", 1, [&](auto c) { return 100.0 * (area.at(m.pull, left(c)) / area.at(m.before, left(c)) - 1.0); });
    out += row("  kept at the end", "%", 1, [&](auto c) { return 100.0 * (area.at(m.after, left(c)) / area.at(m.before, left(c)) - 1.0); });
    out += row("clearance of the ganglion before", "mm2", 1, [&](auto c) { return clearance.at(m.before, left(c)); });
    if (m.pulled) {
        out += row("force through the level in that pull", "N", 0, [&](auto c) { return through.at(m.pull, c); });
        out += row("  carried by the disc", "N", 0, [&](auto c) { return disc.at(m.pull, c); });
    }
    out += row("  carried by the disc before", "N", 0, [&](auto c) { return disc.at(m.before, c); });
    out += row("largest facet force (both sides)", "N", 1, [&](auto c) { return std::max(facet.extreme(0, left(c), true), facet.extreme(0, left(c) + 1, true)); });
    return out + nutrition_rows(result, 38) + run_footer(result);
}

}  // namespace foramen::io
