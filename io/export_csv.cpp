#include "io/export_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "io/history_writer.hpp"
#include "io/replace_file.hpp"

namespace foramen::io {

namespace {

struct Table {
    std::vector<double> values;
    std::size_t width;
};

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) {
        return text;
    }
    std::string doubled;
    for (const char c : text) {
        doubled += c;
        if (c == '"') {
            doubled += '"';
        }
    }
    return fmt::format("\"{}\"", doubled);
}

std::vector<SeriesSpec> chosen_series(const ResultFile& result, std::span<const std::string> names) {
    if (names.empty()) {
        return result.series();
    }
    std::vector<SeriesSpec> chosen;
    for (const std::string& name : names) {
        const auto& all = result.series();
        const auto found = std::find_if(all.begin(), all.end(), [&](const SeriesSpec& spec) { return spec.name == name; });
        if (found == all.end()) {
            (void)result.history(name);  // throws, with the names that there are
        }
        chosen.push_back(*found);
    }
    return chosen;
}

std::string header(std::span<const SeriesSpec> series) {
    std::string line = "time [s]";
    for (const SeriesSpec& spec : series) {
        if (spec.dimension.empty()) {
            line += fmt::format(",{}", quoted(fmt::format("{} [{}]", spec.name, spec.units)));
        }
        for (const std::string& label : spec.labels) {
            line += fmt::format(",{}", quoted(fmt::format("{}[{}] [{}]", spec.name, label, spec.units)));
        }
    }
    return line;
}

}  // namespace

std::string history_csv(const ResultFile& result, std::span<const std::string> names) {
    const std::vector<SeriesSpec> series = chosen_series(result, names);
    std::vector<Table> tables;
    for (const SeriesSpec& spec : series) {
        tables.push_back({result.history(spec.name), series_width(spec)});
    }
    fmt::memory_buffer out;
    const auto end = std::back_inserter(out);
    fmt::format_to(end, "{}\n", header(series));
    for (std::size_t row = 0; row < result.times().size(); ++row) {
        fmt::format_to(end, "{}", result.times()[row]);
        for (const Table& table : tables) {
            for (std::size_t i = 0; i < table.width; ++i) {
                fmt::format_to(end, ",{}", table.values[row * table.width + i]);
            }
        }
        out.push_back('\n');
    }
    return fmt::to_string(out);
}

void export_history_csv(const ResultFile& result, const std::string& path, std::span<const std::string> names) {
    replace_file(path, history_csv(result, names));
}

}  // namespace foramen::io
