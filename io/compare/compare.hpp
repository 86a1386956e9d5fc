#pragma once

#include <string>
#include <vector>

#include "io/compare/session_measures.hpp"

namespace foramen::io {

/// A session beside others.
struct ComparedSession {
    std::string file, title;
    std::vector<SessionMeasure> measures;
    std::vector<double> time;                     ///< [s]
    std::vector<std::vector<double>> curves;      ///< of each panel of the plot
};

/// What the plot shows, one panel each.
struct ComparedCurve {
    const char* series;
    const char* title;
    const char* unit;
    bool of_foramen, change;  ///< label is the foramen; drawn as change since the first step
};
[[nodiscard]] const std::vector<ComparedCurve>& compared_curves();

/// @throws FileError  with the file's name
[[nodiscard]] ComparedSession compared_session(const std::string& file, const std::string& level, const std::string& side);

/// A line for each measure, a column for each session; measures that no session has are left out.
[[nodiscard]] std::string compare_table(const std::vector<ComparedSession>& sessions, const std::string& level, const std::string& side);
/// A line for each session, a column for each measure with its unit.
[[nodiscard]] std::string compare_csv(const std::vector<ComparedSession>& sessions);
/// The sessions' curves over time, one panel below the other, as SVG.
[[nodiscard]] std::string compare_plot(const std::vector<ComparedSession>& sessions, const std::string& level, const std::string& side);

}  // namespace foramen::io
