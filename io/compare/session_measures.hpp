#pragma once

#include <string>
#include <vector>

#include "io/result_file.hpp"

namespace foramen::io {

/// One number that tells about a session; NaN where the session has none.
struct SessionMeasure {
    std::string key;    ///< short, for columns: idp_hold
    std::string title;  ///< for people
    std::string unit;
    int digits;
    double value;
};

/// What a reader compares sessions by, at one level and side. Before: the last step before the first pull; hold: the last step at the
/// largest force; after: the last step. A session without traction has no hold, and its first step is before. A pull is a stretch at 95 % of the largest force or more.
/// Times per pull are those from the first to the last pull over the number of pulls. What lasts is the change from before to after over
/// that from before to hold.
/// @param level  name of a disc; @param side  left or right
/// @throws FileError for a result without steps, of a test in the laboratory, or without that level
[[nodiscard]] std::vector<SessionMeasure> session_measures(const ResultFile& result, const std::string& level, const std::string& side);

/// Steps by which a session is read: indices into its histories.
struct SessionMoments {
    std::size_t before = 0, hold = 0, after = 0;
    int pulls = 0;
    std::vector<std::size_t> pull_ends;  ///< of each pull the last step at its own largest force
};
[[nodiscard]] SessionMoments session_moments(const std::vector<double>& device_force);

/// From the end of the pull before (the first: from the last step without force) to the end of its own pull, for each pull.
struct PullCycle {
    std::size_t begin, end;
};
[[nodiscard]] std::vector<PullCycle> pull_cycles(const SessionMoments& moments);

}  // namespace foramen::io
