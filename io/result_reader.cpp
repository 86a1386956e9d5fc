#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fstream>
#include <optional>
#include <thread>

#include "engine/core/contract.hpp"
#include "io/chunk_codec.hpp"
#include "io/hdf5_file.hpp"
#include "io/history_writer.hpp"
#include "io/result_file.hpp"
#include "io/result_opening.hpp"
#include "io/result_schema.hpp"
#include "io/vtkhdf_writer.hpp"

namespace foramen::io {

struct ResultFile::Impl {
    std::string path;
    mutable Hdf5File file;
    RunStatus status = RunStatus::running;
    std::vector<BlockSpec> blocks;
    std::vector<SeriesSpec> series;
    std::vector<double> field_times;
    std::vector<double> times;

    Impl(const std::string& h5_path, const CommittedCounts& counts);
    [[nodiscard]] static std::unique_ptr<Impl> open_patiently(const std::string& h5_path);
    void read_schema(const Hdf5Group& root);
    void read_blocks(const Hdf5Group& vtkhdf, std::uint64_t steps);
    void read_history(const Hdf5Group& history, std::uint64_t rows);
    [[nodiscard]] const BlockSpec& block(const std::string& name) const;
    [[nodiscard]] const SeriesSpec& find_series(const std::string& name) const;
    [[nodiscard]] std::vector<float> field(const std::string& block, const char* kind, const std::string& name, int step) const;
    /// Rows of a dataset of fields, nothing where its index does not show them.
    [[nodiscard]] std::optional<std::vector<float>> unindexed_rows(const Hdf5Dataset& data, std::uint64_t first, std::size_t count) const;
    [[nodiscard]] std::optional<std::vector<float>> rows_of(const std::string& dataset, std::uint64_t first, std::size_t count) const;
};

namespace {

FieldSpec read_field_spec(const std::string& name, const Hdf5Dataset& dataset) {
    const auto extent = dataset.extent();
    return {.name = name,
            .units = dataset.text("units"),
            .long_name = dataset.text("long_name"),
            .components = extent.size() > 1 ? static_cast<int>(extent[1]) : 1,
            .comment = dataset.text("comment")};
}

BlockSpec read_block(const Hdf5Group& group, const std::string& name) {
    BlockSpec block;
    block.name = name;
    const Hdf5Dataset points = group.open_dataset("Points");
    block.points = points.read_rows<float>(0, points.extent()[0]);
    const Hdf5Dataset connectivity = group.open_dataset("Connectivity");
    block.connectivity = connectivity.read_rows<std::int64_t>(0, connectivity.extent()[0]);
    block.cell_type = static_cast<CellType>(group.open_dataset("Types").read_rows<std::uint8_t>(0, 1).front());

    const Hdf5Group point_data = group.open_group("PointData");
    for (const std::string& field : point_data.names()) {
        block.point_fields.push_back(read_field_spec(field, point_data.open_dataset(field)));
    }
    const Hdf5Group cell_data = group.open_group("CellData");
    for (const std::string& field : cell_data.names()) {
        const Hdf5Dataset dataset = cell_data.open_dataset(field);
        const FieldSpec spec = read_field_spec(field, dataset);
        if (dataset.can_grow()) {
            block.cell_fields.push_back(spec);
        } else {
            block.static_cell_fields.emplace_back(spec, dataset.read_rows<float>(0, dataset.extent()[0]));
        }
    }
    return block;
}

SeriesSpec read_series_spec(const Hdf5Group& history, const std::string& name, const Hdf5Dataset& dataset) {
    SeriesSpec spec;
    spec.name = name;
    spec.units = dataset.text("units");
    spec.long_name = dataset.text("long_name");
    spec.comment = dataset.text("comment");
    if (dataset.extent().size() > 1) {
        spec.dimension = dataset.scale_name(1);
        spec.labels = history.open_dataset(spec.dimension).read_texts();
    }
    return spec;
}

template <class Specs>
std::string names_of(const Specs& specs) {
    std::vector<std::string> names;
    for (const auto& spec : specs) {
        names.push_back(spec.name);
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

const FieldSpec* find_field(std::span<const FieldSpec> fields, const std::string& name) {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const FieldSpec& field) { return field.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

}  // namespace

ResultFile::Impl::Impl(const std::string& h5_path, const CommittedCounts& counts) : path(h5_path), file(open_result(h5_path)) {
    const Hdf5Group root = file.root();
    read_schema(root);
    if (root.has("VTKHDF")) {
        read_blocks(root.open_group("VTKHDF"), counts.steps);
    }
    read_history(root.open_group("history"), counts.rows);
}

void ResultFile::Impl::read_schema(const Hdf5Group& root) {
    if (root.text("schema") != schema_name) {
        throw FileError(
            fmt::format("{} is not a result of Foramen: it is HDF5, but without the attribute schema = {}", path, schema_name));
    }
    const std::string version = root.text("schema_version");
    int major = 0;
    std::from_chars(version.data(), version.data() + version.size(), major);
    if (major > schema_major) {
        throw FileError(fmt::format("{} has schema version {}, this program reads up to {}.x: a newer Foramen wrote it", path,
                                    version, schema_major));
    }
    const std::string word = root.text("status");
    for (const RunStatus known : {RunStatus::complete, RunStatus::stopped}) {
        if (word == status_text(known)) {
            status = known;
        }
    }
}

void ResultFile::Impl::read_blocks(const Hdf5Group& vtkhdf, std::uint64_t steps) {
    for (const std::string& name : vtkhdf.names()) {
        if (name == "Assembly") {
            continue;
        }
        blocks.push_back(read_block(vtkhdf.open_group(name), name));
    }
    const Hdf5Group assembly = vtkhdf.open_group("Assembly");
    for (const std::string& group : assembly.names()) {
        for (const std::string& name : assembly.open_group(group).names()) {
            const auto owner = std::find_if(blocks.begin(), blocks.end(), [&](const BlockSpec& b) { return b.name == name; });
            if (owner != blocks.end()) {
                owner->group = group;
            }
        }
    }
    if (!blocks.empty()) {
        field_times = vtkhdf.open_group(blocks.front().name + "/Steps").open_dataset("Values").read_rows<double>(0, steps);
    }
}

void ResultFile::Impl::read_history(const Hdf5Group& history, std::uint64_t rows) {
    for (const std::string& name : history.names()) {
        const Hdf5Dataset dataset = history.open_dataset(name);
        if (!dataset.is_scale()) {
            series.push_back(read_series_spec(history, name, dataset));
            rows = std::min(rows, dataset.extent()[0]);
        }
    }
    const Hdf5Dataset time = history.open_dataset("time");
    times = time.read_rows<double>(0, std::min(rows, time.extent()[0]));
}

const BlockSpec& ResultFile::Impl::block(const std::string& name) const {
    const auto found = std::find_if(blocks.begin(), blocks.end(), [&](const BlockSpec& b) { return b.name == name; });
    if (found == blocks.end()) {
        throw FileError(fmt::format("{} has no block {}; it has: {}", path, name, names_of(blocks)));
    }
    return *found;
}

const SeriesSpec& ResultFile::Impl::find_series(const std::string& name) const {
    const auto found = std::find_if(series.begin(), series.end(), [&](const SeriesSpec& s) { return s.name == name; });
    if (found == series.end()) {
        throw FileError(fmt::format("{} has no history {}; it has: {}", path, name, names_of(series)));
    }
    return *found;
}

std::vector<float> ResultFile::Impl::field(const std::string& block_name, const char* kind, const std::string& name,
                                           int step) const {
    FORAMEN_EXPECTS(step >= 0 && static_cast<std::size_t>(step) < field_times.size(), step, field_times.size());
    const BlockSpec& owner = block(block_name);
    const bool of_points = kind == std::string_view("PointData");
    const auto& fields = of_points ? owner.point_fields : owner.cell_fields;
    if (find_field(fields, name) == nullptr) {
        throw FileError(
            fmt::format("block {} of {} has no field {} in {}; it has: {}", block_name, path, name, kind, names_of(fields)));
    }
    const std::size_t rows = of_points ? point_count(owner) : cell_count(owner);
    const std::uint64_t first_row = static_cast<std::uint64_t>(step) * rows;
    const std::string dataset = fmt::format("VTKHDF/{}/{}/{}", block_name, kind, name);
    constexpr int looks = 10;
    constexpr std::chrono::milliseconds pause(20);
    for (int look = 0; look < looks; ++look) {
        if (auto values = rows_of(dataset, first_row, rows)) return *std::move(values);
        if (status != RunStatus::running) break;
        // The writer is at work: its index may be half on disk. What this process has cached goes with the last handle.
        { const Hdf5File closing = std::move(file); }
        std::this_thread::sleep_for(pause);
        file = open_result(path);
    }
    throw FileError(fmt::format("step {} of {}/{}/{} is damaged in {}", step, block_name, kind, name, path));
}

/// A writer that was killed between two pages of an index leaves one whose search misses what stands last in it.
std::optional<std::vector<float>> ResultFile::Impl::unindexed_rows(const Hdf5Dataset& data, std::uint64_t first, std::size_t count) const {
    const std::optional<Hdf5Dataset::StoredChunk> chunk = data.find_chunk(first);
    if (!chunk) return std::nullopt;
    std::ifstream bytes(path, std::ios::binary);
    std::vector<std::uint8_t> coded(chunk->bytes);
    bytes.seekg(static_cast<std::streamoff>(chunk->address));
    if (!bytes.read(reinterpret_cast<char*>(coded.data()), static_cast<std::streamsize>(coded.size()))) return std::nullopt;
    std::size_t width = 1;
    for (const std::uint64_t columns : data.extent()) width *= columns;
    return decode_chunk(coded, count * width / data.extent().front());
}

std::optional<std::vector<float>> ResultFile::Impl::rows_of(const std::string& dataset, std::uint64_t first, std::size_t count) const {
    const std::size_t cut = dataset.rfind('/');
    const Hdf5Dataset data = file.root().open_group(dataset.substr(0, cut)).open_dataset(dataset.substr(cut + 1));
    if (!data.has_chunk(first)) return status == RunStatus::running ? unindexed_rows(data, first, count) : std::nullopt;
    try {
        return data.read_rows<float>(first, count);
    } catch (const FileError&) {
        if (status != RunStatus::running) throw;
        return std::nullopt;
    }
}

/// A file that is being written can show a half-written newest step: looking again cures it.
std::unique_ptr<ResultFile::Impl> ResultFile::Impl::open_patiently(const std::string& h5_path) {
    try {
        return std::make_unique<Impl>(h5_path, read_committed_counts(h5_path));
    } catch (const FileError&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        return std::make_unique<Impl>(h5_path, read_committed_counts(h5_path));
    }
}

ResultFile::ResultFile(const std::string& path) : impl_(Impl::open_patiently(path)) {}
ResultFile::~ResultFile() = default;
ResultFile::ResultFile(ResultFile&&) noexcept = default;

RunStatus ResultFile::status() const { return impl_->status; }
const std::vector<BlockSpec>& ResultFile::blocks() const { return impl_->blocks; }
const std::vector<SeriesSpec>& ResultFile::series() const { return impl_->series; }
const std::vector<double>& ResultFile::field_times() const { return impl_->field_times; }
const std::vector<double>& ResultFile::times() const { return impl_->times; }

std::vector<double> ResultFile::history(const std::string& name) const {
    (void)impl_->find_series(name);
    return impl_->file.root().open_group("history").open_dataset(name).read_rows<double>(0, impl_->times.size());
}

std::vector<double> ResultFile::history(const std::string& name, const std::string& label) const {
    const SeriesSpec& spec = impl_->find_series(name);
    std::vector<double> all = history(name);
    if (spec.dimension.empty() && label.empty()) {
        return all;
    }
    const auto found = std::find(spec.labels.begin(), spec.labels.end(), label);
    if (found == spec.labels.end()) {
        throw FileError(
            fmt::format("history {} of {} has no label \"{}\"; it has: {}", name, impl_->path, label,
                        spec.labels.empty() ? "none, it is one series" : fmt::format("{}", fmt::join(spec.labels, ", "))));
    }
    const auto column = static_cast<std::size_t>(found - spec.labels.begin());
    std::vector<double> values(impl_->times.size());
    for (std::size_t row = 0; row < values.size(); ++row) {
        values[row] = all[row * spec.labels.size() + column];
    }
    return values;
}

std::vector<float> ResultFile::point_field(const std::string& block, const std::string& field, int step) const {
    return impl_->field(block, "PointData", field, step);
}

std::vector<float> ResultFile::cell_field(const std::string& block, const std::string& field, int step) const {
    for (const auto& [spec, values] : impl_->block(block).static_cell_fields) {
        if (spec.name == field) {
            return values;
        }
    }
    return impl_->field(block, "CellData", field, step);
}

std::string ResultFile::provenance(const std::string& name) const {
    const Hdf5Group root = impl_->file.root();
    if (!root.has("provenance") || !root.open_group("provenance").has(name)) {
        return "";
    }
    return root.open_group("provenance").open_dataset(name).read_texts().front();
}

std::vector<std::string> ResultFile::provenance_names() const {
    const Hdf5Group root = impl_->file.root();
    return root.has("provenance") ? root.open_group("provenance").names() : std::vector<std::string>{};
}

}  // namespace foramen::io
