#pragma once

#include <string>
#include <string_view>

namespace foramen::io {

/// Writes a small file under a temporary name beside it and renames it: a reader sees the old text or the new one.
/// @throws FileError
void replace_file(const std::string& path, std::string_view text);

/// Renames over what is there. @throws FileError
void rename_file(const std::string& from, const std::string& to);

}  // namespace foramen::io
