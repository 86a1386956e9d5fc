#include "io/session_charts.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <utility>

namespace foramen::io {
namespace {

using Label = std::function<std::string(const std::string&)>;  // the curve that a label's values go into; empty: none
using Merge = double (*)(double, double);

double add(double a, double b) { return a + b; }
double larger(double a, double b) { return std::max(a, b); }
double smaller(double a, double b) { return std::min(a, b); }

std::string itself(const std::string& label) { return label; }
std::string left_level(const std::string& label) { return label.ends_with(" left") ? label.substr(0, label.size() - 5) : ""; }
std::string level_of(const std::string& label) { return label.substr(0, label.rfind(' ')); }
std::string first_word(const std::string& label) { return label.substr(0, label.find(' ')); }

/// The muscle of a fascicle, by the first letters of data/muscles/fascicles.csv.
std::string muscle_of(const std::string& label) {
    static constexpr std::array<std::pair<std::string_view, const char*>, 9> muscles{{{"Ps", "psoas"},
                                                                                      {"rect", "rectus"},
                                                                                      {"IL", "iliocost."},
                                                                                      {"LT", "longiss."},
                                                                                      {"QL", "quadr."},
                                                                                      {"MF", "multif."},
                                                                                      {"EO", "ext. obl."},
                                                                                      {"IO", "int. obl."},
                                                                                      {"", "others"}}};
    return std::find_if(muscles.begin(), muscles.end(), [&](const auto& m) { return label.starts_with(m.first); })->second;
}

const SeriesSpec* find_series(const ResultFile& result, std::string_view name) {
    const auto found = std::find_if(result.series().begin(), result.series().end(), [&](const SeriesSpec& s) { return s.name == name; });
    return found == result.series().end() ? nullptr : &*found;
}

void merge_into(SessionChart& chart, const std::string& label, const std::vector<double>& values, Merge merge) {
    const auto found = std::find_if(chart.curves.begin(), chart.curves.end(), [&](const ChartCurve& c) { return c.label == label; });
    if (found == chart.curves.end()) {
        chart.curves.push_back({label, values});
        return;
    }
    for (std::size_t i = 0; i < values.size(); ++i) found->values[i] = merge(found->values[i], values[i]);
}

class Charts {
public:
    Charts(const ResultFile& result, const std::vector<PublishedRange>& published) : result_(result), published_(published) {}

    /// A chart of one series.
    void add_series(const char* group, const char* series, const char* title, int digits, const Label& label = itself, Merge merge = add) {
        const SeriesSpec* spec = find_series(result_, series);
        if (spec == nullptr) return;
        SessionChart chart{group, title, spec->units, digits, {}};
        for (const std::string& name : spec->labels) {
            if (const std::string curve = label(name); !curve.empty()) merge_into(chart, curve, result_.history(series, name), merge);
        }
        const auto range = std::find_if(published_.begin(), published_.end(), [&](const PublishedRange& r) { return r.series == series; });
        if (range != published_.end()) chart.published = *range;
        keep(std::move(chart));
    }

    /// A chart of several series of one unit, each with its name and the same label ("" for scalar ones).
    void add_several(const char* group, const char* title, int digits, const std::string& label, std::initializer_list<std::pair<const char*, const char*>> series) {
        SessionChart chart{group, title, "", digits, {}};
        for (const auto& [name, curve] : series) {
            const SeriesSpec* spec = find_series(result_, name);
            const bool known = spec != nullptr && (label.empty() ? spec->labels.empty() : std::find(spec->labels.begin(), spec->labels.end(), label) != spec->labels.end());
            if (!known) continue;
            chart.units = spec->units;
            merge_into(chart, curve, result_.history(name, label), add);
        }
        keep(std::move(chart));
    }

    [[nodiscard]] std::vector<SessionChart> take() { return std::move(charts_); }

private:
    void keep(SessionChart chart) {
        if (!chart.curves.empty()) charts_.push_back(std::move(chart));
    }

    const ResultFile& result_;
    const std::vector<PublishedRange>& published_;
    std::vector<SessionChart> charts_;
};

void add_discs(Charts& charts) {
    charts.add_series("discs", "idp", "Intradiscal pressure", 3);
    charts.add_several("discs", "Pressure of the fluid and osmotic, L4-L5", 3, "L4-L5", {{"idp_fluid", "fluid"}, {"idp_osmotic", "osmotic"}});
    charts.add_series("discs", "disc_height_mid", "Disc height", 2);
    charts.add_series("discs", "posterior_bulge", "Posterior bulge", 2);
    charts.add_series("discs", "fluid_gained", "Water gained", 0);
    charts.add_series("discs", "peak_fibre_strain", "Largest fibre strain", 3);
    charts.add_series("discs", "axial_force_total", "Force through the level", 0);
    charts.add_several("discs", "Who carries it, L4-L5", 0, "L4-L5",
                       {{"axial_force_disc", "disc"}, {"axial_force_ligaments", "ligam."}, {"axial_force_facets", "facets"}, {"axial_force_muscles", "muscles"}});
}

void add_foramina(Charts& charts) {
    charts.add_series("foramina", "foramen_area", "Foraminal area, left", 1, left_level);
    charts.add_series("foramina", "foramen_clearance", "Free beside the ganglion, left", 1, left_level);
    charts.add_series("foramina", "foramen_height", "Foraminal height, left", 2, left_level);
    charts.add_series("foramina", "foramen_width_mid", "Foraminal width, middle, left", 2, left_level);
    charts.add_series("foramina", "foramen_width_inferior", "Foraminal width at the disc, left", 2, left_level);
    charts.add_series("foramina", "canal_depth", "Depth of the canal", 2);
    charts.add_series("foramina", "facet_force", "Facet force, both sides", 1, level_of, add);
    charts.add_series("foramina", "facet_gap", "Facet gap, smaller side", 2, level_of, smaller);
}

void add_body(Charts& charts) {
    charts.add_several("body", "Force of device and table", 0, "", {{"device_force", "device"}, {"pelvis_pull", "pelvis"}, {"harness_loss", "harness"}, {"table_friction_lower", "table"}});
    charts.add_several("body", "Elongation", 1, "", {{"elongation", "T12-S1"}});
    charts.add_several("body", "Lordosis", 1, "", {{"lordosis", "L1-S1"}});
    charts.add_several("body", "Turn of the specimen", 2, "", {{"specimen_flexion", "flexion"}, {"specimen_left_bending", "bending"}, {"specimen_left_rotation", "rotation"}});
    charts.add_series("body", "ligament_force", "Ligament force, sum of levels", 0, first_word, add);
    charts.add_series("body", "ligament_strain", "Ligament strain, largest", 3, first_word, larger);
    charts.add_series("body", "muscle_force", "Muscle force, sum of fascicles", 0, muscle_of, add);
    charts.add_series("body", "muscle_activation", "Muscle activation, largest", 3, muscle_of, larger);
    charts.add_series("body", "dose_low_pressure", "Dose: pressure below rest", 1);
}

}  // namespace

std::vector<SessionChart> session_charts(const ResultFile& result, const std::vector<PublishedRange>& published) {
    Charts charts(result, published);
    add_discs(charts);
    add_foramina(charts);
    add_body(charts);
    return charts.take();
}

}  // namespace foramen::io
