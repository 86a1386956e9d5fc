#include "io/published_ranges.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "io/csv_table.hpp"
#include "io/data_folder.hpp"
#include "io/result_file.hpp"

namespace foramen::io {

std::vector<PublishedRange> published_ranges() {
    constexpr std::array<CsvColumn, 6> columns{{{"series"}, {"what"}, {"low", "1"}, {"high", "1"}, {"status"}, {"source"}}};
    std::vector<std::string> problems;
    const CsvTable csv(data_folder() / "validation" / "ranges.csv", columns, problems);
    std::vector<PublishedRange> ranges;
    for (std::size_t row = 0; row < csv.row_count(); ++row) {
        ranges.push_back({csv.text(row, "series"), csv.text(row, "what"), csv.number(row, "low"), csv.number(row, "high"), csv.text(row, "source")});
        if (!(ranges.back().low < ranges.back().high)) csv.report(row, "high", "must be above low");
    }
    if (!problems.empty()) throw FileError(fmt::format("{}", fmt::join(problems, "\n")));
    return ranges;
}

}  // namespace foramen::io
