#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>

#include "io/hdf5_error.hpp"
#include "io/hdf5_file.hpp"

namespace foramen::io {

namespace {

hid_t native_type(float) { return H5T_NATIVE_FLOAT; }
hid_t native_type(double) { return H5T_NATIVE_DOUBLE; }
hid_t native_type(std::int64_t) { return H5T_NATIVE_INT64; }
hid_t native_type(std::uint8_t) { return H5T_NATIVE_UINT8; }

hid_t stored_type(NumberType type) {
    switch (type) {
        case NumberType::float32:
            return H5T_IEEE_F32LE;
        case NumberType::float64:
            return H5T_IEEE_F64LE;
        case NumberType::int64:
            return H5T_STD_I64LE;
        case NumberType::uint8:
            return H5T_STD_U8LE;
    }
    return -1;
}

std::string object_name(hid_t object) {
    std::string name(1024, '\0');
    const auto length = H5Iget_name(object, name.data(), name.size());
    name.resize(static_cast<std::size_t>(std::clamp<std::int64_t>(length, 0, 1023)));
    return name;
}

std::uint64_t row_width(const std::vector<std::uint64_t>& extent) {
    return std::accumulate(extent.begin() + 1, extent.end(), std::uint64_t{1}, std::multiplies<>());
}

struct RowSelection {
    Hdf5Handle file_space;
    Hdf5Handle memory_space;
};

RowSelection select_rows(hid_t dataset, std::vector<std::uint64_t> extent, std::uint64_t first_row, std::uint64_t rows,
                         const std::string& operation) {
    std::vector<hsize_t> start(extent.size(), 0);
    start[0] = first_row;
    std::vector<hsize_t> count(extent.begin(), extent.end());
    count[0] = rows;
    Hdf5Handle file_space(checked(H5Dget_space(dataset), dataset, operation));
    checked(H5Sselect_hyperslab(file_space.id(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr), dataset,
            operation);
    Hdf5Handle memory_space(checked(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), dataset, operation));
    return {std::move(file_space), std::move(memory_space)};
}

herr_t take_scale_name(hid_t, unsigned, hid_t scale, void* name) {
    const std::string path = object_name(scale);
    *static_cast<std::string*>(name) = path.substr(path.rfind('/') + 1);
    return 1;  // the first is enough
}

}  // namespace

Hdf5Dataset Hdf5Group::make_dataset(const std::string& name, const DatasetLayout& layout) {
    const std::string operation = "make the dataset " + name;
    const std::vector<hsize_t> extent(layout.extent.begin(), layout.extent.end());
    std::vector<hsize_t> limit = extent;
    const Hdf5Handle properties(checked(H5Pcreate(H5P_DATASET_CREATE), id(), operation));
    H5Pset_obj_track_times(properties.id(), false);  // the same content is the same bytes
    const Hdf5Handle access(checked(H5Pcreate(H5P_DATASET_ACCESS), id(), operation));
    if (!layout.chunk.empty()) {
        limit[0] = H5S_UNLIMITED;
        const std::vector<hsize_t> chunk(layout.chunk.begin(), layout.chunk.end());
        checked(H5Pset_chunk(properties.id(), static_cast<int>(chunk.size()), chunk.data()), id(), operation);
        // Rows go straight to the file: a partly filled chunk is neither cached nor written again as a whole.
        H5Pset_fill_time(properties.id(), H5D_FILL_TIME_NEVER);
        H5Pset_chunk_cache(access.id(), 0, 0, 1.0);
    }
    if (!layout.chunk.empty() && layout.type == NumberType::float64) {
        // netCDF readers pad a series that is shorter than its dimension with this. It also keeps the length in the first
        // part of the header: the library makes room for attributes by moving the smallest entry, now the fill value.
        const double missing = std::numeric_limits<double>::quiet_NaN();
        checked(H5Pset_fill_value(properties.id(), H5T_NATIVE_DOUBLE, &missing), id(), operation);
    }
    if (layout.coding == ChunkCoding::shuffled_deflated) {
        checked(H5Pset_shuffle(properties.id()), id(), operation);
        checked(H5Pset_deflate(properties.id(), 1), id(), operation);
    }
    const Hdf5Handle space(
        checked(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), limit.data()), id(), operation));
    const hid_t type = stored_type(layout.type);
    return Hdf5Dataset(Hdf5Handle(
        checked(name.empty() ? H5Dcreate_anon(id(), type, space.id(), properties.id(), access.id())
                             : H5Dcreate2(id(), name.c_str(), type, space.id(), H5P_DEFAULT, properties.id(), access.id()),
                id(), operation)));
}

