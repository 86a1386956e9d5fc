#pragma once

#include <string>
#include <vector>

namespace foramen::io {

struct ReportOptions {
    std::string title;      ///< of the page; empty: that of the one run, or "N runs compared"
    int most_frames = 150;  ///< of the moving spine
};

/// One HTML page of one or several results that needs nothing else, not even a network: summary, curves that zoom, the spine in 3-D that
/// turns and plays over time. Made of data/report/page.html and page.js (decision 34).
/// @throws FileError if a result cannot be read or holds no step, or the page's pieces are missing
[[nodiscard]] std::string report_page(const std::vector<std::string>& results, const ReportOptions& options);

}  // namespace foramen::io
