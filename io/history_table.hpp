#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "io/result_file.hpp"

namespace foramen::io {

/// Description of a history. @throws FileError for a name that the result has not
[[nodiscard]] const SeriesSpec& series_spec(const ResultFile& result, const std::string& name);

/// One series as rows of its labels; a scalar has one column.
class HistoryTable {
public:
    HistoryTable(const ResultFile& result, const std::string& name);
    [[nodiscard]] double at(std::size_t row, std::size_t column = 0) const { return values_[row * columns_ + column]; }
    [[nodiscard]] std::size_t rows() const { return values_.size() / columns_; }
    [[nodiscard]] std::size_t columns() const { return columns_; }
    /// Smallest or largest value from a row on.
    [[nodiscard]] double extreme(std::size_t from, std::size_t column, bool largest) const;

private:
    std::vector<double> values_;
    std::size_t columns_;
};

/// First lines of a summary: title, status, time, steps. @param of  session, test
[[nodiscard]] std::string run_header(const ResultFile& result, const std::string& of);
/// Its last lines: assumptions, and what this is not.
[[nodiscard]] std::string run_footer(const ResultFile& result);

}  // namespace foramen::io
