#include "io/vtkhdf_writer.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "engine/core/contract.hpp"
#include "engine/core/parallel.hpp"

namespace foramen::io {

namespace {

constexpr std::uint64_t step_chunk = 1024;
constexpr const char* tensor_components = "XX YY ZZ XY YZ XZ";
constexpr std::int64_t vtkhdf_version[] = {2, 1};

void set_vtkhdf_type(Hdf5Group& group, const std::string& type) {
    group.set_integers("Version", vtkhdf_version);
    group.set_fixed_text("Type", type, type.size());
}

void expect_valid_field(const FieldSpec& field) {
    FORAMEN_EXPECTS(!field.name.empty() && field.name.find('/') == std::string::npos, field.name);
    FORAMEN_EXPECTS(!field.units.empty() && !field.long_name.empty(), field.name);
    FORAMEN_EXPECTS(field.components == 1 || field.components == 3 || field.components == 6, field.name, field.components);
}

void expect_valid_block(const BlockSpec& block) {
    for (const std::string& name : {block.name, block.group}) {
        FORAMEN_EXPECTS(!name.empty() && name != "." && name != "Assembly" && name.find('/') == std::string::npos, name);
    }
    FORAMEN_EXPECTS(!block.points.empty() && block.points.size() % 3 == 0, block.name, block.points.size());
    FORAMEN_EXPECTS(!block.connectivity.empty() && block.connectivity.size() % nodes_per_cell(block.cell_type) == 0, block.name,
                    block.connectivity.size());
    const auto [lowest, highest] = std::minmax_element(block.connectivity.begin(), block.connectivity.end());
    FORAMEN_EXPECTS(*lowest >= 0 && *highest < static_cast<std::int64_t>(point_count(block)), block.name, *lowest, *highest);
    std::for_each(block.point_fields.begin(), block.point_fields.end(), expect_valid_field);
    std::for_each(block.cell_fields.begin(), block.cell_fields.end(), expect_valid_field);
    for (const auto& [field, values] : block.static_cell_fields) {
        expect_valid_field(field);
        FORAMEN_EXPECTS(values.size() == cell_count(block) * static_cast<std::size_t>(field.components), block.name, field.name,
                        values.size());
    }
}

void write_integers(Hdf5Group& group, const std::string& name, std::span<const std::int64_t> values,
                    const Description& description) {
    Hdf5Dataset dataset = group.make_dataset(name, {.type = NumberType::int64, .extent = {values.size()}});
    dataset.write(values);
    dataset.describe(description);
}

void write_count(Hdf5Group& group, const std::string& name, std::size_t count, const std::string& long_name) {
    const auto value = static_cast<std::int64_t>(count);
    write_integers(group, name, std::span(&value, 1), {"1", long_name});
}

void write_mesh(Hdf5Group& group, const BlockSpec& block) {
    const std::size_t points = point_count(block);
    const std::size_t cells = cell_count(block);
    Hdf5Dataset positions = group.make_dataset("Points", {.type = NumberType::float32, .extent = {points, 3}});
    positions.write(std::span<const float>(block.points));
    positions.describe({"mm", "node positions in the reference configuration"});

    write_integers(group, "Connectivity", block.connectivity, {"1", "nodes of the cells, one cell after another"});
    std::vector<std::int64_t> offsets(cells + 1);
    for (std::size_t i = 0; i <= cells; ++i) {
        offsets[i] = static_cast<std::int64_t>(i * nodes_per_cell(block.cell_type));
    }
    write_integers(group, "Offsets", offsets, {"1", "start of each cell in Connectivity"});

    const std::vector<std::uint8_t> types(cells, static_cast<std::uint8_t>(block.cell_type));
    Hdf5Dataset type_codes = group.make_dataset("Types", {.type = NumberType::uint8, .extent = {cells}});
    type_codes.write(std::span<const std::uint8_t>(types));
    type_codes.describe({"1", "VTK cell type"});

    write_count(group, "NumberOfPoints", points, "number of points");
    write_count(group, "NumberOfCells", cells, "number of cells");
    write_count(group, "NumberOfConnectivityIds", block.connectivity.size(), "length of Connectivity");
}

void write_assembly(Hdf5Group& vtkhdf, std::span<const BlockSpec> blocks) {
    Hdf5Group assembly = vtkhdf.make_group("Assembly");
    for (const BlockSpec& block : blocks) {
        Hdf5Group group = assembly.has(block.group) ? assembly.open_group(block.group) : assembly.make_group(block.group);
        group.soft_link(block.name, "/VTKHDF/" + block.name);
    }
}

Hdf5Dataset make_step_dataset(Hdf5Group& steps, const std::string& name, NumberType type, const Description& description) {
    Hdf5Dataset dataset = steps.make_dataset(name, {.type = type, .extent = {0}, .chunk = {step_chunk}});
    dataset.describe(description);
    return dataset;
}

void describe_field(Hdf5Dataset& dataset, const FieldSpec& spec) {
    dataset.describe({spec.units, spec.long_name, spec.comment});
    if (spec.components == 6) {
        dataset.set_text("components", tensor_components);
    }
}

}  // namespace

std::size_t nodes_per_cell(CellType type) {
    switch (type) {
        case CellType::line:
            return 2;
        case CellType::triangle:
            return 3;
        case CellType::quad:
            return 4;
        case CellType::hexahedron:
            return 8;
    }
    return 1;
}

std::size_t point_count(const BlockSpec& block) { return block.points.size() / 3; }
std::size_t cell_count(const BlockSpec& block) { return block.connectivity.size() / nodes_per_cell(block.cell_type); }

VtkhdfWriter::VtkhdfWriter(Hdf5File& file, std::span<const BlockSpec> blocks, int mantissa_bits) : mantissa_bits_(mantissa_bits) {
    std::set<std::string> names;
    for (const BlockSpec& block : blocks) {
        expect_valid_block(block);
        FORAMEN_EXPECTS(names.insert(block.name).second, block.name);
    }
    if (blocks.empty()) {
        return;
    }
    make_blocks(file, blocks);
    make_step_datasets(blocks_.front().steps);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (i > 0) {
            link_step_datasets(blocks_[i].steps);
        }
        write_mesh(blocks_[i].group, blocks[i]);
        make_fields(blocks_[i], blocks[i]);
    }
    write_assembly(vtkhdf_, blocks);
}

