#pragma once

#include <string>
#include <vector>

#include "io/compare/compare.hpp"

namespace foramen::io {

/// What one cycle did to a level. A cycle lasts from the end of the pull before (the first: from the last step without force) to the end
/// of its own pull: its times add up to those of the whole session. NaN where the session has no such number.
struct PullRow {
    int number;
    double end;                         ///< of the pull [s]
    double idp_lowest;                  ///< in the cycle [MPa]
    double height_gained, area_opened;  ///< at the pull's end, since before the first one [mm], [%]
    double root_clearance;              ///< at the pull's end [mm]
    double root_free, ganglion_free;    ///< in the cycle [s]
};

/// A row for each pull of a session.
/// @throws FileError  as session_measures, with the file's name
[[nodiscard]] std::vector<PullRow> pull_rows(const std::string& file, const std::string& level, const std::string& side);

/// The rows of one session for people; says so where nothing pulled.
[[nodiscard]] std::string pull_table(const std::string& file, const std::vector<PullRow>& rows);
/// A line for each pull of each session.
[[nodiscard]] std::string pull_csv(const std::vector<std::string>& files, const std::vector<std::vector<PullRow>>& rows);

}  // namespace foramen::io
