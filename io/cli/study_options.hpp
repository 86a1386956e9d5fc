#pragma once

#include <optional>

#include "io/cli/command.hpp"
#include "io/study/study_runner.hpp"

namespace foramen::io {

/// The value of an option as a whole number; says what is wrong with it and is empty otherwise.
[[nodiscard]] std::optional<int> whole_option(const Arguments& arguments, const char* option, int least, int most);

/// Reads the study; --size takes the place of its design's. Empty: what was wrong has been said. @throws FileError, ScenarioError
[[nodiscard]] std::optional<LoadedStudy> load_study(const Arguments& arguments, const std::string& file);

/// --threads, --quiet, --shard. Empty: what was wrong has been said.
[[nodiscard]] std::optional<RunnerSettings> runner_settings(const Arguments& arguments);

}  // namespace foramen::io
