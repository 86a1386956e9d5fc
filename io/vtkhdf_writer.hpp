#pragma once

// The group /VTKHDF: VTKHDF 2.1, MultiBlockDataSet, one temporal UnstructuredGrid a block, mesh stored once.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "io/chunk_codec.hpp"
#include "io/hdf5_file.hpp"
#include "io/result_file.hpp"

namespace foramen::io {

[[nodiscard]] std::size_t nodes_per_cell(CellType type);
[[nodiscard]] std::size_t point_count(const BlockSpec& block);
[[nodiscard]] std::size_t cell_count(const BlockSpec& block);

/// Appends output steps; a step counts for a reader only after commit().
class VtkhdfWriter {
public:
    VtkhdfWriter(Hdf5File& file, std::span<const BlockSpec> blocks, int mantissa_bits);

    /// @param time  greater than that of the step before
    void append(double time, std::span<const BlockFields> fields);
    /// Makes the appended steps count (NSteps of every block). The data must have been flushed before.
    void commit();
    [[nodiscard]] const std::vector<double>& times() const { return times_; }

private:
    struct Field {
        Hdf5Dataset values;
        std::size_t rows;
        std::size_t components;
    };
    struct Block {
        Hdf5Group group;
        Hdf5Group steps;
        Hdf5Integer step_count;
        std::vector<Field> point_fields;
        std::vector<Field> cell_fields;
    };

    void make_blocks(Hdf5File& file, std::span<const BlockSpec> blocks);
    void make_step_datasets(Hdf5Group& steps);
    void link_step_datasets(Hdf5Group& steps);
    void make_fields(Block& block, const BlockSpec& spec);
    [[nodiscard]] std::vector<Field> make_fields(Hdf5Group& data, Hdf5Group& offsets, std::span<const FieldSpec> specs,
                                                 std::size_t rows);
    void make_static_field(Hdf5Group& data, Hdf5Group& offsets, const FieldSpec& spec, std::span<const float> values,
                           std::size_t rows);
    [[nodiscard]] Hdf5Dataset& offsets_for(Hdf5Group& offsets, std::size_t rows);
    void append_fields(std::span<const BlockFields> fields);

    int mantissa_bits_;
    Hdf5Group vtkhdf_;
    std::vector<Block> blocks_;
    Hdf5Dataset time_values_;
    Hdf5Dataset part_offsets_;
    Hdf5Dataset part_counts_;
    Hdf5Dataset cell_offsets_;
    std::map<std::size_t, Hdf5Dataset> row_offsets_;  // by rows a step; shared by all fields of that size
    std::vector<double> times_;
};

}  // namespace foramen::io
