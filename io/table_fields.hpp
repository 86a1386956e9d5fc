#pragma once

// How the tables of data/ are read: each number of a row struct is listed once, with column, unit, range and member.

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "io/csv_table.hpp"
#include "models/anatomy_tables.hpp"

namespace foramen::io {

using Problems = std::vector<std::string>;

template <class Row>
struct TableField {
    std::string_view name;
    std::string_view unit;
    double min, max;
    double Row::*member;
};

/// The columns of a table: text columns, the fields, and the two that every table ends with.
template <class Row, std::size_t n>
[[nodiscard]] std::vector<CsvColumn> table_columns(std::initializer_list<CsvColumn> first, const TableField<Row> (&fields)[n]) {
    std::vector<CsvColumn> columns(first);
    for (const TableField<Row>& field : fields) columns.push_back({field.name, field.unit, field.min, field.max});
    columns.push_back({"status"});
    columns.push_back({"source"});
    return columns;
}

template <class Row, std::size_t n>
void read_fields(const CsvTable& csv, std::size_t row, const TableField<Row> (&fields)[n], Row& out) {
    for (const TableField<Row>& field : fields) out.*field.member = csv.number(row, field.name);
}

/// A table with one row a key: out[i] is the row of keys[i].
template <class Row, std::size_t n>
void read_keyed_table(const CsvTable& csv, std::string_view key, std::span<const std::string_view> keys,
                      const TableField<Row> (&fields)[n], std::span<Row> out) {
    const auto rows = csv.rows_by_key(key, keys);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (rows[i]) read_fields(csv, *rows[i], fields, out[i]);
    }
}

// Each reads what its name says below the data folder; problems are collected, not thrown.
void read_bone_tables(const std::filesystem::path& data_folder, models::AnatomyTables& tables, Problems& problems);
void read_attachment_tables(const std::filesystem::path& data_folder, models::AnatomyTables& tables, Problems& problems);
void read_material_tables(const std::filesystem::path& data_folder, models::AnatomyTables& tables, Problems& problems);
void read_nutrition_tables(const std::filesystem::path& data_folder, models::AnatomyTables& tables, Problems& problems);

}  // namespace foramen::io