/// The Steps groups come back to back after a flush, so that all NSteps lie together and reach the disk in one write:
/// readers refuse a file whose blocks disagree.
void VtkhdfWriter::make_blocks(Hdf5File& file, std::span<const BlockSpec> blocks) {
    vtkhdf_ = file.root().make_group("VTKHDF");
    set_vtkhdf_type(vtkhdf_, "MultiBlockDataSet");
    constexpr unsigned members_of_block = 16;  // and room for attributes: otherwise the header grows between the Steps
    for (const BlockSpec& spec : blocks) {
        Block block;
        block.group = vtkhdf_.make_group(spec.name, members_of_block);
        set_vtkhdf_type(block.group, "UnstructuredGrid");
        blocks_.push_back(std::move(block));
    }
    file.flush();
    constexpr unsigned members_of_steps = 10;
    for (Block& block : blocks_) {
        block.steps = block.group.make_group("Steps", members_of_steps);
        block.step_count = block.steps.make_integer("NSteps", 0);
    }
}

void VtkhdfWriter::make_step_datasets(Hdf5Group& steps) {
    time_values_ = make_step_dataset(steps, "Values", NumberType::float64, {"s", "output times"});
    part_offsets_ = make_step_dataset(steps, "PartOffsets", NumberType::int64, {"1", "first part of each step"});
    part_counts_ = make_step_dataset(steps, "NumberOfParts", NumberType::int64, {"1", "number of parts of each step"});
    cell_offsets_ = steps.make_dataset("CellOffsets", {.type = NumberType::int64, .extent = {0, 1}, .chunk = {step_chunk, 1}});
    cell_offsets_.describe({"1", "first cell of each step: the mesh does not change"});
    steps.link("PointOffsets", part_offsets_);
    steps.link("ConnectivityIdOffsets", cell_offsets_);
}

void VtkhdfWriter::link_step_datasets(Hdf5Group& steps) {
    steps.link("Values", time_values_);
    steps.link("PartOffsets", part_offsets_);
    steps.link("NumberOfParts", part_counts_);
    steps.link("CellOffsets", cell_offsets_);
    steps.link("PointOffsets", part_offsets_);
    steps.link("ConnectivityIdOffsets", cell_offsets_);
}

void VtkhdfWriter::make_fields(Block& block, const BlockSpec& spec) {
    Hdf5Group point_data = block.group.make_group("PointData");
    Hdf5Group cell_data = block.group.make_group("CellData");
    (void)block.group.make_group("FieldData");
    Hdf5Group point_offsets = block.steps.make_group("PointDataOffsets");
    Hdf5Group cell_offsets = block.steps.make_group("CellDataOffsets");
    block.point_fields = make_fields(point_data, point_offsets, spec.point_fields, point_count(spec));
    block.cell_fields = make_fields(cell_data, cell_offsets, spec.cell_fields, cell_count(spec));
    for (const auto& [field, values] : spec.static_cell_fields) {
        make_static_field(cell_data, cell_offsets, field, values, cell_count(spec));
    }
}

