#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "io/scenario_reader.hpp"
#include "io/section.hpp"

namespace foramen::io {

/// Finds and parses the files of which one scenario consists.
class ScenarioSources {
public:
    ScenarioSources(const ReadOptions& options, Diagnostics& diagnostics) : options_(options), diagnostics_(diagnostics) {}

    /// Parses a source already added, and lays it on what it extends. Empty: reported.
    [[nodiscard]] std::optional<Tree> scenario(int file);

    /// Parses the part of the library that a section names, or that its map extends.
    /// @param value   a name or a map
    /// @param folder  of the library: patients
    [[nodiscard]] std::optional<Tree> part(const Tree& value, const std::string& folder, const std::string& field);

    /// A file named in a text, relative to the text's folder.
    [[nodiscard]] std::filesystem::path beside(const Mark& mark, const std::string& name) const;

private:
    std::optional<Tree> extended(const Tree& tree, const std::string& folder, const std::string& field);
    std::optional<Tree> named(const Tree& name, const std::string& folder, const std::string& field);
    std::optional<std::filesystem::path> find(const Tree& name, const std::string& folder) const;
    std::vector<std::string> names_in(const std::string& folder) const;

    const ReadOptions& options_;
    Diagnostics& diagnostics_;
    std::vector<std::string> open_;  ///< files being extended, outermost first
};

/// Whole text of a file; empty if it cannot be read.
[[nodiscard]] std::optional<std::string> file_text(const std::filesystem::path& path);

}  // namespace foramen::io
