#include "io/import/file_rows.hpp"

#include <fmt/core.h>

#include "io/scenario_sources.hpp"

namespace foramen::io {

namespace fs = std::filesystem;

namespace {

std::vector<FileRow> rows_of(const std::string& text, int source) {
    constexpr const char* between = " \t\r,";
    std::vector<FileRow> rows;
    int line = 0;
    for (std::size_t start = 0; start < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        const std::string one = text.substr(start, end - start);
        FileRow row;
        for (std::size_t from = one.find_first_not_of(between); from != std::string::npos;) {
            const std::size_t to = std::min(one.find_first_of(between, from), one.size());
            row.push_back({one.substr(from, to - from), {source, line, static_cast<int>(from), static_cast<int>(to - from)}});
            from = one.find_first_not_of(between, to);
        }
        if (!row.empty()) rows.push_back(std::move(row));
        start = end + 1;
    }
    return rows;
}

}  // namespace

ImportFiles::ImportFiles(const fs::path& root) : root_(root), problems_(diagnostics_) {
    std::error_code ignored;
    folder_ = fs::is_directory(root, ignored) ? root : root.parent_path();
    static_cast<void>(diagnostics_.add_source(root.string(), ""));
}

bool ImportFiles::has(const std::string& name) const {
    std::error_code ignored;
    return fs::is_regular_file(folder_ / name, ignored);
}

std::optional<std::string> ImportFiles::text(const std::string& name) {
    const fs::path path = folder_ / name;
    const auto found = file_text(path);
    if (!found) {
        report(fmt::format("{} cannot be read", name), "it belongs to what else is given there");
        return {};
    }
    source_ = diagnostics_.add_source(path.string(), *found);
    read_.push_back(path);
    return found;
}

std::optional<std::vector<FileRow>> ImportFiles::rows(const std::string& name) {
    const auto whole = text(name);
    if (!whole) return {};
    std::vector<FileRow> rows = rows_of(*whole, source_);
    if (rows.empty()) diagnostics_.error(start(), "", "the file is empty");
    return rows;
}

void ImportFiles::report(const std::string& reason, const std::string& hint) { diagnostics_.error({}, "", reason, hint); }

void ImportFiles::close() {
    problems_.close();
    if (diagnostics_.has_errors()) throw ScenarioError(root_.string(), diagnostics_.sorted());
}

}  // namespace foramen::io
