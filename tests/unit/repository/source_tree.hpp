#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace foramen::testing {

/// The files of the source tree, without what is built, run or kept by git.
[[nodiscard]] inline std::vector<std::filesystem::path> tree_files() {
    namespace fs = std::filesystem;
    static const std::set<std::string> skipped{".git", "build", "results", "__pycache__", "node_modules"};
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator entry(FORAMEN_SOURCE_DIR), end; entry != end; ++entry) {
        if (entry->is_directory() && skipped.contains(entry->path().filename().string())) {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file()) {
            files.push_back(entry->path().lexically_relative(FORAMEN_SOURCE_DIR));
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

[[nodiscard]] inline std::string read_text(const std::filesystem::path& relative) {
    std::ostringstream text;
    text << std::ifstream(std::filesystem::path(FORAMEN_SOURCE_DIR) / relative, std::ios::binary).rdbuf();
    return text.str();
}

[[nodiscard]] inline std::vector<std::string> read_lines(const std::filesystem::path& relative) {
    std::istringstream text(read_text(relative));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
}

[[nodiscard]] inline bool is_cpp(const std::filesystem::path& file) {
    return file.extension() == ".cpp" || file.extension() == ".hpp";
}

/// First folder of a path below the root: engine, models ...
[[nodiscard]] inline std::string top_folder(const std::filesystem::path& relative) { return relative.begin()->string(); }

}  // namespace foramen::testing
