#pragma once

// A small result with every kind of cell, field and series, whose values follow from block, field, step and place.

#include <cmath>
#include <string>
#include <vector>

#include "io/result_file.hpp"

namespace foramen::testing {

/// n x n x n hexahedra on a unit grid above height z [mm].
inline io::BlockSpec sample_disc(const std::string& name, float z, int n) {
    io::BlockSpec block;
    block.name = name;
    block.group = "discs";
    for (int k = 0; k <= n; ++k) {
        for (int j = 0; j <= n; ++j) {
            for (int i = 0; i <= n; ++i) {
                block.points.insert(block.points.end(),
                                    {static_cast<float>(i), static_cast<float>(j), z + static_cast<float>(k)});
            }
        }
    }
    const auto node = [n](int i, int j, int k) { return static_cast<std::int64_t>((k * (n + 1) + j) * (n + 1) + i); };
    for (int k = 0; k < n; ++k) {
        for (int j = 0; j < n; ++j) {
            for (int i = 0; i < n; ++i) {
                block.connectivity.insert(block.connectivity.end(), {node(i, j, k), node(i + 1, j, k), node(i + 1, j + 1, k),
                                                                     node(i, j + 1, k), node(i, j, k + 1), node(i + 1, j, k + 1),
                                                                     node(i + 1, j + 1, k + 1), node(i, j + 1, k + 1)});
            }
        }
    }
    block.point_fields = {{"displacement", "mm", "displacement", 3, ""},
                          {"pressure", "MPa", "pressure", 1, "positive in compression, relative to atmosphere"}};
    block.cell_fields = {{"stress", "MPa", "Cauchy stress", 6, "tension positive"},
                         {"fluid_fraction", "1", "fluid volume fraction", 1, ""}};
    std::vector<float> tissue;
    for (int cell = 0; cell < n * n * n; ++cell) {
        tissue.push_back(static_cast<float>(1 + cell % 3));
    }
    block.static_cell_fields = {{{"tissue", "1", "tissue", 1, "1 nucleus, 2 annulus, 3 cartilage end-plate"}, tissue}};
    return block;
}

inline io::BlockSpec sample_surface(const std::string& name, const std::string& group, io::CellType type, std::int64_t corners) {
    io::BlockSpec block;
    block.name = name;
    block.group = group;
    block.cell_type = type;
    block.points = {5, 0, 0, 6, 0, 0, 6, 1, 0, 5, 1, 0};
    for (std::int64_t corner = 0; corner < corners; ++corner) {
        block.connectivity.push_back(corner);
    }
    block.point_fields = {{"displacement", "mm", "displacement", 3, ""}};
    return block;
}

inline std::vector<io::BlockSpec> sample_blocks(int n = 2) {
    std::vector<io::BlockSpec> blocks{sample_disc("L3-L4", 4.0F, n),
                                      sample_disc("L4-L5", 0.0F, n),
                                      sample_surface("L4", "vertebrae", io::CellType::triangle, 3),
                                      sample_surface("ALL", "ligaments", io::CellType::line, 2),
                                      sample_surface("erector spinae", "muscles", io::CellType::line, 2),
                                      sample_surface("facets", "facets", io::CellType::quad, 4)};
    blocks[3].cell_fields = {{"force", "N", "tension", 1, "tension positive"}};
    return blocks;
}

inline std::vector<io::SeriesSpec> sample_series() {
    return {{"device_force", "N", "force of the device", "", "", {}},
            {"idp", "MPa", "intradiscal pressure", "positive in compression", "disc", {"L3-L4", "L4-L5"}},
            {"facet_gap", "mm", "gap of the facet joint", "", "facet", {"L3-L4 left", "L3-L4 right", "L4-L5 left, \"worn\""}}};
}

constexpr std::size_t sample_row_width = 6;

[[nodiscard]] inline double sample_output_time(int step) { return 0.5 * step; }
[[nodiscard]] inline double sample_time(int row) { return 0.1 * row; }

[[nodiscard]] inline float sample_value(std::size_t block, std::size_t field, int step, std::size_t place) {
    return static_cast<float>(std::sin(0.37 * static_cast<double>(place) + 0.11 * step + static_cast<double>(field)) *
                              (1.0 + static_cast<double>(block)));
}

inline std::vector<float> sample_field(std::size_t block, std::size_t field, int step, std::size_t count) {
    std::vector<float> values(count);
    for (std::size_t place = 0; place < count; ++place) {
        values[place] = sample_value(block, field, step, place);
    }
    return values;
}

inline std::size_t sample_cell_count(const io::BlockSpec& block) {
    switch (block.cell_type) {
        case io::CellType::hexahedron:
            return block.connectivity.size() / 8;
        case io::CellType::quad:
            return block.connectivity.size() / 4;
        case io::CellType::triangle:
            return block.connectivity.size() / 3;
        case io::CellType::line:
            break;
    }
    return block.connectivity.size() / 2;
}

inline std::vector<io::BlockFields> sample_fields(const std::vector<io::BlockSpec>& blocks, int step) {
    std::vector<io::BlockFields> fields(blocks.size());
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        std::size_t field = 0;
        for (const io::FieldSpec& spec : blocks[b].point_fields) {
            fields[b].point_fields.push_back(
                sample_field(b, field++, step, blocks[b].points.size() / 3 * static_cast<std::size_t>(spec.components)));
        }
        for (const io::FieldSpec& spec : blocks[b].cell_fields) {
            fields[b].cell_fields.push_back(
                sample_field(b, field++, step, sample_cell_count(blocks[b]) * static_cast<std::size_t>(spec.components)));
        }
    }
    return fields;
}

inline std::vector<double> sample_row(int row) {
    std::vector<double> values(sample_row_width);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = 100.0 * static_cast<double>(i) + row / 3.0;
    }
    return values;
}

/// Appends `steps` output steps with five history rows each, the first of the five at the output time.
inline void append_sample_steps(io::ResultWriter& writer, const std::vector<io::BlockSpec>& blocks, int first, int steps) {
    for (int step = first; step < first + steps; ++step) {
        writer.append_fields(sample_output_time(step), sample_fields(blocks, step));
        for (int row = 5 * step; row < 5 * step + 5; ++row) {
            writer.append_history(sample_time(row), sample_row(row));
        }
    }
}

}  // namespace foramen::testing
