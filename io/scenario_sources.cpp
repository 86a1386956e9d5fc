#include "io/scenario_sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "io/spelling.hpp"

namespace foramen::io {

namespace fs = std::filesystem;

namespace {
std::string identity(const fs::path& path) {
    std::error_code ignored;
    const fs::path full = fs::weakly_canonical(path, ignored);
    return full.empty() ? path.string() : full.string();
}

std::string kind_of(const std::string& folder) { return folder.empty() ? "scenario" : folder.substr(0, folder.size() - 1); }
}  // namespace

std::optional<std::string> file_text(const fs::path& path) {
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) return {};
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return {};
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (stream.bad()) return {};
    return text;
}

fs::path ScenarioSources::beside(const Mark& mark, const std::string& name) const {
    const fs::path path = name;
    return path.is_absolute() ? path : fs::path(diagnostics_.source(mark.file).name).parent_path() / path;
}

std::vector<std::string> ScenarioSources::names_in(const std::string& folder) const {
    std::vector<std::string> names;
    for (const fs::path& library : options_.library) {
        std::error_code ignored;
        for (const auto& file : fs::directory_iterator(library / folder, ignored)) {
            if (file.path().extension() == ".yaml") names.push_back(file.path().stem().string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::optional<fs::path> ScenarioSources::find(const Tree& name, const std::string& folder) const {
    std::vector<fs::path> candidates;
    if (name.text.ends_with(".yaml") || name.text.find('/') != std::string::npos) {
        candidates.push_back(beside(name.mark, name.text));
    } else {
        if (folder.empty()) candidates.push_back(beside(name.mark, name.text + ".yaml"));
        for (const fs::path& library : options_.library) candidates.push_back(library / folder / (name.text + ".yaml"));
    }
    std::error_code ignored;
    for (const fs::path& candidate : candidates) {
        if (fs::is_regular_file(candidate, ignored)) return candidate;
    }
    return {};
}

std::optional<Tree> ScenarioSources::named(const Tree& name, const std::string& folder, const std::string& field) {
    if (name.kind != Tree::Kind::scalar) {
        diagnostics_.error(name.mark, field, "expected the name of a " + kind_of(folder) + ", got " + name.what());
        return {};
    }
    const auto path = find(name, folder);
    if (!path) {
        const auto known = names_in(folder);
        diagnostics_.error(name.mark, field, fmt::format("there is no {} \"{}\"", kind_of(folder), name.text),
                           known.empty() ? "the library was not found; set FORAMEN_LIBRARY" : suggest(name.text, known));
        return {};
    }
    const std::string id = identity(*path);
    if (std::find(open_.begin(), open_.end(), id) != open_.end()) {
        diagnostics_.error(name.mark, field, fmt::format("\"{}\" extends itself", name.text), "end the circle");
        return {};
    }
    const auto text = file_text(*path);
    if (!text) {
        diagnostics_.error(name.mark, field, fmt::format("cannot read \"{}\"", name.text));
        return {};
    }
    open_.push_back(id);
    auto tree = parse_yaml(diagnostics_.add_source(path->string(), *text), diagnostics_);
    if (tree) tree = extended(*tree, folder, field);
    open_.pop_back();
    return tree;
}

std::optional<Tree> ScenarioSources::extended(const Tree& tree, const std::string& folder, const std::string& field) {
    const Tree::Entry* const base_name = tree.find("extends");
    if (!base_name) return tree;
    const auto base = named(base_name->value, folder, field.empty() ? "extends" : field + ".extends");
    if (!base) return {};
    Tree over = tree;
    std::erase_if(over.entries, [](const Tree::Entry& e) { return e.key == "extends"; });
    return merged(*base, over);
}

std::optional<Tree> ScenarioSources::scenario(int file) {
    const auto tree = parse_yaml(file, diagnostics_);
    if (!tree) return {};
    open_ = {identity(diagnostics_.source(file).name)};
    auto whole = extended(*tree, "", "");
    open_.clear();
    return whole;
}

std::optional<Tree> ScenarioSources::part(const Tree& value, const std::string& folder, const std::string& field) {
    if (value.kind == Tree::Kind::scalar) return named(value, folder, field);
    return extended(value, folder, field);
}

}  // namespace foramen::io
