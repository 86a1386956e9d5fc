#include "io/case_files.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/result_file.hpp"

namespace foramen::io {

namespace fs = std::filesystem;

void read_described(const fs::path& file, const std::function<void(engine::FieldVisitor&)>& describe,
                    const std::function<void(const FieldReader&, Diagnostics&)>& check) {
    const auto text = file_text(file);
    if (!text) throw FileError(fmt::format("{}: cannot be read", file.string()));
    read_described(file.string(), *text, describe, check);
}

void read_described(const std::string& name, const std::string& text, const std::function<void(engine::FieldVisitor&)>& describe,
                    const std::function<void(const FieldReader&, Diagnostics&)>& check) {
    Diagnostics diagnostics;
    const ReadOptions options;
    ScenarioSources sources(options, diagnostics);
    if (const auto tree = parse_yaml(diagnostics.add_source(name, text), diagnostics)) {
        const scenarios::Patient nobody;
        FieldReader reader(*tree, nobody, sources, diagnostics);
        describe(reader);
        reader.finish();
        check(reader, diagnostics);
    }
    if (diagnostics.has_errors()) throw ScenarioError(name, diagnostics.sorted());
}

std::vector<fs::path> yaml_files(const fs::path& folder, const WantedName& wanted) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (entry->path().extension() == ".yaml" && (!wanted || wanted(entry->path().stem().string()))) files.push_back(entry->path());
    if (error) throw FileError(fmt::format("{}: cannot be listed: {}", folder.string(), error.message()));
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace foramen::io
