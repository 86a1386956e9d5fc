#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "io/diagnostics.hpp"
#include "io/import/anatomy_files.hpp"
#include "scenarios/scenario.hpp"

namespace foramen::io {

struct ReadOptions {
    /// Folders like scenarios/library, searched in this order for names of scenarios, patients, devices, tables, protocols.
    std::vector<std::filesystem::path> library;
};

/// Where a field's value was written.
struct Origin {
    std::string text;  ///< as written: "45 %BW"
    std::string file;
    int line;  ///< 1-based
};

/// A scenario that may be run, and all that its provenance needs.
struct LoadedScenario {
    scenarios::Scenario scenario;
    std::string file;                       ///< path or name that was read
    std::string given;                      ///< its text, verbatim
    std::string resolved;                   ///< YAML with every value; reads to the same scenario without any other file
    std::vector<SourceText> sources;        ///< all texts that took part, the given one first
    std::map<std::string, Origin> origins;  ///< by field path; a field not in it has its default
    LoadedAnatomy anatomy;                  ///< somebody's own spine, if the scenario asks for one
    std::vector<Diagnostic> warnings;
    std::vector<std::string> assumptions;  ///< scenarios::assumptions
};

/// Reads a scenario file, or by its bare name one of the library.
/// @throws FileError      the file cannot be opened
/// @throws ScenarioError  with every problem of the input
[[nodiscard]] LoadedScenario read_scenario(const std::filesystem::path& path, const ReadOptions& options);

/// The same for a text in memory; `name` stands for it in messages, and files it names are looked for beside `name`.
[[nodiscard]] LoadedScenario read_scenario_text(const std::string& text, const std::string& name, const ReadOptions& options);

/// The library that belongs to the running program, or else to the current folder.
[[nodiscard]] ReadOptions default_read_options();

/// The folder in the environment variable FORAMEN_LIBRARY, else the first scenarios/library or share/foramen/library at or
/// above `near`; nothing if there is none.
[[nodiscard]] std::vector<std::filesystem::path> find_library(const std::filesystem::path& near);

}  // namespace foramen::io
