#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "io/study/study_reader.hpp"

namespace foramen::io {

/// The runs of a study, each with its name.
struct StudyPlan {
    scenarios::DesignTable design;
    std::vector<std::string> keys;  ///< an entry a row; rows that are the same run have the same
    [[nodiscard]] std::size_t size() const { return keys.size(); }
    [[nodiscard]] std::size_t distinct() const;
};

/// @throws FileError
[[nodiscard]] StudyPlan plan_study(const LoadedStudy& loaded);

/// Header and cell of a varied field in tables: "patient.stature [mm]", "1680".
[[nodiscard]] std::string input_header(const LoadedStudy& loaded, std::size_t input);
[[nodiscard]] std::string input_cell(const LoadedStudy& loaded, std::size_t input, double value);
/// The same as a number: in the header's unit, of a word its index.
[[nodiscard]] double input_number(const LoadedStudy& loaded, std::size_t input, double value);

/// The design as CSV: row, block, inputs, key.
[[nodiscard]] std::string design_csv(const LoadedStudy& loaded, const StudyPlan& plan);

/// The design's inputs as SALib's problem, JSON: names and bounds of the unit cube.
[[nodiscard]] std::string salib_problem(const LoadedStudy& loaded);

}  // namespace foramen::io
