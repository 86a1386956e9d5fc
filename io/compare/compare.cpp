#include "io/compare/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace foramen::io {

const std::vector<ComparedCurve>& compared_curves() {
    static const std::vector<ComparedCurve> curves{{"device_force", "device force", "N", false, false},
                                                   {"axial_force_disc", "force carried by the disc", "N", false, false},
                                                   {"idp", "disc pressure", "MPa", false, false},
                                                   {"disc_height_mid", "disc height, change", "mm", false, true},
                                                   {"foramen_area", "foraminal area, change", "mm2", true, true},
                                                   {"root_clearance", "from the disc to the nerve root", "mm", true, false}};
    return curves;
}

ComparedSession compared_session(const std::string& file, const std::string& level, const std::string& side) {
    const ResultFile result(file);
    ComparedSession s{std::filesystem::path(file).filename().string(), result.provenance("title"), {}, result.times(), {}};
    try {
        s.measures = session_measures(result, level, side);
        for (const ComparedCurve& c : compared_curves()) {
            std::vector<double> values = result.history(c.series, std::string(c.series) == "device_force" ? "" : c.of_foramen ? level + " " + side : level);
            const double first = c.change ? values.front() : 0.0;
            for (double& v : values) v -= first;
            s.curves.push_back(std::move(values));
        }
    } catch (const FileError& e) {
        throw FileError(fmt::format("{}: {}", file, e.what()));
    }
    return s;
}

namespace {

constexpr int title_width = 44, column_width = 18;

/// A file's name, short enough for its column.
std::string column_name(const std::string& file) {
    const std::string stem = std::filesystem::path(file).stem().string();
    return stem.size() < column_width ? stem : stem.substr(0, column_width - 3) + "..";
}

}  // namespace

std::string compare_table(const std::vector<ComparedSession>& sessions, const std::string& level, const std::string& side) {
    std::string out;
    for (std::size_t i = 0; i < sessions.size(); ++i) out += fmt::format("{}: {}\n", column_name(sessions[i].file), sessions[i].title);
    out += fmt::format("\n{:<{}}", level + ", " + side + " side", title_width + 6);
    for (const ComparedSession& s : sessions) out += fmt::format("{:>{}}", column_name(s.file), column_width);
    out += "\n";
    for (std::size_t k = 0; k < sessions.front().measures.size(); ++k) {
        const SessionMeasure& m = sessions.front().measures[k];
        if (std::all_of(sessions.begin(), sessions.end(), [&](const auto& s) { return std::isnan(s.measures[k].value); })) continue;
        out += fmt::format("{:<{}}{:<6}", m.title, title_width, m.unit);
        for (const ComparedSession& s : sessions) {
            const double v = s.measures[k].value;
            out += fmt::format("{:>{}}", std::isnan(v) ? "-" : fmt::format("{:.{}f}", v == 0.0 ? 0.0 : v, m.digits), column_width);
        }
        out += "\n";
    }
    return out + "\nResearch software. Not a medical device; no clinical advice.\n";
}

std::string compare_csv(const std::vector<ComparedSession>& sessions) {
    std::string out = "session";
    for (const SessionMeasure& m : sessions.front().measures) out += m.unit.empty() ? "," + m.key : fmt::format(",{} [{}]", m.key, m.unit);
    out += "\n";
    for (const ComparedSession& s : sessions) {
        out += s.file;
        for (const SessionMeasure& m : s.measures) out += std::isnan(m.value) ? "," : fmt::format(",{:.9g}", m.value);
        out += "\n";
    }
    return out;
}

}  // namespace foramen::io
