#include "io/csv_table.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <set>

#include "engine/core/contract.hpp"
#include "engine/core/units.hpp"

namespace foramen::io {
namespace {

std::vector<std::string> split(std::string_view line) {
    std::vector<std::string> cells;
    std::size_t start = 0;
    for (std::size_t comma = line.find(','); comma != std::string_view::npos; comma = line.find(',', start)) {
        cells.emplace_back(line.substr(start, comma - start));
        start = comma + 1;
    }
    cells.emplace_back(line.substr(start));
    return cells;
}

std::string heading(const CsvColumn& column) {
    return column.unit.empty() ? std::string(column.name) : fmt::format("{} [{}]", column.name, column.unit);
}

double internal_factor(std::string_view unit) { return unit == "deg" ? degree : 1.0; }

std::string unit_words(std::string_view unit) { return unit == "1" ? "" : fmt::format(" in {}", unit); }

std::string join(std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) text += fmt::format("{}\"{}\"", text.empty() ? "" : ", ", word);
    return text;
}

}  // namespace

CsvTable::CsvTable(std::filesystem::path path, std::span<const CsvColumn> columns, std::vector<std::string>& problems)
    : path_(std::move(path)), columns_(columns.begin(), columns.end()), problems_(&problems) {
    std::ifstream file(path_);
    if (!file) {
        report("cannot be opened");
        return;
    }
    bool has_header = false;
    int line_number = 0;
    for (std::string line; std::getline(file, line);) {
        ++line_number;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty() || line.front() == '#') continue;
        if (has_header) {
            read_row(split(line), line_number);
        } else {
            read_header(split(line), line_number);
            has_header = true;
        }
    }
    if (!has_header) report("holds no header line");
}

void CsvTable::read_header(const std::vector<std::string>& cells, int line) {
    file_column_count_ = cells.size();
    std::set<std::string> seen;
    for (const std::string& cell : cells) {
        const bool known = std::any_of(columns_.begin(), columns_.end(), [&](const CsvColumn& c) { return heading(c) == cell; });
        if (!known) problems_->push_back(fmt::format("{}:{}: unknown column \"{}\"", path_.string(), line, cell));
        if (known && !seen.insert(cell).second) {
            problems_->push_back(fmt::format("{}:{}: column \"{}\" is given twice", path_.string(), line, cell));
        }
    }
    for (const CsvColumn& column : columns_) {
        const auto found = std::find(cells.begin(), cells.end(), heading(column));
        if (found == cells.end()) {
            problems_->push_back(fmt::format("{}:{}: column \"{}\" is missing", path_.string(), line, heading(column)));
            file_column_.emplace_back(std::nullopt);
        } else {
            file_column_.emplace_back(static_cast<std::size_t>(found - cells.begin()));
        }
    }
}

void CsvTable::read_row(const std::vector<std::string>& cells, int line) {
    if (cells.size() != file_column_count_) {
        problems_->push_back(fmt::format("{}:{}: expected {} cells as in the header, got {}", path_.string(), line,
                                         file_column_count_, cells.size()));
        return;
    }
    Row row{line, {}};
    for (const std::optional<std::size_t>& place : file_column_) row.cells.push_back(place ? cells[*place] : "");
    rows_.push_back(std::move(row));
}

std::size_t CsvTable::column_index(std::string_view name) const {
    const auto found = std::find_if(columns_.begin(), columns_.end(), [&](const CsvColumn& c) { return c.name == name; });
    FORAMEN_EXPECTS(found != columns_.end(), name);
    return static_cast<std::size_t>(found - columns_.begin());
}

bool CsvTable::has(std::string_view column) const {
    return !file_column_.empty() && file_column_[column_index(column)].has_value();
}

const std::string& CsvTable::text(std::size_t row, std::string_view column) const {
    return rows_[row].cells[column_index(column)];
}

double CsvTable::number(std::size_t row, std::string_view column) const {
    const std::size_t index = column_index(column);
    if (!file_column_[index]) return 0.0;  // the missing column is reported already
    const CsvColumn& wanted = columns_[index];
    const std::string& cell = rows_[row].cells[index];
    double value = 0.0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc() || end != cell.data() + cell.size() || !std::isfinite(value)) {
        report(row, column, fmt::format("expected a number{}, got \"{}\"", unit_words(wanted.unit), cell));
        return 0.0;
    }
    if (value < wanted.min || value > wanted.max) {
        report(row, column, fmt::format("{} is not between {} and {}{}", cell, wanted.min, wanted.max, unit_words(wanted.unit)));
    }
    return value * internal_factor(wanted.unit);
}

double CsvTable::number_or_nan(std::size_t row, std::string_view column) const {
    const std::size_t index = column_index(column);
    if (file_column_[index] && rows_[row].cells[index].empty()) return std::numeric_limits<double>::quiet_NaN();
    return number(row, column);
}

int CsvTable::whole_number(std::size_t row, std::string_view column) const {
    const double value = number(row, column);
    if (value != std::floor(value)) {
        report(row, column, fmt::format("expected a whole number, got \"{}\"", text(row, column)));
    }
    return static_cast<int>(value);
}

std::optional<std::size_t> CsvTable::choice(std::size_t row, std::string_view column,
                                            std::span<const std::string_view> choices) const {
    if (!has(column)) return std::nullopt;
    const auto found = std::find(choices.begin(), choices.end(), text(row, column));
    if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
    report(row, column, fmt::format("expected one of {}, got \"{}\"", join(choices), text(row, column)));
    return std::nullopt;
}

std::vector<std::optional<std::size_t>> CsvTable::rows_by_key(std::string_view column,
                                                              std::span<const std::string_view> keys) const {
    std::vector<std::optional<std::size_t>> rows(keys.size());
    for (std::size_t row = 0; row < row_count(); ++row) {
        const std::optional<std::size_t> key = choice(row, column, keys);
        if (!key) continue;
        if (rows[*key]) {
            report(row, column, fmt::format("\"{}\" has a row already, in line {}", keys[*key], rows_[*rows[*key]].line));
        } else {
            rows[*key] = row;
        }
    }
    for (std::size_t key = 0; key < keys.size(); ++key) {
        if (!rows[key] && has(column)) report(fmt::format("no row for {} \"{}\"", column, keys[key]));
    }
    return rows;
}

void CsvTable::report(std::size_t row, std::string_view column, std::string_view reason) const {
    problems_->push_back(fmt::format("{}:{}: {}: {}", path_.string(), rows_[row].line, column, reason));
}

void CsvTable::report(std::string_view reason) const { problems_->push_back(fmt::format("{}: {}", path_.string(), reason)); }

}  // namespace foramen::io
