#include "viz/plot_groups.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include <vtkNew.h>

#include "io/published_ranges.hpp"

namespace foramen::viz {
namespace {

using Label = std::function<std::string(const std::string&)>;  // the curve that a label's values go into; empty: none
using Merge = double (*)(double, double);

double add(double a, double b) { return a + b; }
double larger(double a, double b) { return std::max(a, b); }
double smaller(double a, double b) { return std::min(a, b); }

std::string itself(const std::string& label) { return label; }
std::string left_level(const std::string& label) { return label.ends_with(" left") ? label.substr(0, label.size() - 5) : ""; }
std::string level_of(const std::string& label) { return label.substr(0, label.rfind(' ')); }
std::string first_word(const std::string& label) { return label.substr(0, label.find_first_of(" _")); }

/// Adds the fascicles of one muscle up under the muscle's name.
std::string muscle_of(const std::string& label) {
    static constexpr std::array<std::pair<std::string_view, const char*>, 9> muscles{
        {{"Ps", "psoas"}, {"rect", "rectus"}, {"IL", "iliocost."}, {"LT", "longiss."}, {"QL", "quadr."}, {"MF", "multif."}, {"EO", "ext. obl."}, {"IO", "int. obl."}, {"", "others"}}};
    return std::find_if(muscles.begin(), muscles.end(), [&](const auto& m) { return label.starts_with(m.first); })->second;
}

class Charts {
public:
    Charts(const io::ResultFile& result, const Moment& moment) : result_(result), moment_(moment), ranges_(io::published_ranges()) {}

    /// A chart of one series; values of labels that go into the same curve are merged.
    ChartSpec of(const std::string& series, std::string title, const char* format, const Label& label = itself, Merge merge = add) const {
        ChartSpec chart{std::move(title), format, {}};
        if (!has_series(result_, series)) return chart;
        for (const std::string& name : series_labels(result_, series)) {
            const std::string curve = label(name);
            if (!curve.empty()) merge_into(chart, curve, result_.history(series, name), value_at(result_, series, name, moment_.time), merge);
        }
        for (const io::PublishedRange& range : ranges_) {
            if (range.series == series) chart.published = Published{range.low, range.high, range.what};
        }
        return chart;
    }

    /// A chart of several series, each with its name and one label ("" for a scalar one).
    ChartSpec of_scalars(std::string title, const char* format, const std::string& label, const std::vector<std::pair<const char*, const char*>>& series) const {
        ChartSpec chart{std::move(title), format, {}};
        for (const auto& [name, curve] : series) {
            if (std::isnan(value_at(result_, name, label, moment_.time))) continue;
            merge_into(chart, curve, result_.history(name, label), value_at(result_, name, label, moment_.time), add);
        }
        return chart;
    }

private:
    static void merge_into(ChartSpec& chart, const std::string& name, const std::vector<double>& values, double now, Merge merge) {
        const auto found = std::find_if(chart.curves.begin(), chart.curves.end(), [&](const Curve& c) { return c.label == name; });
        if (found == chart.curves.end()) {
            chart.curves.push_back({name, level_colour(static_cast<int>(chart.curves.size())), values, now});
            return;
        }
        for (std::size_t i = 0; i < values.size(); ++i) found->values[i] = merge(found->values[i], values[i]);
        found->at_moment = merge(found->at_moment, now);
    }

    const io::ResultFile& result_;
    const Moment& moment_;
    std::vector<io::PublishedRange> ranges_;
};

std::vector<ChartSpec> disc_charts(const Charts& charts) {
    return {charts.of("idp", "Intradiscal pressure [MPa]", "{:.3f}"),
            charts.of_scalars("Its parts, L4-L5 [MPa]", "{:.3f}", "L4-L5", {{"idp_fluid", "fluid"}, {"idp_osmotic", "osmotic"}}),
            charts.of("disc_height_mid", "Disc height [mm]", "{:.2f}"),
            charts.of("posterior_bulge", "Posterior bulge [mm]", "{:.2f}"),
            charts.of("fluid_gained", "Water gained [mm\xC2\xB3]", "{:.0f}"),
            charts.of("peak_fibre_strain", "Largest fibre strain [1]", "{:.3f}"),
            charts.of("axial_force_total", "Force through the level [N]", "{:.0f}"),
            charts.of_scalars("Who carries it, L4-L5 [N]", "{:.0f}", "L4-L5",
                              {{"axial_force_disc", "disc"}, {"axial_force_ligaments", "ligam."}, {"axial_force_facets", "facets"}, {"axial_force_muscles", "muscles"}})};
}

std::vector<ChartSpec> foramen_charts(const Charts& charts) {
    return {charts.of("foramen_area", "Foraminal area, left [mm\xC2\xB2]", "{:.0f}", left_level),
            charts.of("foramen_clearance", "Free beside the ganglion, left [mm\xC2\xB2]", "{:.0f}", left_level),
            charts.of("foramen_height", "Foraminal height, left [mm]", "{:.1f}", left_level),
            charts.of("foramen_width_mid", "Foraminal width, middle, left [mm]", "{:.1f}", left_level),
            charts.of("foramen_width_inferior", "Foraminal width at the disc, left [mm]", "{:.1f}", left_level),
            charts.of("canal_depth", "Depth of the canal [mm]", "{:.1f}"),
            charts.of("facet_force", "Facet force, both sides [N]", "{:.0f}", level_of, add),
            charts.of("facet_gap", "Facet gap, smaller side [mm]", "{:.2f}", level_of, smaller)};
}

std::vector<ChartSpec> body_charts(const Charts& charts) {
    return {charts.of_scalars("Force of device and table [N]", "{:.0f}", "",
                              {{"device_force", "device"}, {"pelvis_pull", "pelvis"}, {"harness_loss", "harness"}, {"table_friction_lower", "table"}}),
            charts.of_scalars("Elongation [mm]", "{:.1f}", "", {{"elongation", "T12-S1"}}),
            charts.of_scalars("Lordosis [degree]", "{:.1f}", "", {{"lordosis", "L1-S1"}}),
            charts.of("ligament_force", "Ligament force, sum of levels [N]", "{:.0f}", first_word, add),
            charts.of("ligament_strain", "Ligament strain, largest [1]", "{:.3f}", first_word, larger),
            charts.of("muscle_force", "Muscle force, sum of fascicles [N]", "{:.0f}", muscle_of, add),
            charts.of("muscle_activation", "Muscle activation, largest [1]", "{:.3f}", muscle_of, larger),
            charts.of("dose_low_pressure", "Dose: pressure below rest [MPa s]", "{:.0f}")};
}

}  // namespace

std::array<std::vector<ChartSpec>, 3> plot_groups(const io::ResultFile& result, const Moment& moment) {
    const Charts charts(result, moment);
    std::array<std::vector<ChartSpec>, 3> columns{disc_charts(charts), foramen_charts(charts), body_charts(charts)};
    for (auto& column : columns) {
        std::erase_if(column, [](const ChartSpec& chart) { return chart.curves.empty(); });
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
