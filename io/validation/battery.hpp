#pragma once

#include <filesystem>
#include <string>

#include "io/scenario_reader.hpp"
#include "io/validation/test_record.hpp"

namespace foramen::io {

/// The folder of the scenarios that targets name: battery, beside the library. @throws FileError if there is none
[[nodiscard]] std::filesystem::path battery_folder(const ReadOptions& options);

/// A scenario of the battery, as it stands or on another anatomy: then it is extended by one line, `anatomy: NAME`.
/// @param anatomy  empty: as it stands
/// @throws FileError, ScenarioError
[[nodiscard]] LoadedScenario read_battery_scenario(const std::filesystem::path& battery, const std::string& scenario,
                                                   const std::string& anatomy, const ReadOptions& options);

/// Runs a scenario in memory, without a result file; the stiffness at the end of a test in the laboratory as `foramen run` has
/// it.
/// @throws std::runtime_error with a sentence where it does not reach its end
[[nodiscard]] TestRecord run_in_memory(const LoadedScenario& loaded);

}  // namespace foramen::io
