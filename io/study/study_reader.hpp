#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/scenario_reader.hpp"
#include "scenarios/study/study_design.hpp"

namespace foramen::io {

/// A force that the base scenario gives in parts of the body weight: it goes with the patient's weight.
struct WeightedForce {
    std::string field;
    double share;  ///< of the body weight [-]
};

/// A study that may be run.
struct LoadedStudy {
    scenarios::Study study;
    LoadedScenario base;
    std::vector<WeightedForce> weighted;  ///< of fields that do not vary themselves
    std::string file;                     ///< as it was named
    std::string given;                    ///< its text
    std::vector<Diagnostic> warnings;
};

/// Reads a study and the scenario that it varies. @throws FileError, or ScenarioError with every problem of both
[[nodiscard]] LoadedStudy read_study(const std::filesystem::path& path, const ReadOptions& options);

/// The scenario of one row of the design.
/// @param values  an entry a varied field, internal units
[[nodiscard]] scenarios::Scenario scenario_of(const LoadedStudy& loaded, const Eigen::Ref<const Eigen::RowVectorXd>& values);

}  // namespace foramen::io
