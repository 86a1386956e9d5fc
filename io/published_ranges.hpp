#pragma once

#include <string>
#include <vector>

namespace foramen::io {

/// A range from the literature to be shown beside a series' curve.
struct PublishedRange {
    std::string series;
    std::string what;  ///< "lying"
    double low, high;  ///< in the series' unit
    std::string source;  ///< keys of data/validation/README.md
};

/// data/validation/ranges.csv. @throws FileError with everything wrong in it, a line each
[[nodiscard]] std::vector<PublishedRange> published_ranges();

}  // namespace foramen::io
