#include "io/compare/pull_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "io/result_file.hpp"

namespace foramen::io {

namespace {

struct Column {
    const char *key, *title, *unit;
    int digits;
    double PullRow::*value;
};
constexpr std::array<Column, 7> columns{{{"end", "its end", "s", 1, &PullRow::end},
                                         {"idp_lowest", "lowest IDP", "MPa", 3, &PullRow::idp_lowest},
                                         {"height_gained", "height gained", "mm", 3, &PullRow::height_gained},
                                         {"area_opened", "foramen opened", "%", 2, &PullRow::area_opened},
                                         {"root_clearance", "disc to root", "mm", 3, &PullRow::root_clearance},
                                         {"root_free", "root free", "s", 1, &PullRow::root_free},
                                         {"ganglion_free", "ganglion free", "s", 1, &PullRow::ganglion_free}}};
constexpr int width = 16;

}  // namespace

std::vector<PullRow> pull_rows(const std::string& file, const std::string& level, const std::string& side) {
    const ResultFile result(file);
    const ComparedSession session = compared_session(file, level, side);  // checks that it is one
    const std::string foramen = level + " " + side;
    const auto series = [&](const char* name, const std::string& label) {
        for (const SeriesSpec& of_file : result.series())
            if (of_file.name == name) return result.history(name, label);
        return std::vector<double>(session.time.size(), std::numeric_limits<double>::quiet_NaN());
    };
    const std::vector<double> idp = series("idp", level), height = series("disc_height_mid", level), area = series("foramen_area", foramen),
                              clearance = series("root_clearance", foramen), root = series("dose_root_free_time", foramen),
                              ganglion = series("dose_ganglion_free_time", foramen);
    const SessionMoments at = session_moments(result.history("device_force"));
    std::vector<PullRow> rows;
    for (const auto& [begin, end] : pull_cycles(at)) {
        const auto lowest = std::min_element(idp.begin() + static_cast<std::ptrdiff_t>(begin), idp.begin() + static_cast<std::ptrdiff_t>(end) + 1);
        rows.push_back({static_cast<int>(rows.size()) + 1, session.time[end], *lowest, height[end] - height[at.before],
                        100.0 * (area[end] / area[at.before] - 1.0), clearance[end], root[end] - root[begin], ganglion[end] - ganglion[begin]});
    }
    return rows;
}

std::string pull_table(const std::string& file, const std::vector<PullRow>& rows) {
    if (rows.empty()) return fmt::format("\n{}: nothing pulls\n", file);
    std::string out = fmt::format("\n{}, pull by pull\n{:>5}", file, "pull");
    for (const Column& c : columns) out += fmt::format("{:>{}}", c.title, width);
    out += fmt::format("\n{:>5}", "");
    for (const Column& c : columns) out += fmt::format("{:>{}}", c.unit, width);
    out += "\n";
    for (const PullRow& r : rows) {
        out += fmt::format("{:>5}", r.number);
        for (const Column& c : columns) out += fmt::format("{:>{}}", std::isnan(r.*c.value) ? "-" : fmt::format("{:.{}f}", r.*c.value, c.digits), width);
        out += "\n";
    }
    return out;
}

std::string pull_csv(const std::vector<std::string>& files, const std::vector<std::vector<PullRow>>& rows) {
    std::string out = "session,pull";
    for (const Column& c : columns) out += fmt::format(",{} [{}]", c.key, c.unit);
    out += "\n";
    for (std::size_t i = 0; i < files.size(); ++i)
        for (const PullRow& r : rows[i]) {
            out += fmt::format("{},{}", files[i], r.number);
            for (const Column& c : columns) out += std::isnan(r.*c.value) ? "," : fmt::format(",{:.9g}", r.*c.value);
            out += "\n";
        }
    return out;
}

}  // namespace foramen::io
