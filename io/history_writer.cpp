#include "io/history_writer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>

#include "engine/core/contract.hpp"

namespace foramen::io {

namespace {

void expect_valid_series(std::span<const SeriesSpec> series) {
    std::map<std::string, std::vector<std::string>> labels_of;
    std::set<std::string> names{"time"};
    for (const SeriesSpec& spec : series) {
        FORAMEN_EXPECTS(!spec.name.empty() && spec.name.find('/') == std::string::npos, spec.name);
        FORAMEN_EXPECTS(names.insert(spec.name).second, spec.name);
        FORAMEN_EXPECTS(!spec.units.empty() && !spec.long_name.empty(), spec.name);
        FORAMEN_EXPECTS(spec.dimension.empty() == spec.labels.empty(), spec.name, spec.dimension);
        if (!spec.dimension.empty()) {
            const auto& known = labels_of.try_emplace(spec.dimension, spec.labels).first->second;
            FORAMEN_EXPECTS(known == spec.labels, spec.name, spec.dimension);
        }
    }
    for (const auto& [dimension, labels] : labels_of) {
        FORAMEN_EXPECTS(!names.contains(dimension) && dimension.find('/') == std::string::npos, dimension);
    }
}

/// Chunks of about 64 kB, so that short runs stay small and the chunk index of long ones does not split.
std::uint64_t chunk_rows(std::size_t width) { return std::clamp<std::uint64_t>(8192 / width, 256, 4096); }

DatasetLayout series_layout(std::size_t width, bool labelled) {
    DatasetLayout layout{.type = NumberType::float64, .extent = {0}, .chunk = {chunk_rows(width)}};
    if (labelled) {
        layout.extent.push_back(width);
        layout.chunk.push_back(width);
    }
    return layout;
}

Hdf5Dataset make_coordinate(Hdf5Group& history, const SeriesSpec& spec) {
    Hdf5Dataset coordinate = history.make_text_dataset(spec.dimension, spec.labels.size());
    coordinate.write_texts(spec.labels);
    coordinate.describe({"1", "names along the dimension " + spec.dimension});
    coordinate.make_scale(spec.dimension);
    return coordinate;
}

}  // namespace

std::size_t series_width(const SeriesSpec& series) { return series.dimension.empty() ? 1 : series.labels.size(); }

HistoryWriter::HistoryWriter(Hdf5File& file, std::span<const SeriesSpec> series)
    : last_time_(-std::numeric_limits<double>::infinity()) {
    expect_valid_series(series);
    constexpr std::size_t largest_header = 512;
    Hdf5Group history =
        file.root().make_group("history", static_cast<unsigned>(std::min(2 * series.size() + 16, largest_header)));
    committed_rows_ = history.make_integer("committed_rows", 0);
    // All datasets first, their attributes after: the headers, which hold the lengths, then lie together and reach the
    // disk in one write.
    time_ = history.make_dataset("time", series_layout(1, false));
    for (const SeriesSpec& spec : series) {
        const std::size_t width = series_width(spec);
        series_.push_back({history.make_dataset(spec.name, series_layout(width, !spec.dimension.empty())), width});
        width_ += width;
    }
    time_.describe({"s", "time"});
    time_.make_scale("time");
    std::map<std::string, Hdf5Dataset> coordinates;
    for (std::size_t i = 0; i < series.size(); ++i) {
        const SeriesSpec& spec = series[i];
        Hdf5Dataset& values = series_[i].values;
        values.describe({spec.units, spec.long_name, spec.comment});
        values.attach_scale(time_, 0);
        if (!spec.dimension.empty()) {
            if (!coordinates.contains(spec.dimension)) {
                coordinates.emplace(spec.dimension, make_coordinate(history, spec));
            }
            values.attach_scale(coordinates.at(spec.dimension), 1);
        }
    }
}

void HistoryWriter::append(double time, std::span<const double> values) {
    FORAMEN_EXPECTS(std::isfinite(time) && time > last_time_, time, last_time_);
    FORAMEN_EXPECTS(values.size() == width_, values.size(), width_);
    last_time_ = time;
    times_.push_back(time);
    values_.insert(values_.end(), values.begin(), values.end());
}

void HistoryWriter::write_collected() {
    if (times_.empty()) {
        return;
    }
    std::vector<double> columns;
    std::size_t first_column = 0;
    for (Series& series : series_) {
        columns.clear();
        for (std::size_t row = 0; row < times_.size(); ++row) {
            const auto begin = values_.begin() + static_cast<std::ptrdiff_t>(row * width_ + first_column);
            columns.insert(columns.end(), begin, begin + static_cast<std::ptrdiff_t>(series.width));
        }
        series.values.append_rows(written_rows_, std::span<const double>(columns));
        first_column += series.width;
    }
    time_.append_rows(written_rows_, std::span<const double>(times_));
    written_rows_ += times_.size();
    times_.clear();
    values_.clear();
}

void HistoryWriter::commit() { committed_rows_.write(static_cast<std::int64_t>(written_rows_)); }

}  // namespace foramen::io
