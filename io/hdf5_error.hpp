#pragma once

// Private to hdf5_*.cpp.

#include <cstdint>
#include <string>

#include "io/hdf5_file.hpp"

namespace foramen::io {

/// Returns `result`; if it is negative throws FileError "cannot <operation> in <file>: <reason>".
/// @param location  any identifier inside the file
std::int64_t checked(std::int64_t result, std::int64_t location, const std::string& operation);
/// The same where there is no identifier yet.
std::int64_t checked_path(std::int64_t result, const std::string& path, const std::string& operation);

/// Variable-length UTF-8.
[[nodiscard]] Hdf5Handle variable_text_type(std::int64_t location);

}  // namespace foramen::io
