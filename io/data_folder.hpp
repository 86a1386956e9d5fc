#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace foramen::io {

/// The folder of the anatomy, material and muscle tables. Looked for in this order: the environment's FORAMEN_DATA; beside
/// the program (../../data of a build folder, ../share/foramen/data of an installed one); the source tree it was built from.
/// @throws FileError if FORAMEN_DATA holds no tables, or no place does
[[nodiscard]] std::filesystem::path data_folder();

/// 64 hexadecimal digits. @throws FileError
[[nodiscard]] std::string file_sha256(const std::filesystem::path& path);

/// The same of a text.
[[nodiscard]] std::string text_sha256(std::string_view text);

struct FileHash {
    std::string file;    ///< relative to the folder, with /
    std::string sha256;  ///< 64 hexadecimal digits
};

/// SHA-256 of every CSV file below `folder`, by name: what a result needs to say which numbers it was computed from. What is
/// only compared with (verification, calibration, validation) is left out.
/// @throws FileError
[[nodiscard]] std::vector<FileHash> data_file_hashes(const std::filesystem::path& folder);

}  // namespace foramen::io
