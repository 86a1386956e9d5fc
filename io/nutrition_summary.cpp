#include "io/nutrition_summary.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "io/history_table.hpp"

namespace foramen::io {

namespace {

/// Difference that advection makes, over what diffusion alone gives, where it is farthest from 0 [%].
double largest_addition(const HistoryTable& with, const HistoryTable& without, std::size_t column) {
    double largest = 0.0;
    for (std::size_t i = 0; i < with.rows(); ++i) {
        const double added = 100.0 * (with.at(i, column) / without.at(i, column) - 1.0);
        if (std::abs(added) > std::abs(largest)) largest = added;
    }
    return largest;
}

}  // namespace

std::string nutrition_rows(const ResultFile& result, int title_width) {
    const auto& series = result.series();
    if (std::none_of(series.begin(), series.end(), [](const SeriesSpec& s) { return s.name == "oxygen_lowest"; })) return "";
    std::string out;
    const HistoryTable first(result, "oxygen_lowest");
    const auto row = [&](const char* title, const char* unit, int digits, const std::function<double(std::size_t)>& value) {
        out += fmt::format("{:<{}} {:<6}", title, title_width, unit);
        for (std::size_t c = 0; c < first.columns(); ++c) out += fmt::format("{:>{}.{}f}", value(c), c == 0 ? 8 : 9, digits);
        out += "\n";
    };
    const std::size_t end = first.rows() - 1;
    const auto from_start = [&](const char* name, const char* unit, const char* title, int digits) {
        const HistoryTable values(result, name);
        row(title, unit, digits, [&](std::size_t c) { return values.at(0, c); });
        row("  at the end", unit, digits, [&](std::size_t c) { return values.at(end, c); });
    };
    const auto added = [&](const std::string& name) {
        const HistoryTable with(result, name), without(result, name + "_without_advection");
        row("  changed by the session", "%", 2, [&](std::size_t c) { return 100.0 * (with.at(end, c) / with.at(0, c) - 1.0); });
        row("  most that advection adds", "%", 2, [&](std::size_t c) { return largest_addition(with, without, c); });
    };
    from_start("oxygen_lowest", "kPa", "lowest oxygen at rest", 3);
    from_start("glucose_lowest", "mmol/l", "lowest glucose at rest", 3);
    from_start("ph_lowest", "", "lowest pH at rest", 3);
    from_start("oxygen_nucleus", "kPa", "oxygen in the nucleus at rest", 3);
    added("oxygen_nucleus");
    from_start("glucose_nucleus", "mmol/l", "glucose in the nucleus at rest", 3);
    added("glucose_nucleus");
    const HistoryTable starved(result, "starved_share"), acid(result, "acid_share");
    row("nucleus starved or too acid", "%", 1,
        [&](std::size_t c) { return 100.0 * std::max(starved.extreme(0, c, true), acid.extreme(0, c, true)); });
    return out;
}

}  // namespace foramen::io
