#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace foramen::io {

/// What a column must be called and hold. A header cell reads `name [unit]`, or `name` for text.
struct CsvColumn {
    std::string_view name;
    std::string_view unit = "";                             ///< empty: text; "1": a number without unit
    double min = -std::numeric_limits<double>::infinity();  ///< inclusive, in the file's unit
    double max = std::numeric_limits<double>::infinity();
};

/// A strict CSV file: # starts a comment line, the first other line is the header, every column is known and present,
/// no quoting. Everything that is wrong goes into `problems` (file:line: column: reason); what could not be read is zero.
class CsvTable {
public:
    CsvTable(std::filesystem::path path, std::span<const CsvColumn> columns, std::vector<std::string>& problems);

    [[nodiscard]] std::size_t row_count() const { return rows_.size(); }
    /// Whether the column was in the header; if not, what it should have said is not worth a second complaint.
    [[nodiscard]] bool has(std::string_view column) const;
    [[nodiscard]] const std::string& text(std::size_t row, std::string_view column) const;
    /// In internal units: degrees become radians.
    [[nodiscard]] double number(std::size_t row, std::string_view column) const;
    /// NaN for an empty cell.
    [[nodiscard]] double number_or_nan(std::size_t row, std::string_view column) const;
    [[nodiscard]] int whole_number(std::size_t row, std::string_view column) const;
    /// Index in `choices`; reports a word that is none of them.
    [[nodiscard]] std::optional<std::size_t> choice(std::size_t row, std::string_view column,
                                                    std::span<const std::string_view> choices) const;

    /// Rows in the order of `keys`, one each; reports unknown, repeated and missing keys.
    [[nodiscard]] std::vector<std::optional<std::size_t>> rows_by_key(std::string_view column,
                                                                      std::span<const std::string_view> keys) const;

    void report(std::size_t row, std::string_view column, std::string_view reason) const;
    void report(std::string_view reason) const;  ///< about the whole file

private:
    struct Row {
        int line;
        std::vector<std::string> cells;  ///< in the order of columns_
    };
    void read_header(const std::vector<std::string>& cells, int line);
    void read_row(const std::vector<std::string>& cells, int line);
    [[nodiscard]] std::size_t column_index(std::string_view name) const;

    std::filesystem::path path_;
    std::vector<CsvColumn> columns_;
    std::vector<std::optional<std::size_t>> file_column_;  ///< of each of columns_: its place in the file
    std::size_t file_column_count_ = 0;
    std::vector<Row> rows_;
    std::vector<std::string>* problems_;
};

}  // namespace foramen::io