std::vector<std::uint64_t> Hdf5Dataset::extent() const {
    const std::string operation = "read the size of a dataset";
    const Hdf5Handle space(checked(H5Dget_space(id()), id(), operation));
    std::vector<hsize_t> extent(static_cast<std::size_t>(checked(H5Sget_simple_extent_ndims(space.id()), id(), operation)));
    checked(H5Sget_simple_extent_dims(space.id(), extent.data(), nullptr), id(), operation);
    return {extent.begin(), extent.end()};
}

bool Hdf5Dataset::can_grow() const {
    const std::string operation = "read the size of a dataset";
    const Hdf5Handle space(checked(H5Dget_space(id()), id(), operation));
    std::vector<hsize_t> limit(static_cast<std::size_t>(checked(H5Sget_simple_extent_ndims(space.id()), id(), operation)));
    checked(H5Sget_simple_extent_dims(space.id(), nullptr, limit.data()), id(), operation);
    return !limit.empty() && limit[0] == H5S_UNLIMITED;
}

void Hdf5Dataset::set_row_count(std::uint64_t rows) {
    const std::vector<std::uint64_t> old = extent();
    std::vector<hsize_t> extent(old.begin(), old.end());
    extent[0] = rows;
    checked(H5Dset_extent(id(), extent.data()), id(), "extend " + object_name(id()));
}

template <class T>
void Hdf5Dataset::write(std::span<const T> values) {
    checked(H5Dwrite(id(), native_type(T{}), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), id(), "write " + object_name(id()));
}

template <class T>
void Hdf5Dataset::write_rows(std::uint64_t first_row, std::span<const T> values) {
    const std::string operation = "write " + object_name(id());
    const std::vector<std::uint64_t> now = extent();
    const RowSelection selection = select_rows(id(), now, first_row, values.size() / row_width(now), operation);
    checked(H5Dwrite(id(), native_type(T{}), selection.memory_space.id(), selection.file_space.id(), H5P_DEFAULT, values.data()),
            id(), operation);
}

template <class T>
void Hdf5Dataset::append_rows(std::uint64_t first_row, std::span<const T> values) {
    set_row_count(first_row + values.size() / row_width(extent()));
    write_rows(first_row, values);
}

void Hdf5Dataset::write_chunk(std::uint64_t first_row, std::span<const std::uint8_t> coded) {
    const std::string operation = "write " + object_name(id());
    std::vector<hsize_t> start(extent().size(), 0);
    start[0] = first_row;
    constexpr std::uint32_t all_filters_applied = 0;
    checked(H5Dwrite_chunk(id(), H5P_DEFAULT, all_filters_applied, start.data(), coded.size(), coded.data()), id(), operation);
}

bool Hdf5Dataset::has_chunk(std::uint64_t first_row) const {
    std::vector<hsize_t> start(extent().size(), 0);
    start[0] = first_row;
    hsize_t bytes = 0;
    return H5Dget_chunk_storage_size(id(), start.data(), &bytes) >= 0 && bytes > 0;
}