std::vector<VtkhdfWriter::Field> VtkhdfWriter::make_fields(Hdf5Group& data, Hdf5Group& offsets, std::span<const FieldSpec> specs,
                                                           std::size_t rows) {
    std::vector<Field> fields;
    for (const FieldSpec& spec : specs) {
        const auto components = static_cast<std::uint64_t>(spec.components);
        DatasetLayout layout{
            .type = NumberType::float32, .extent = {0}, .chunk = {rows}, .coding = ChunkCoding::shuffled_deflated};
        if (components > 1) {
            layout.extent.push_back(components);
            layout.chunk.push_back(components);
        }
        Hdf5Dataset values = data.make_dataset(spec.name, layout);
        describe_field(values, spec);
        (void)values.make_integer("mantissa_bits", mantissa_bits_);
        offsets.link(spec.name, offsets_for(offsets, rows));
        fields.push_back({std::move(values), rows, components});
    }
    return fields;
}

void VtkhdfWriter::make_static_field(Hdf5Group& data, Hdf5Group& offsets, const FieldSpec& spec, std::span<const float> values,
                                     std::size_t rows) {
    DatasetLayout layout{.type = NumberType::float32, .extent = {rows}};
    if (spec.components > 1) {
        layout.extent.push_back(static_cast<std::uint64_t>(spec.components));
    }
    Hdf5Dataset dataset = data.make_dataset(spec.name, layout);
    dataset.write(values);
    describe_field(dataset, spec);
    offsets.link(spec.name, part_offsets_);  // zeros: the same rows at every step
}

Hdf5Dataset& VtkhdfWriter::offsets_for(Hdf5Group& offsets, std::size_t rows) {
    const auto found = row_offsets_.find(rows);
    if (found != row_offsets_.end()) {
        return found->second;
    }
    Hdf5Dataset made = make_step_dataset(offsets, "", NumberType::int64, {"1", "first row of each step"});
    return row_offsets_.emplace(rows, std::move(made)).first->second;
}

void VtkhdfWriter::append_fields(std::span<const BlockFields> fields) {
    struct Chunk {
        Field* field;
        std::span<const float> values;
        std::vector<std::uint8_t> coded;
    };
    std::vector<Chunk> chunks;
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
        for (std::size_t i = 0; i < fields[b].point_fields.size(); ++i) chunks.push_back({&blocks_[b].point_fields[i], fields[b].point_fields[i], {}});
        for (std::size_t i = 0; i < fields[b].cell_fields.size(); ++i) chunks.push_back({&blocks_[b].cell_fields[i], fields[b].cell_fields[i], {}});
    }
    for (const Chunk& c : chunks) FORAMEN_EXPECTS(c.values.size() == c.field->rows * c.field->components, c.values.size(), c.field->rows, c.field->components);
    engine::in_parallel(static_cast<int>(chunks.size()), [&](int i) {
        thread_local ChunkEncoder encoder;
        const std::span<const std::uint8_t> coded = encoder.encode(chunks[i].values, mantissa_bits_);
        chunks[i].coded.assign(coded.begin(), coded.end());
    });
    for (const Chunk& c : chunks) {  // HDF5 writes from one thread
        const std::uint64_t first_row = times_.size() * c.field->rows;
        c.field->values.set_row_count(first_row + c.field->rows);
        c.field->values.write_chunk(first_row, c.coded);
    }
}

void VtkhdfWriter::append(double time, std::span<const BlockFields> fields) {
    FORAMEN_EXPECTS(std::isfinite(time) && (times_.empty() || time > times_.back()), time);
    FORAMEN_EXPECTS(!blocks_.empty() && fields.size() == blocks_.size(), fields.size(), blocks_.size());
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
        FORAMEN_EXPECTS(fields[b].point_fields.size() == blocks_[b].point_fields.size(), b, fields[b].point_fields.size());
        FORAMEN_EXPECTS(fields[b].cell_fields.size() == blocks_[b].cell_fields.size(), b, fields[b].cell_fields.size());
    }
    append_fields(fields);
    const std::uint64_t step = times_.size();
    time_values_.append_row(step, time);
    part_offsets_.append_row(step, std::int64_t{0});
    part_counts_.append_row(step, std::int64_t{1});
    cell_offsets_.append_row(step, std::int64_t{0});
    for (auto& [rows, offsets] : row_offsets_) {
        offsets.append_row(step, static_cast<std::int64_t>(step * rows));
    }
    times_.push_back(time);  // last: a step that the disk refused does not count
}

void VtkhdfWriter::commit() {
    for (Block& block : blocks_) {
        block.step_count.write(static_cast<std::int64_t>(times_.size()));
    }
}

}  // namespace foramen::io
