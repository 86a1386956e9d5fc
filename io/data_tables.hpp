#pragma once

#include <filesystem>

#include "models/anatomy_tables.hpp"

namespace foramen::io {

/// Reads every table of the data folder; angles become radians, everything else is in internal units already.
/// @param data_folder  see io/data_folder.hpp
/// @throws FileError that lists everything wrong in all the tables, a line each: file:line: column: reason
[[nodiscard]] models::AnatomyTables read_anatomy_tables(const std::filesystem::path& data_folder);

}  // namespace foramen::io
