#pragma once

// The group /history in the manner of netCDF-4: `time`, one dataset a series, one coordinate of texts a dimension.

#include <cstdint>
#include <span>
#include <vector>

#include "io/hdf5_file.hpp"
#include "io/result_file.hpp"

namespace foramen::io {

/// Values a row: one for a scalar series, otherwise one a label.
[[nodiscard]] std::size_t series_width(const SeriesSpec& series);

/// Collects rows in memory and writes them together; a row counts for a reader only after commit().
class HistoryWriter {
public:
    HistoryWriter(Hdf5File& file, std::span<const SeriesSpec> series);

    /// @param time  greater than that of the row before
    void append(double time, std::span<const double> values);
    void write_collected();
    /// Makes the written rows count. They must have been flushed before.
    void commit();
    [[nodiscard]] std::size_t row_count() const { return written_rows_ + times_.size(); }

private:
    struct Series {
        Hdf5Dataset values;
        std::size_t width;
    };

    Hdf5Dataset time_;
    std::vector<Series> series_;
    Hdf5Integer committed_rows_;
    std::size_t width_ = 0;  // of a whole row
    std::size_t written_rows_ = 0;
    double last_time_;
    std::vector<double> times_;   // collected
    std::vector<double> values_;  // collected, row after row
};

}  // namespace foramen::io
