#include "io/history_table.hpp"

#include <fmt/core.h>

#include <cstdlib>

#include "io/progress.hpp"

namespace foramen::io {

const SeriesSpec& series_spec(const ResultFile& result, const std::string& name) {
    for (const SeriesSpec& s : result.series())
        if (s.name == name) return s;
    throw FileError(fmt::format("the result has no history \"{}\"", name));
}

HistoryTable::HistoryTable(const ResultFile& result, const std::string& name)
    : values_(result.history(name)), columns_(std::max<std::size_t>(1, series_spec(result, name).labels.size())) {}

double HistoryTable::extreme(std::size_t from, std::size_t column, bool largest) const {
    double best = at(from, column);
    for (std::size_t i = from; i < rows(); ++i) best = largest ? std::max(best, at(i, column)) : std::min(best, at(i, column));
    return best;
}

std::string run_header(const ResultFile& result, const std::string& of) {
    const char* status = result.status() == RunStatus::complete ? "complete" : (result.status() == RunStatus::running ? "still running" : "stopped");
    std::string out = result.provenance("title") + "\n";
    out += fmt::format("{}: {} of {} in {} steps", status, duration_text(result.times().back()), of, result.times().size() - 1);
    if (const std::string wall = result.provenance("wall_time"); !wall.empty()) out += fmt::format(", computed in {}", duration_text(std::atof(wall.c_str())));
    return out;
}

std::string run_footer(const ResultFile& result) {
    const std::string assumptions = result.provenance("assumptions");
    std::string out;
    if (!assumptions.empty()) out += "\nassumed:\n" + assumptions + "\n";
    return out + "\nResearch software. Not a medical device; no clinical advice.\n";
}

}  // namespace foramen::io
