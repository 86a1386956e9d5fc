#include "io/compare/session_measures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "io/history_table.hpp"
#include "io/laboratory_summary.hpp"

namespace foramen::io {

namespace {

constexpr double slack_rope = 1.0;   // N
constexpr double full_pull = 0.95;   // of the largest force
constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Reads one session's series and lists its measures.
class Reader {
public:
    Reader(const ResultFile& result, const std::string& level, const std::string& side)
        : result_(result), level_(level), foramen_(level + " " + side), time_(result.times()),
          at_(session_moments(result.history("device_force"))) {}

    std::vector<SessionMeasure> list() {
        add("largest_force", "largest device force", "N", 0, largest(series("device_force", "")));
        add("pulls", "pulls", "", 0, at_.pulls);
        add("level_force", "force through the level in the last pull", "N", 0, at_hold(series("axial_force_total", level_)));
        add("disc_force", "  carried by the disc", "N", 0, at_hold(series("axial_force_disc", level_)));
        add("muscle_force", "  carried by muscles, more than before", "N", 0, gained(series("axial_force_muscles", level_), at_.hold));
        pressure_and_height();
        nerves();
        add("facet_force", "largest facet force before and in the pull", "N", 1, largest(series("facet_force", foramen_)));
        add("level_flexion", "flexion of the level in the last pull", "deg", 2, at_hold(series("level_flexion", level_)));
        add("peak_fibre_strain", "largest strain of an annulus fibre", "%", 1, 100.0 * largest(series("peak_fibre_strain", level_)));
        add("dose_low_pressure", "pressure below rest, over time", "MPa s", 1, last(series("dose_low_pressure", level_)));
        return measures_;
    }

private:
    void pressure_and_height() {
        const std::vector<double> idp = series("idp", level_), height = series("disc_height_mid", level_), water = series("fluid_content", level_);
        add("idp_before", "disc pressure before", "MPa", 3, idp[at_.before]);
        add("idp_lowest", "  lowest in a pull", "MPa", 3, pulled() ? *std::min_element(idp.begin() + at(at_.before), idp.end()) : none);
        add("idp_hold", "  at the end of the last pull", "MPa", 3, at_hold(idp));
        add("idp_after", "  at the end", "MPa", 3, idp[at_.after]);
        add("height_before", "disc height before", "mm", 2, height[at_.before]);
        add("height_hold", "  gained at the end of the last pull", "mm", 3, gained(height, at_.hold));
        add("height_after", "  kept at the end", "mm", 3, gained(height, at_.after));
        add("height_end", "  disc height at the end", "mm", 3, height[at_.after]);
        add("water_after", "water gained at the end", "mm3", 1, gained(water, at_.after));
        const std::vector<double> area = series("foramen_area", foramen_);
        add("area_before", "foraminal area before", "mm2", 1, area[at_.before]);
        add("area_hold", "  opened at the end of the last pull", "%", 2, 100.0 * gained(area, at_.hold) / area[at_.before]);
        add("area_after", "  kept at the end", "%", 2, 100.0 * gained(area, at_.after) / area[at_.before]);
        add("canal_hold", "depth of the canal, gained in the last pull", "mm", 2, gained(series("canal_depth", level_), at_.hold));
    }

    void nerves() {
        const std::vector<double> protrusion = series("protrusion", level_);
        add("protrusion_before", "protrusion before", "mm", 2, value(protrusion, at_.before));
        add("protrusion_hold", "  change at the end of the last pull", "mm", 2, gained(protrusion, at_.hold));
        add("protrusion_after", "  kept at the end", "mm", 2, gained(protrusion, at_.after));
        const std::vector<double> root = series("root_clearance", foramen_), recess = series("root_recess", foramen_);
        add("root_before", "from the disc to the nerve root before", "mm", 2, value(root, at_.before));
        add("root_hold", "  gained at the end of the last pull", "mm", 2, gained(root, at_.hold));
        add("root_lasts", "  of that lasts to the end", "%", 0, lasts(root));
        add("root_free", "  root free, per pull", "s", 1, free_time_per_pull("dose_root_free_time"));
        add("recess_before", "room for the root in the recess before", "mm", 2, value(recess, at_.before));
        add("recess_hold", "  gained at the end of the last pull", "mm", 2, gained(recess, at_.hold));
        const std::vector<double> gap = series("ganglion_gap", foramen_);
        add("ganglion_before", "room around the ganglion before", "mm", 2, value(gap, at_.before));
        add("ganglion_hold", "  gained at the end of the last pull", "mm", 2, gained(gap, at_.hold));
        add("ganglion_free", "  ganglion free, per pull", "s", 1, free_time_per_pull("dose_ganglion_free_time"));
    }

