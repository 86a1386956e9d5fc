#pragma once

#include <filesystem>
#include <memory>

#include "io/diagnostics.hpp"
#include "models/imported_anatomy.hpp"

namespace foramen::io {

/// An anatomy and the files that it was read from.
struct LoadedAnatomy {
    std::shared_ptr<const models::ImportedAnatomy> anatomy;
    std::filesystem::path path;                ///< folder or YAML file
    std::vector<std::filesystem::path> files;  ///< all that were read
};

/// Reads a folder in the layout of the data set of Remus et al. (2021), or a YAML file that maps the sets of .inp meshes
/// (io/import/mapped_meshes.hpp). docs/anatomy.md
/// @throws ScenarioError  with every problem of the files
/// @throws FileError      there is nothing at the path
[[nodiscard]] LoadedAnatomy read_anatomy(const std::filesystem::path& path);

/// Where an anatomy that somebody names lies: as a path from `beside`, else in the folder of the environment variable
/// FORAMEN_ANATOMY; nothing if neither is there.
[[nodiscard]] std::optional<std::filesystem::path> find_anatomy(const std::string& name, const std::filesystem::path& beside);

}  // namespace foramen::io
