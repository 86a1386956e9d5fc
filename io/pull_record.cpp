#include "io/pull_record.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "io/quantity.hpp"

namespace foramen::io {

namespace {
using engine::Dimension;

struct Cell {
    std::string_view text;
    Mark mark;
};

std::vector<Cell> cells(std::string_view line, int file, int number) {
    std::vector<Cell> found;
    std::size_t start = 0;
    while (start <= line.size()) {
        const std::size_t end = std::min(line.find(',', start), line.size());
        std::size_t first = start, last = end;
        while (first < last && line[first] == ' ') ++first;
        while (last > first && (line[last - 1] == ' ' || line[last - 1] == '\r')) --last;
        found.push_back({line.substr(first, last - first),
                         {file, number, static_cast<int>(first), static_cast<int>(std::max<std::size_t>(1, last - first))}});
        start = end + 1;
    }
    return found;
}

struct Column {
    std::size_t index;
    double size;  ///< of its unit
};

/// The column whose header is `name [unit]`.
std::optional<Column> column(const std::vector<Cell>& header, std::string_view name, Dimension dimension,
                             const std::string& field, Diagnostics& diagnostics) {
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::string_view text = header[i].text;
        if (!text.starts_with(name)) continue;
        const std::size_t open = text.find('['), close = text.find(']');
        const std::string_view unit = open == std::string_view::npos || close == std::string_view::npos || close < open
                                          ? ""
                                          : text.substr(open + 1, close - open - 1);
        if (const auto size = unit_size(unit, dimension)) return Column{i, *size};
        diagnostics.error(header[i].mark, field, fmt::format("the column \"{}\" has no unit that is known", text),
                          fmt::format("write {} [{}]; accepted units: {}", name, engine::display_unit(dimension).name,
                                      accepted_units(dimension)));
        return {};
    }
    diagnostics.error(header.front().mark, field, fmt::format("there is no column {}", name),
                      "the first line must be like time [s],force [N]");
    return {};
}

std::optional<double> number(const std::vector<Cell>& row, const Column& c, const Mark& line, const std::string& field,
                             Diagnostics& diagnostics) {
    if (c.index >= row.size()) {
        diagnostics.error(line, field, fmt::format("the line has {} values, needs {}", row.size(), c.index + 1));
        return {};
    }
    const Cell& cell = row[c.index];
    double value = 0.0;
    const auto [end, error] = std::from_chars(cell.text.data(), cell.text.data() + cell.text.size(), value);
    if (error != std::errc{} || end != cell.text.data() + cell.text.size() || !std::isfinite(value)) {
        diagnostics.error(cell.mark, field, fmt::format("expected a number, got \"{}\"", cell.text));
        return {};
    }
    return value * c.size;
}
}  // namespace

engine::MeasuredCurve read_pull_record(int file, const std::string& field, Diagnostics& diagnostics) {
    const std::string_view text = diagnostics.source(file).text;
    std::optional<Column> time, force;
    engine::MeasuredCurve curve;
    std::size_t start = 0;
    for (int line_number = 0; start < text.size(); ++line_number) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        const std::string_view line = text.substr(start, end - start);
        start = end + 1;
        if (line.empty() || line == "\r" || line.front() == '#') continue;
        const auto row = cells(line, file, line_number);
        if (!time) {
            time = column(row, "time", Dimension::time, field, diagnostics);
            force = column(row, "force", Dimension::force, field, diagnostics);
            if (!time || !force) return {};
            continue;
        }
        const Mark whole{file, line_number, 0, static_cast<int>(line.size())};
        const auto t = number(row, *time, whole, field, diagnostics);
        const auto f = number(row, *force, whole, field, diagnostics);
        if (!t || !f) return {};
        curve.x.push_back(*t);
        curve.y.push_back(*f);
    }
    if (curve.x.size() < 2) {
        diagnostics.error({file, 0, 0, 1}, field, "the record has fewer than two points");
        return {};
    }
    const double first = curve.x.front();
    for (double& t : curve.x) t -= first;
    return curve;
}

}  // namespace foramen::io
