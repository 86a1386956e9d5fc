#include "io/paraview_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "io/data_folder.hpp"
#include "io/export_csv.hpp"
#include "io/json_text.hpp"
#include "io/replace_file.hpp"
#include "io/result_file.hpp"
#include "io/scene/usual_range.hpp"

namespace foramen::io {
namespace {

namespace fs = std::filesystem;

struct Chart {
    const char *series, *title, *wanted;  ///< labels end in `wanted`
};
constexpr std::array<Chart, 3> charts{{{"device_force", "Force of the device [N]", ""},
                                       {"idp", "Disc pressure [MPa]", ""},
                                       {"foramen_area", "Foraminal area, left [mm2]", " left"}}};

/// Names of blocks by group, as a Python (and JSON) dictionary.
std::string parts_text(const ResultFile& result) {
    std::map<std::string, std::vector<std::string>> groups;
    for (const BlockSpec& block : result.blocks()) groups[block.group].push_back(json_string(block.name));
    JsonObject parts;
    for (const auto& [group, names] : groups) parts.add(group, json_array(names));
    return parts.text();
}

/// The columns of each chart, and the series that they come from.
std::pair<std::string, std::vector<std::string>> charts_text(const ResultFile& result) {
    JsonObject shown;
    std::vector<std::string> names;
    for (const Chart& chart : charts) {
        const auto series = std::find_if(result.series().begin(), result.series().end(), [&](const SeriesSpec& s) { return s.name == chart.series; });
        if (series == result.series().end()) continue;
        std::vector<std::string> columns;
        if (series->labels.empty()) columns.push_back(json_string(fmt::format("{} [{}]", series->name, series->units)));
        for (const std::string& label : series->labels) {
            if (label.ends_with(chart.wanted)) columns.push_back(json_string(fmt::format("{}[{}] [{}]", series->name, label, series->units)));
        }
        shown.add(chart.title, json_array(columns));
        names.push_back(series->name);
    }
    return {shown.text(), names};
}

void fill_in(std::string& script, const std::string& mark, const std::string& text) {
    const std::size_t at = script.find(mark);
    if (at == std::string::npos) throw FileError(fmt::format("paraview/session.py of the data folder has no {}", mark));
    script.replace(at, mark.size(), text);
}

}  // namespace

ParaviewFiles write_paraview_script(const std::string& result_path, const std::string& script_path) {
    const ResultFile result(result_path);
    if (result.field_times().empty()) throw FileError(fmt::format("{}: holds no output time yet", result_path));
    const fs::path pattern = data_folder() / "paraview" / "session.py";
    std::ifstream file(pattern, std::ios::binary);
    if (!file) throw FileError(fmt::format("{}: cannot be read", pattern.string()));
    std::string script{std::istreambuf_iterator<char>(file), {}};
    const ParaviewFiles files{script_path, fs::path(script_path).replace_extension("").string() + "-curves.csv"};
    const auto [shown, series] = charts_text(result);
    const FieldRange pressure = usual_range(result, "discs", "pressure"), strain = usual_range(result, "ligaments", "strain");
    const auto quoted_body = [](const fs::path& path) {
        const std::string text = json_string(fs::absolute(path).string());
        return text.substr(1, text.size() - 2);
    };
    fill_in(script, "@result@", quoted_body(fs::path(result_path).replace_extension("")));
    fill_in(script, "@curves@", quoted_body(files.curves));
    fill_in(script, "@charts@", shown);
    fill_in(script, "@parts@", parts_text(result));
    fill_in(script, "@pressure_low@", fmt::format("{:.4g}", pressure.lowest));
    fill_in(script, "@pressure_high@", fmt::format("{:.4g}", std::max(pressure.highest, pressure.lowest + 1e-3)));
    fill_in(script, "@strain_low@", fmt::format("{:.4g}", std::max(0.0, strain.lowest)));
    fill_in(script, "@strain_high@", fmt::format("{:.4g}", std::max(strain.highest, 0.01)));
    export_history_csv(result, files.curves, series);
    replace_file(script_path, script);
    return files;
}

}  // namespace foramen::io
