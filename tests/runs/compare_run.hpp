#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "io/result_file.hpp"
#include "tests/support/sample_result.hpp"

namespace foramen::testing {

/// What a writer reports after a commit.
struct Committed {
    int steps;
    int rows;
};

inline void check_step(const io::ResultFile& result, const std::vector<io::BlockSpec>& blocks, int step) {
    const auto expected = sample_fields(blocks, step);
    CHECK(result.field_times()[static_cast<std::size_t>(step)] == sample_output_time(step));
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        for (std::size_t i = 0; i < blocks[b].point_fields.size(); ++i) {
            const auto values = result.point_field(blocks[b].name, blocks[b].point_fields[i].name, step);
            CHECK(values == expected[b].point_fields[i]);
        }
        for (std::size_t i = 0; i < blocks[b].cell_fields.size(); ++i) {
            const auto values = result.cell_field(blocks[b].name, blocks[b].cell_fields[i].name, step);
            CHECK(values == expected[b].cell_fields[i]);
        }
    }
}

inline void check_histories(const io::ResultFile& result) {
    const std::size_t rows = result.times().size();
    std::vector<std::vector<double>> tables;
    for (const io::SeriesSpec& series : result.series()) {
        tables.push_back(result.history(series.name));
        REQUIRE(tables.back().size() == rows * std::max<std::size_t>(1, series.labels.size()));
    }
    for (std::size_t row = 0; row < rows; ++row) {
        std::vector<double> values;
        for (const auto& table : tables) {
            const auto width = static_cast<std::ptrdiff_t>(table.size() / rows);
            const auto begin = table.begin() + static_cast<std::ptrdiff_t>(row) * width;
            values.insert(values.end(), begin, begin + width);
        }
        CHECK(result.times()[row] == sample_time(static_cast<int>(row)));
        CHECK(values == sample_row(static_cast<int>(row)));
    }
}

}  // namespace foramen::testing
