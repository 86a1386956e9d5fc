#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "models/morphometry.hpp"

namespace foramen::io {

/// The measures of an imported spine beside those of the law of the tables for one person.
struct Comparison {
    std::string name;       ///< of the anatomy
    models::Sex sex;
    double stature;         ///< whose law it is [mm]
    bool fitted;            ///< the stature was found from the heights of the vertebral bodies
    std::vector<models::Measure> own, law;
};

/// @param stature  none: that at which the law's body heights are on average those of the files
/// @throws ScenarioError, FileError  as read_anatomy
[[nodiscard]] Comparison measure_anatomy(const std::filesystem::path& path, models::Sex sex, std::optional<double> stature);

/// For people; one row a measure and level as CSV; the same as JSON.
[[nodiscard]] std::string comparison_table(const Comparison& comparison);
[[nodiscard]] std::string comparison_csv(const Comparison& comparison);
[[nodiscard]] std::string comparison_json(const Comparison& comparison);

}  // namespace foramen::io
