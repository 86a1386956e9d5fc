#pragma once

// The HDF5 calls that the result file needs, as owning objects. Every failure is a FileError that names the file, the
// operation and the system's reason. HDF5's own header stays inside hdf5_*.cpp.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace foramen::io {

/// Owner of one HDF5 identifier of any kind.
class Hdf5Handle {
public:
    Hdf5Handle() = default;
    explicit Hdf5Handle(std::int64_t id) : id_(id) {}
    Hdf5Handle(Hdf5Handle&& other) noexcept;
    Hdf5Handle& operator=(Hdf5Handle&& other) noexcept;
    ~Hdf5Handle();
    [[nodiscard]] std::int64_t id() const { return id_; }

private:
    std::int64_t id_ = -1;
};

/// What a dataset means to a reader who has only the file.
struct Description {
    std::string units;  ///< UDUNITS spelling
    std::string long_name;
    std::string comment{};  ///< left out when empty
};

enum class NumberType { float32, float64, int64, uint8 };

enum class ChunkCoding {
    plain,              ///< written through write_rows
    shuffled_deflated,  ///< written through write_chunk, read by any HDF5
};

struct DatasetLayout {
    NumberType type = NumberType::float32;
    std::vector<std::uint64_t> extent;   ///< at creation
    std::vector<std::uint64_t> chunk{};  ///< empty: contiguous, fixed size; otherwise the first dimension can grow
    ChunkCoding coding = ChunkCoding::plain;
};

/// An integer attribute kept open, so that rewriting it is one call.
class Hdf5Integer {
public:
    Hdf5Integer() = default;
    explicit Hdf5Integer(Hdf5Handle attribute) : attribute_(std::move(attribute)) {}
    void write(std::int64_t value);

private:
    Hdf5Handle attribute_;
};

/// A group or a dataset: what can carry attributes.
class Hdf5Object {
public:
    Hdf5Object() = default;
    explicit Hdf5Object(Hdf5Handle handle) : handle_(std::move(handle)) {}
    [[nodiscard]] std::int64_t id() const { return handle_.id(); }

    /// Variable-length UTF-8: h5py and xarray give it back as text.
    void set_text(const std::string& name, const std::string& value);
    /// ASCII of fixed length, padded with zeros; an existing one is rewritten in place.
    void set_fixed_text(const std::string& name, const std::string& value, std::size_t length);
    void set_integers(const std::string& name, std::span<const std::int64_t> values);
    [[nodiscard]] Hdf5Integer make_integer(const std::string& name, std::int64_t value);
    void describe(const Description& description);

    [[nodiscard]] bool has_attribute(const std::string& name) const;
    [[nodiscard]] std::string text(const std::string& name) const;  ///< "" if absent
    [[nodiscard]] std::int64_t integer(const std::string& name) const;

protected:
    Hdf5Handle handle_;
};

class Hdf5Dataset : public Hdf5Object {
public:
    using Hdf5Object::Hdf5Object;

    [[nodiscard]] std::vector<std::uint64_t> extent() const;
    [[nodiscard]] bool can_grow() const;
    void set_row_count(std::uint64_t rows);

    // T is float, double, std::int64_t or std::uint8_t; values are row-major.
    template <class T>
    void write(std::span<const T> values);  ///< the whole dataset
    template <class T>
    void write_rows(std::uint64_t first_row, std::span<const T> values);
    /// Grows by the rows that `values` fills and writes them.
    template <class T>
    void append_rows(std::uint64_t first_row, std::span<const T> values);
    template <class T>
    void append_row(std::uint64_t row, const T& value) {
        append_rows(row, std::span<const T>(&value, 1));
    }
    /// Stores one chunk that is already shuffled and deflated.
    void write_chunk(std::uint64_t first_row, std::span<const std::uint8_t> coded);
    /// Whether the chunk that begins at this row is stored: HDF5 reads a missing one as zeros without a word.
    [[nodiscard]] bool has_chunk(std::uint64_t first_row) const;
    /// Where the chunk that begins at this row stands in the file, shuffled and deflated: looked for one by one, for where the end of an index is
    /// torn HDF5's search misses chunks that stand before it.
    struct StoredChunk {
        std::uint64_t address, bytes;
    };
    [[nodiscard]] std::optional<StoredChunk> find_chunk(std::uint64_t first_row) const;
    template <class T>
    [[nodiscard]] std::vector<T> read_rows(std::uint64_t first_row, std::uint64_t rows) const;

    void write_texts(std::span<const std::string> values);
    [[nodiscard]] std::vector<std::string> read_texts() const;

    /// HDF5 dimension scales, which netCDF-4 readers take for named dimensions and coordinates.
    void make_scale(const std::string& dimension);
    void attach_scale(const Hdf5Dataset& scale, unsigned dimension);
    [[nodiscard]] bool is_scale() const;
    [[nodiscard]] std::string scale_name(unsigned dimension) const;  ///< of the first attached scale; "" if none
};

class Hdf5Group : public Hdf5Object {
public:
    using Hdf5Object::Hdf5Object;

    /// Members keep their order of creation. @param expected_members  room kept in the header (0: HDF5's default)
    [[nodiscard]] Hdf5Group make_group(const std::string& name, unsigned expected_members = 0);
    [[nodiscard]] Hdf5Group open_group(const std::string& name) const;
    /// An empty name leaves the dataset unlinked, until link().
    [[nodiscard]] Hdf5Dataset make_dataset(const std::string& name, const DatasetLayout& layout);
    /// Texts; no `count`: a single one. An empty name as above.
    [[nodiscard]] Hdf5Dataset make_text_dataset(const std::string& name, std::uint64_t count = 0);
    [[nodiscard]] Hdf5Dataset open_dataset(const std::string& name) const;

    [[nodiscard]] bool has(const std::string& name) const;
    [[nodiscard]] bool is_group(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> names() const;  ///< in order of creation

    void link(const std::string& name, const Hdf5Object& target);  ///< in place of what has the name
    void soft_link(const std::string& name, const std::string& target);
    void external_link(const std::string& name, const std::string& file, const std::string& target);
};

class Hdf5File {
public:
    /// Creates a file that is never locked and that older readers open while it grows, in place of what is there.
    /// @param chunk_index_size  chunks of a dataset before its index splits (a kill in a split costs data)
    [[nodiscard]] static Hdf5File create(const std::string& path, int chunk_index_size);
    [[nodiscard]] static Hdf5File open(const std::string& path);  ///< read-only, without a lock
    [[nodiscard]] static Hdf5File open_to_add(const std::string& path);
    [[nodiscard]] Hdf5Group root() const;
    void flush();
    /// Nothing that happens from now on reaches the disk: the file stays as the last writes left it, while closing it would
    /// write and shorten it once more, in an order that a kill or a full disk does not forgive.
    void detach();

private:
    explicit Hdf5File(Hdf5Handle handle) : handle_(std::move(handle)) {}
    Hdf5Handle handle_;
};

}  // namespace foramen::io
