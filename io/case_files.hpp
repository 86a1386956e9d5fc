#pragma once

// Folders of YAML files with one described thing each: cases of verification, published tests.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "io/field_reader.hpp"

namespace foramen::io {

/// Reads one file by its description, then asks for what no description says.
/// @throws FileError, or ScenarioError with every problem of the file
void read_described(const std::filesystem::path& file, const std::function<void(engine::FieldVisitor&)>& describe,
                    const std::function<void(const FieldReader&, Diagnostics&)>& check);

/// The same for a text in memory; `name` stands for it in messages. @throws ScenarioError
void read_described(const std::string& name, const std::string& text, const std::function<void(engine::FieldVisitor&)>& describe,
                    const std::function<void(const FieldReader&, Diagnostics&)>& check);

using WantedName = std::function<bool(const std::string& stem)>;

/// The .yaml files of a folder, by name: all, or those that are wanted. @throws FileError
[[nodiscard]] std::vector<std::filesystem::path> yaml_files(const std::filesystem::path& folder, const WantedName& wanted = {});

/// Reads every .yaml file of a folder, or those that are wanted; what is wrong with them is added to `problems`. @throws FileError
template <class Item>
[[nodiscard]] std::vector<Item> read_all(const std::filesystem::path& folder,
                                         const std::function<Item(const std::filesystem::path&)>& read,
                                         std::vector<Diagnostic>& problems, const WantedName& wanted = {}) {
    std::vector<Item> items;
    for (const std::filesystem::path& file : yaml_files(folder, wanted)) {
        try {
            items.push_back(read(file));
        } catch (const ScenarioError& e) {
            problems.insert(problems.end(), e.diagnostics().begin(), e.diagnostics().end());
        }
    }
    return items;
}

}  // namespace foramen::io