std::optional<Hdf5Dataset::StoredChunk> Hdf5Dataset::find_chunk(std::uint64_t first_row) const {
    const Hdf5Handle space(H5Dget_space(id()));
    hsize_t count = 0;
    if (H5Dget_num_chunks(id(), space.id(), &count) < 0) return std::nullopt;
    std::vector<hsize_t> start(extent().size(), 0);
    for (hsize_t k = count; k-- > 0;) {
        unsigned left_out = 0;  // filters
        haddr_t address = HADDR_UNDEF;
        hsize_t bytes = 0;
        if (H5Dget_chunk_info(id(), space.id(), k, start.data(), &left_out, &address, &bytes) < 0) continue;
        if (start[0] == first_row && left_out == 0 && address != HADDR_UNDEF && bytes > 0) return StoredChunk{address, bytes};
    }
    return std::nullopt;
}

template <class T>
std::vector<T> Hdf5Dataset::read_rows(std::uint64_t first_row, std::uint64_t rows) const {
    const std::string operation = "read " + object_name(id());
    const std::vector<std::uint64_t> now = extent();
    std::vector<T> values(rows * row_width(now));
    if (values.empty()) {
        return values;
    }
    const RowSelection selection = select_rows(id(), now, first_row, rows, operation);
    checked(H5Dread(id(), native_type(T{}), selection.memory_space.id(), selection.file_space.id(), H5P_DEFAULT, values.data()),
            id(), operation);
    return values;
}

template void Hdf5Dataset::write(std::span<const double>);
template void Hdf5Dataset::write(std::span<const float>);
template void Hdf5Dataset::write(std::span<const std::int64_t>);
template void Hdf5Dataset::write(std::span<const std::uint8_t>);
template void Hdf5Dataset::append_rows(std::uint64_t, std::span<const double>);
template void Hdf5Dataset::append_rows(std::uint64_t, std::span<const std::int64_t>);
template std::vector<float> Hdf5Dataset::read_rows(std::uint64_t, std::uint64_t) const;
template std::vector<double> Hdf5Dataset::read_rows(std::uint64_t, std::uint64_t) const;
template std::vector<std::int64_t> Hdf5Dataset::read_rows(std::uint64_t, std::uint64_t) const;
template std::vector<std::uint8_t> Hdf5Dataset::read_rows(std::uint64_t, std::uint64_t) const;

void Hdf5Dataset::write_texts(std::span<const std::string> values) {
    const std::string operation = "write " + object_name(id());
    const Hdf5Handle type(checked(H5Dget_type(id()), id(), operation));
    std::vector<const char*> texts(values.size());
    std::transform(values.begin(), values.end(), texts.begin(), [](const std::string& value) { return value.c_str(); });
    checked(H5Dwrite(id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()), id(), operation);
}

std::vector<std::string> Hdf5Dataset::read_texts() const {
    const std::string operation = "read " + object_name(id());
    const Hdf5Handle type(checked(H5Dget_type(id()), id(), operation));
    const Hdf5Handle space(checked(H5Dget_space(id()), id(), operation));
    std::vector<char*> texts(static_cast<std::size_t>(checked(H5Sget_simple_extent_npoints(space.id()), id(), operation)),
                             nullptr);
    checked(H5Dread(id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()), id(), operation);
    std::vector<std::string> values;
    for (const char* text : texts) {
        values.emplace_back(text == nullptr ? "" : text);
    }
    H5Dvlen_reclaim(type.id(), space.id(), H5P_DEFAULT, texts.data());
    return values;
}

void Hdf5Dataset::make_scale(const std::string& dimension) {
    checked(H5DSset_scale(id(), dimension.c_str()), id(), "name the dimension " + dimension);
}

void Hdf5Dataset::attach_scale(const Hdf5Dataset& scale, unsigned dimension) {
    checked(H5DSattach_scale(id(), scale.id(), dimension), id(), "attach a dimension to " + object_name(id()));
}

bool Hdf5Dataset::is_scale() const { return H5DSis_scale(id()) > 0; }

std::string Hdf5Dataset::scale_name(unsigned dimension) const {
    std::string name;
    H5DSiterate_scales(id(), dimension, nullptr, take_scale_name, &name);
    return name;
}

}  // namespace foramen::io
