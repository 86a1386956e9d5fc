#include "io/data_folder.hpp"

#include <fmt/core.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <memory>

#include "io/result_file.hpp"

namespace foramen::io {
namespace fs = std::filesystem;
namespace {

bool holds_tables(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(folder / "anatomy" / "vertebrae.csv", ignored);
}

/// Folders whose numbers are compared with, and never computed from.
bool is_for_comparison(const std::string& folder) {
    return folder == "verification" || folder == "calibration" || folder == "validation";
}

class Sha256 {
public:
    Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
        if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) throw FileError("no SHA-256 in OpenSSL");
    }
    void add(std::string_view bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
    [[nodiscard]] std::string digits() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int length = 0;
        EVP_DigestFinal_ex(context_.get(), digest.data(), &length);
        std::string text;
        for (unsigned int i = 0; i < length; ++i) text += fmt::format("{:02x}", digest[i]);
        return text;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string file_sha256(const fs::path& path) {
    Sha256 hash;
    std::ifstream file(path, std::ios::binary);
    if (!file) throw FileError(fmt::format("{}: cannot be read for its SHA-256", path.string()));
    std::array<char, 65536> buffer{};
    while (file.read(buffer.data(), buffer.size()) || file.gcount() > 0) {
        hash.add({buffer.data(), static_cast<std::size_t>(file.gcount())});
    }
    if (file.bad()) throw FileError(fmt::format("{}: reading failed", path.string()));
    return hash.digits();
}

std::string text_sha256(std::string_view text) {
    Sha256 hash;
    hash.add(text);
    return hash.digits();
}

fs::path data_folder() {
    if (const char* wanted = std::getenv("FORAMEN_DATA"); wanted != nullptr && *wanted != '\0') {
        if (!holds_tables(wanted)) {
            throw FileError(fmt::format("FORAMEN_DATA is \"{}\", but there is no anatomy/vertebrae.csv in it", wanted));
        }
        return wanted;
    }
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    const std::array<fs::path, 3> places{program / "../../data", program / "../share/foramen/data", FORAMEN_SOURCE_DATA};
    std::string tried;
    for (const fs::path& place : places) {
        if (holds_tables(place)) return fs::weakly_canonical(place);
        tried += fmt::format("\n  {}", place.lexically_normal().string());
    }
    throw FileError("the data folder (with anatomy/vertebrae.csv) is in none of these places:" + tried +
                    "\nset FORAMEN_DATA to where it is");
}

std::vector<FileHash> data_file_hashes(const fs::path& folder) {
    std::vector<FileHash> hashes;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->is_directory() && is_for_comparison(entry->path().filename().string())) entry.disable_recursion_pending();
        if (entry->path().extension() != ".csv") continue;
        hashes.push_back({fs::relative(entry->path(), folder).generic_string(), file_sha256(entry->path())});
    }
    if (error) throw FileError(fmt::format("{}: cannot be listed: {}", folder.string(), error.message()));
    std::sort(hashes.begin(), hashes.end(), [](const FileHash& a, const FileHash& b) { return a.file < b.file; });
    return hashes;
}

}  // namespace foramen::io
