#include "io/laboratory_summary.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "io/history_table.hpp"
#include "io/nutrition_summary.hpp"

namespace foramen::io {

namespace {

constexpr double newton_metre = 1e3;     // N mm
constexpr double smallest_moment = 1.0;  // N mm: below this a test is not one of this direction
constexpr double smallest_force = 1e-3;  // N
constexpr double reached = 1.0 - 1e-9;

struct Axis {
    const char* name;      ///< of its series
    const char* positive;
    const char* negative;
};
constexpr std::array<Axis, 3> axes{{{"flexion", "flexion", "extension"},
                                    {"left_bending", "bending left", "bending right"},
                                    {"left_rotation", "rotation left", "rotation right"}}};

/// Last step at the largest value of a scalar series times `sign`.
std::size_t last_at_largest(const HistoryTable& table, double sign) {
    double most = 0.0;
    for (std::size_t i = 0; i < table.rows(); ++i) most = std::max(most, sign * table.at(i));
    std::size_t step = 0;
    for (std::size_t i = 0; i < table.rows(); ++i)
        if (sign * table.at(i) >= most * reached) step = i;
    return step;
}

std::string level_row(const std::string& title, const std::string& unit, int digits, const HistoryTable& levels, std::size_t step, double sign = 1.0) {
    std::string line = fmt::format("{:<30} {:<5}", title, unit);
    for (std::size_t c = 0; c < levels.columns(); ++c) line += fmt::format("{:>9.{}f}", sign * levels.at(step, c) + 0.0, digits);
    return line;
}

std::string directions(const ResultFile& result) {
    std::string out;
    const HistoryTable idp(result, "idp");
    for (const Axis& axis : axes) {
        const HistoryTable moment(result, std::string("applied_") + axis.name), level(result, std::string("level_") + axis.name),
            whole(result, std::string("specimen_") + axis.name);
        for (const double sign : {1.0, -1.0}) {
            const std::size_t step = last_at_largest(moment, sign);
            if (sign * moment.at(step) < smallest_moment) continue;
            const std::string title = fmt::format("{} at {:.4g} Nm", sign > 0.0 ? axis.positive : axis.negative, sign * moment.at(step) / newton_metre);
            out += level_row(title, "deg", 2, level, step, sign) + fmt::format("{:>9.2f}\n", sign * whole.at(step));
            out += level_row("  disc pressure", "MPa", 3, idp, step) + "\n";
        }
    }
    return out;
}

/// Shortening, pressure, and water at the largest compression, tension and at the end.
std::string axial(const ResultFile& result) {
    const HistoryTable load(result, "axial_load"), displacement(result, "axial_displacement"), idp(result, "idp"), water(result, "fluid_content");
    std::string out;
    for (const double sign : {-1.0, 1.0}) {
        const std::size_t step = last_at_largest(load, sign);
        if (sign * load.at(step) < smallest_force) continue;
        out += fmt::format("{} {:.1f} N after {:.6g} s: {} {:.3f} mm\n", sign < 0.0 ? "compression" : "tension", sign * load.at(step),
                           result.times()[step], sign < 0.0 ? "shorter by" : "longer by", sign * displacement.at(step));
        out += level_row("  disc pressure", "MPa", 3, idp, step) + "\n";
    }
    if (out.empty()) return out;
    const std::size_t last = load.rows() - 1;
    out += fmt::format("at the end {:.1f} N: shorter by {:.3f} mm\n", -load.at(last) + 0.0, -displacement.at(last) + 0.0);
    out += level_row("  disc pressure", "MPa", 3, idp, last) + "\n";
    std::string line = fmt::format("{:<30} {:<5}", "  water gained", "mm3");
    for (std::size_t c = 0; c < water.columns(); ++c) line += fmt::format("{:>9.1f}", water.at(last, c) - water.at(0, c));
    return out + line + "\n";
}

std::string contacts(const ResultFile& result) {
    const auto known = [&](const char* name) {
        return std::any_of(result.series().begin(), result.series().end(), [&](const SeriesSpec& s) { return s.name == name; });
    };
    if (!known("facet_force")) return "";
    const HistoryTable facet(result, "facet_force");
    std::string line = fmt::format("{:<30} {:<5}", "largest facet force", "N");
    for (std::size_t c = 0; c + 1 < facet.columns(); c += 2) line += fmt::format("{:>9.1f}", std::max(facet.extreme(0, c, true), facet.extreme(0, c + 1, true)));
    return line + "\n";
}

}  // namespace

bool is_laboratory(const ResultFile& result) {
    return std::any_of(result.series().begin(), result.series().end(), [](const SeriesSpec& s) { return s.name == "applied_flexion"; });
}

std::string summarize_laboratory(const ResultFile& result) {
    if (result.times().empty()) return "the result holds no step yet\n";
    std::string out = run_header(result, "test");
    if (const std::string why = result.provenance("stopped_because"); !why.empty()) out += "\nstopped: " + why;
    const HistoryTable follower(result, "follower_load");
    if (const double most = follower.extreme(0, 0, true); most > smallest_force) out += fmt::format("\nlargest follower load {:.1f} N", most);
    out += fmt::format("\n\n{:<36}", "");
    for (const std::string& level : series_spec(result, "idp").labels) out += fmt::format("{:>9}", level);
    out += "    whole\n";
    const HistoryTable idp(result, "idp");
    out += level_row("disc pressure without load", "MPa", 3, idp, 0) + "\n";
    out += directions(result) + axial(result) + contacts(result);
    if (const std::string stiffness = result.provenance("stiffness"); !stiffness.empty()) out += "stiffness at the end " + stiffness + "\n";
    return out + nutrition_rows(result, 30) + run_footer(result);
}

}  // namespace foramen::io