    static std::ptrdiff_t at(std::size_t i) { return static_cast<std::ptrdiff_t>(i); }
    [[nodiscard]] bool pulled() const { return at_.pulls > 0; }
    void add(const char* key, const char* title, const char* unit, int digits, double value) {
        measures_.push_back({key, title, unit, digits, value});
    }
    /// Empty where the result has no such series or label.
    [[nodiscard]] std::vector<double> series(const std::string& name, const std::string& label) const {
        for (const SeriesSpec& s : result_.series()) {
            if (s.name != name) continue;
            if (label.empty() || std::find(s.labels.begin(), s.labels.end(), label) != s.labels.end()) return result_.history(name, label);
        }
        return {};
    }
    [[nodiscard]] static double value(const std::vector<double>& v, std::size_t i) { return v.empty() ? none : v[i]; }
    [[nodiscard]] static double last(const std::vector<double>& v) { return v.empty() ? none : v.back(); }
    [[nodiscard]] static double largest(const std::vector<double>& v) { return v.empty() ? none : *std::max_element(v.begin(), v.end()); }
    [[nodiscard]] double at_hold(const std::vector<double>& v) const { return pulled() ? value(v, at_.hold) : none; }
    [[nodiscard]] double gained(const std::vector<double>& v, std::size_t i) const {
        return v.empty() || (i == at_.hold && !pulled()) ? none : v[i] - v[at_.before];
    }
    [[nodiscard]] double lasts(const std::vector<double>& v) const { return 100.0 * gained(v, at_.after) / gained(v, at_.hold); }
    [[nodiscard]] double free_time_per_pull(const char* name) const {
        const std::vector<double> v = series(name, foramen_);
        return v.empty() || !pulled() ? none : (v[at_.hold] - v[at_.before]) / at_.pulls;
    }

    const ResultFile& result_;
    std::string level_, foramen_;
    const std::vector<double>& time_;
    SessionMoments at_;
    std::vector<SessionMeasure> measures_;
};

}  // namespace

SessionMoments session_moments(const std::vector<double>& force) {
    SessionMoments m;
    if (force.empty()) return m;
    m.after = force.size() - 1;
    const double peak = *std::max_element(force.begin(), force.end());
    if (peak <= slack_rope) return m;
    while (m.before + 1 < force.size() && force[m.before + 1] <= slack_rope) ++m.before;
    bool pulling = false;
    for (std::size_t i = 0; i < force.size(); ++i) {
        const bool now = force[i] >= full_pull * peak;
        if (now && !pulling) {
            ++m.pulls;
            m.pull_ends.push_back(i);
        }
        if (now && force[i] >= force[m.pull_ends.back()] * (1.0 - 1e-9)) m.pull_ends.back() = i;
        pulling = now;
        if (force[i] >= peak * (1.0 - 1e-9)) m.hold = i;
    }
    return m;
}

std::vector<PullCycle> pull_cycles(const SessionMoments& moments) {
    std::vector<PullCycle> cycles;
    std::size_t begin = moments.before;
    for (const std::size_t end : moments.pull_ends) {
        cycles.push_back({begin, end});
        begin = end;
    }
    return cycles;
}

std::vector<SessionMeasure> session_measures(const ResultFile& result, const std::string& level, const std::string& side) {
    if (result.times().empty()) throw FileError("the result holds no step yet");
    if (is_laboratory(result)) throw FileError("a test in the laboratory; sessions are compared");
    const std::vector<std::string>& labels = series_spec(result, "idp").labels;
    if (std::find(labels.begin(), labels.end(), level) == labels.end()) throw FileError(fmt::format("there is no level {}", level));
    return Reader(result, level, side).list();
}

}  // namespace foramen::io
