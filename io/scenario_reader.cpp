#include "io/scenario_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "io/field_reader.hpp"
#include "io/pull_record.hpp"
#include "io/result_file.hpp"
#include "io/scenario_sources.hpp"
#include "io/scenario_writer.hpp"
#include "scenarios/assumptions.hpp"
#include "scenarios/rules.hpp"
#include "scenarios/session.hpp"

namespace foramen::io {

namespace fs = std::filesystem;

namespace {
/// Fills in the records that tractions name by file.
void read_records(scenarios::Scenario& scenario, const FieldReader& reader, const ScenarioSources& sources,
                  Diagnostics& diagnostics) {
    for (std::size_t i = 0; i < scenario.session.size(); ++i) {
        scenarios::Measured& measured = scenario.session[i].traction.measured;
        if (measured.file.empty() || !measured.points.x.empty()) continue;
        const std::string field = fmt::format("session[{}].traction.measured.file", i + 1);
        const Mark mark = reader.place(field);
        const fs::path path = sources.beside(mark, measured.file);
        const auto text = file_text(path);
        if (!text) {
            diagnostics.error(mark, field, fmt::format("cannot read \"{}\"", measured.file),
                              "the path counts from the folder of the scenario file");
            continue;
        }
        measured.points = read_pull_record(diagnostics.add_source(path.string(), *text), field, diagnostics);
    }
}

/// A spine half of files and half of tables would be nobody's: every disc of the scenario must be given.
void require_discs(const scenarios::Scenario& scenario, const models::ImportedAnatomy& anatomy, const Mark& mark, Diagnostics& diagnostics) {
    const models::SpineSpec spec = scenarios::spine_spec(scenario);
    if (spec.first_disc() > spec.last_disc()) return;  // reported by the rules
    for (const int d : spec.present_discs())
        if (!anatomy.discs[static_cast<std::size_t>(d)])
            diagnostics.error(mark, "anatomy", fmt::format("it has no disc {}, which the scenario needs", models::disc_names[static_cast<std::size_t>(d)]),
                              "add it, or test the levels that there are in a laboratory");
}

/// Reads the anatomy that the scenario names; what its files have wrong is reported with theirs, before anything is run.
LoadedAnatomy read_own_anatomy(const scenarios::Scenario& scenario, const FieldReader& reader, const ScenarioSources& sources, Diagnostics& diagnostics) {
    if (scenario.anatomy == scenarios::parametric_anatomy || diagnostics.touches("anatomy")) return {};
    const Mark mark = reader.place("anatomy");
    const auto path = find_anatomy(scenario.anatomy, sources.beside(mark, ".").parent_path());
    if (!path) {
        diagnostics.error(mark, "anatomy", fmt::format("there is no \"{}\" beside the scenario or in FORAMEN_ANATOMY", scenario.anatomy),
                          "set FORAMEN_ANATOMY to the folder that holds it, or write anatomy: parametric");
        return {};
    }
    try {
        LoadedAnatomy anatomy = read_anatomy(*path);
        if (!diagnostics.has_errors()) require_discs(scenario, *anatomy.anatomy, mark, diagnostics);
        return anatomy;
    } catch (const ScenarioError& e) {
        for (const Diagnostic& d : e.diagnostics()) {
            const std::string place = d.line > 0 ? fmt::format("{}:{}:{}: ", d.file, d.line, d.column) : fmt::format("{}: ", d.file);
            diagnostics.error(mark, "anatomy", place + (d.field.empty() ? "" : d.field + ": ") + d.reason, d.hint);
        }
    }
    return {};
}

void report_problems(const scenarios::Scenario& scenario, const FieldReader& reader, Diagnostics& diagnostics) {
    const std::vector<scenarios::Problem> found = scenarios::problems(scenario);
    std::vector<const scenarios::Problem*> fresh;
    for (const auto& problem : found) {
        const bool stale =
            diagnostics.touches(problem.path) ||
            std::any_of(problem.involves.begin(), problem.involves.end(), [&](const auto& f) { return diagnostics.touches(f); });
        if (!stale) fresh.push_back(&problem);
    }
    for (const auto* problem : fresh) {
        const Mark mark = reader.place(problem->path);
        if (problem->warning) {
            diagnostics.warning(mark, problem->path, problem->reason, problem->hint);
        } else {
            diagnostics.error(mark, problem->path, problem->reason, problem->hint);
        }
    }
}

LoadedScenario read(const std::string& text, const std::string& name, const ReadOptions& options) {
    Diagnostics diagnostics;
    LoadedScenario loaded{.scenario = {},
                          .file = name,
                          .given = text,
                          .resolved = {},
                          .sources = {},
                          .origins = {},
                          .anatomy = {},
                          .warnings = {},
                          .assumptions = {}};
    ScenarioSources sources(options, diagnostics);
    const auto tree = sources.scenario(diagnostics.add_source(name, text));
    if (tree) {
        FieldReader reader(*tree, loaded.scenario.patient, sources, diagnostics);
        scenarios::describe(reader, loaded.scenario);
        reader.finish();
        read_records(loaded.scenario, reader, sources, diagnostics);
        loaded.anatomy = read_own_anatomy(loaded.scenario, reader, sources, diagnostics);
        report_problems(loaded.scenario, reader, diagnostics);
        loaded.origins = reader.origins();
    }
    if (diagnostics.has_errors()) throw ScenarioError(name, diagnostics.sorted());
    loaded.warnings = diagnostics.sorted();
    loaded.sources.assign(diagnostics.sources().begin(), diagnostics.sources().end());
    loaded.assumptions = scenarios::assumptions(loaded.scenario);
    loaded.resolved = resolved_text(loaded);
    return loaded;
}
}  // namespace

LoadedScenario read_scenario_text(const std::string& text, const std::string& name, const ReadOptions& options) {
    return read(text, name, options);
}

LoadedScenario read_scenario(const fs::path& path, const ReadOptions& options) {
    if (const auto text = file_text(path)) return read(*text, path.string(), options);
    std::error_code ignored;
    const bool bare = path.has_filename() && !path.has_parent_path() && !path.has_extension() && !fs::exists(path, ignored);
    for (const fs::path& library : options.library) {
        const fs::path file = library / (path.string() + ".yaml");
        if (!bare) break;
        if (const auto text = file_text(file)) return read(*text, file.string(), options);
    }
    throw FileError(
        fmt::format("{}: cannot be read: {}", path.string(), fs::exists(path, ignored) ? "not a readable file" : "no such file"));
}

std::vector<fs::path> find_library(const fs::path& near) {
    if (const char* const given = std::getenv("FORAMEN_LIBRARY")) return {given};
    std::error_code ignored;
    for (fs::path folder = fs::absolute(near, ignored); !folder.empty(); folder = folder.parent_path()) {
        for (const char* const candidate : {"scenarios/library", "share/foramen/library"}) {
            if (fs::is_directory(folder / candidate, ignored)) return {folder / candidate};
        }
        if (folder == folder.root_path()) break;
    }
    return {};
}

ReadOptions default_read_options() {
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
    std::vector<fs::path> library = find_library(program.parent_path());
    if (library.empty()) library = find_library(fs::current_path(ignored));
    if (library.empty()) library = find_library(FORAMEN_SOURCE_FOLDER);
    return {std::move(library)};
}

}  // namespace foramen::io
