#pragma once

#include <filesystem>
#include <vector>

#include "scenarios/study/limit.hpp"

namespace foramen::io {

/// Every limit of data/limits, by name. @throws FileError, or ScenarioError with every problem of the files
[[nodiscard]] std::vector<scenarios::Limit> read_limits(const std::filesystem::path& data);

}  // namespace foramen::io
