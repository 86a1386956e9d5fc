#pragma once

// The result file (docs/result-file.md): plain HDF5, /VTKHDF for ParaView, /history for xarray and pandas, /provenance.

#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace foramen::io {

/// A file could not be made, read or understood; the message names path and operation.
class FileError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct FieldSpec {
    std::string name;   ///< displacement, pressure ...
    std::string units;  ///< UDUNITS spelling: mm, N, MPa, s, degree, 1
    std::string long_name;
    int components = 1;     ///< 1, 3 or 6 (XX YY ZZ XY YZ XZ)
    std::string comment{};  ///< sign convention and the like; may be empty
};

enum class CellType : std::uint8_t { line = 3, triangle = 5, quad = 9, hexahedron = 12 };

/// One named part of the picture: its mesh (reference configuration) and the fields that it carries.
struct BlockSpec {
    std::string name;                           ///< L4-L5, L4, ALL L4-L5 ...; unique
    std::string group;                          ///< discs, vertebrae, ligaments, muscles, facets, foramina
    CellType cell_type = CellType::hexahedron;  ///< one cell type per block
    std::vector<float> points;                  ///< 3 per point [mm]
    std::vector<std::int64_t> connectivity;
    std::vector<FieldSpec> point_fields;  ///< written at every output time
    std::vector<FieldSpec> cell_fields;
    std::vector<std::pair<FieldSpec, std::vector<float>>> static_cell_fields;  ///< written once (material, angle)
};

/// One observable over time: scalar (dimension empty) or one value per label of a named dimension, e.g.
/// {"idp", "MPa", "intradiscal pressure ...", "positive in compression", "disc", {"L1-L2", ...}}.
struct SeriesSpec {
    std::string name;
    std::string units;
    std::string long_name;
    std::string comment;
    std::string dimension;            ///< "" | disc | foramen | facet | ligament | fascicle | body
    std::vector<std::string> labels;  ///< coordinate values of the dimension; the same for every series with that dimension
};

/// Text or number under /provenance.
struct ProvenanceEntry {
    std::string name;
    std::string value;
    std::string long_name;
};

struct ResultOptions {
    std::string title{};
    std::string command{};             ///< for the CF `history` attribute
    int planned_field_outputs = 1024;  ///< sizes the chunk index, so that it never splits
    int mantissa_bits = 16;            ///< kept in float32 fields (23: all); never applied to /history
    double flush_seconds = 5.0;        ///< at most this much wall time of work is lost by a kill
};

/// Field values of one block at one output time: one array a point field, then one a cell field, in BlockSpec's order.
struct BlockFields {
    std::vector<std::vector<float>> point_fields;
    std::vector<std::vector<float>> cell_fields;
};

enum class RunStatus { running, complete, stopped };

/// Writes NAME.h5 (as NAME.h5.part until the first commit), NAME.vtkhdf and NAME.xdmf2.
/// A kill at any moment leaves a file that opens and holds every step up to the last commit.
class ResultWriter {
public:
    /// @param path  ends in .h5
    /// @throws FileError
    ResultWriter(const std::string& path, std::vector<BlockSpec> blocks, std::vector<SeriesSpec> series,
                 std::vector<ProvenanceEntry> provenance, const ResultOptions& options);
    ~ResultWriter();
    ResultWriter(const ResultWriter&) = delete;
    ResultWriter& operator=(const ResultWriter&) = delete;

    /// Appends one accepted step. @param values  the series one after another, each with its labels' count of values.
    void append_history(double time, std::span<const double> values);
    /// Appends the fields at one output time, one entry a block.
    /// @throws FileError when the disk refuses, as do commit and finish; the writer is closed then, and the file keeps what
    /// was committed
    void append_fields(double time, std::span<const BlockFields> fields);
    /// Commits when flush_seconds have passed since the last commit; called after every step. @return whether it did
    bool commit_if_due();
    void commit();
    /// Adds or replaces entries (end time, wall time by phase, step counts) and closes with a status.
    void finish(RunStatus status, std::vector<ProvenanceEntry> provenance);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Reads a result, finished or still being written: a snapshot of what is committed at the time of opening. To see more of
/// a run of another process, destroy it and open again (HDF5 shares what two openings in one process have cached).
class ResultFile {
public:
    explicit ResultFile(const std::string& path);  ///< @throws FileError
    ~ResultFile();
    ResultFile(ResultFile&&) noexcept;

    [[nodiscard]] RunStatus status() const;
    [[nodiscard]] const std::vector<BlockSpec>& blocks() const;  ///< meshes, field names, units
    [[nodiscard]] const std::vector<SeriesSpec>& series() const;
    [[nodiscard]] const std::vector<double>& field_times() const;  ///< [s]
    [[nodiscard]] const std::vector<double>& times() const;        ///< of /history [s]
    /// Whole history of a series: times x labels, row-major. @throws FileError if there is none of that name
    [[nodiscard]] std::vector<double> history(const std::string& name) const;
    /// History of one label ("" for a scalar series).
    [[nodiscard]] std::vector<double> history(const std::string& name, const std::string& label) const;
    [[nodiscard]] std::vector<float> point_field(const std::string& block, const std::string& field, int step) const;
    [[nodiscard]] std::vector<float> cell_field(const std::string& block, const std::string& field, int step) const;
    [[nodiscard]] std::string provenance(const std::string& name) const;  ///< "" if absent
    [[nodiscard]] std::vector<std::string> provenance_names() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace foramen::io
