#include "io/replace_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "io/result_file.hpp"

namespace foramen::io {

void replace_file(const std::string& path, std::string_view text) {
    const std::string temporary = path + ".tmp";
    errno = 0;
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    if (!file) {
        const int reason = errno;
        std::error_code ignored;
        std::filesystem::remove(temporary, ignored);
        throw FileError(fmt::format("cannot write {}: {}", path, reason != 0 ? std::strerror(reason) : "unknown reason"));
    }
    rename_file(temporary, path);
}

void rename_file(const std::string& from, const std::string& to) {
    std::error_code error;
    std::filesystem::rename(from, to, error);
    if (error) {
        throw FileError(fmt::format("cannot rename {} to {}: {}", from, to, error.message()));
    }
}

}  // namespace foramen::io
