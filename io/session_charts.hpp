#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/published_ranges.hpp"
#include "io/result_file.hpp"

namespace foramen::io {

struct ChartCurve {
    std::string label;
    std::vector<double> values;  ///< at ResultFile::times()
};

/// One chart over time: what a reader looks at, made from one or several series.
struct SessionChart {
    std::string group;  ///< discs, foramina, body
    std::string title;
    std::string units;
    int digits;         ///< after the decimal point of a value that is printed
    std::vector<ChartCurve> curves;
    std::optional<PublishedRange> published{};
};

/// Charts of every group of observables that a result has: discs; left foramina, canal and facet joints; forces of device and table,
/// ligaments, muscles and dose. Labels are merged where a level or a muscle is meant: forces and areas added up, strains and activations the
/// largest, gaps the smallest. With the ranges of `published`.
[[nodiscard]] std::vector<SessionChart> session_charts(const ResultFile& result, const std::vector<PublishedRange>& published);

}  // namespace foramen::io
