#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "io/inp_sets.hpp"

namespace foramen::io {

/// A line of a file as words between blanks and commas; never empty.
using FileRow = std::vector<InpWord>;

/// The files of one imported anatomy while they are read, and what is wrong with them.
class ImportFiles {
public:
    /// @param root  folder or file that the user named: messages about nothing in particular name it
    explicit ImportFiles(const std::filesystem::path& root);

    [[nodiscard]] bool has(const std::string& name) const;
    /// Rows of a file below the root; nothing, and a report, where it cannot be read.
    [[nodiscard]] std::optional<std::vector<FileRow>> rows(const std::string& name);
    /// Its text likewise, with the number of its source.
    [[nodiscard]] std::optional<std::string> text(const std::string& name);
    [[nodiscard]] int source() const { return source_; }  ///< of what was read last
    /// Place of a file's first line, for what is missing in it.
    [[nodiscard]] Mark start() const { return {source_, 0, 0, 1}; }
    void report(const std::string& reason, const std::string& hint = "");

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    /// Of every file that was read, in that order.
    [[nodiscard]] const std::vector<std::filesystem::path>& read() const { return read_; }
    [[nodiscard]] Diagnostics& diagnostics() { return diagnostics_; }
    [[nodiscard]] InpProblems& problems() { return problems_; }
    /// @throws ScenarioError with every problem, if there is one
    void close();

private:
    std::filesystem::path root_, folder_;
    Diagnostics diagnostics_;
    InpProblems problems_;
    std::vector<std::filesystem::path> read_;
    int source_ = -1;
};

}  // namespace foramen::io
