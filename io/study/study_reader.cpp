#include "io/study/study_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/data_folder.hpp"
#include "io/data_tables.hpp"
#include "io/field_reader.hpp"
#include "io/quantity.hpp"
#include "io/recorder.hpp"
#include "io/result_file.hpp"
#include "io/spelling.hpp"
#include "io/study/output_recorder.hpp"
#include "scenarios/session.hpp"

namespace foramen::io {

namespace fs = std::filesystem;

namespace {

/// A plain word or number in a list of maps stands for the map with that one field.
void expand_items(Tree& list, const std::string& key) {
    for (Tree& item : list.items) {
        if (item.kind != Tree::Kind::scalar) continue;
        Tree map;
        map.kind = Tree::Kind::map;
        map.mark = item.mark;
        map.entries.push_back({key, item.mark, item});
        item = std::move(map);
    }
}

void expand_lists(Tree& study) {
    for (Tree::Entry& entry : study.entries) {
        if (entry.key == "vary")
            for (Tree& varied : entry.value.items)
                for (Tree::Entry& field : varied.entries)
                    if (field.key == "values") expand_items(field.value, "value");
        if (entry.key == "ceiling")
            for (Tree::Entry& field : entry.value.entries)
                if (field.key == "limits") expand_items(field.value, "name");
    }
}

/// Reads the base scenario; what is wrong in it is reported at the study's line that names it.
LoadedScenario read_base(const Tree& tree, const fs::path& study, const ReadOptions& options, Diagnostics& diagnostics) {
    const Tree::Entry* const entry = tree.find("base");
    if (!entry || entry->value.kind != Tree::Kind::scalar) return {};  // reported with the other fields
    const fs::path beside = study.parent_path() / entry->value.text;
    std::error_code ignored;
    const bool named = fs::path(entry->value.text).has_extension() || fs::is_regular_file(beside, ignored);
    try {
        return read_scenario(named ? beside : fs::path(entry->value.text), options);
    } catch (const FileError& e) {
        diagnostics.error(entry->value.mark, "base", e.what(), "a file beside the study, or a name of the library such as quick");
    } catch (const ScenarioError& e) {
        for (const Diagnostic& d : e.diagnostics())
            if (!d.warning) diagnostics.error(entry->value.mark, "base", fmt::format("{}:{}: {}{}", d.file, d.line, d.field.empty() ? "" : d.field + ": ", d.reason), d.hint);
    }
    return {};
}

/// Series and labels that a run of the base scenario has.
std::vector<models::Observable> series_of_base(const LoadedScenario& base) {
    models::SpineSpec spec = scenarios::spine_spec(base.scenario);
    spec.anatomy = base.anatomy.anatomy;
    spec.resolution = models::Resolution::coarse;
    const models::SpineModel model = models::build_spine(read_anatomy_tables(data_folder()), spec);
    const models::SpineObserver observer(model);
    return recorded(model, observer, models::Dose(observer));
}

void check_outputs(const LoadedStudy& loaded, const FieldReader& reader, Diagnostics& diagnostics) {
    if (loaded.study.outputs.empty() || diagnostics.touches("outputs")) return;
    const std::vector<models::Observable> all = series_of_base(loaded.base);
    std::vector<std::string> names;
    for (const models::Observable& o : all) names.push_back(o.name);
    for (std::size_t i = 0; i < loaded.study.outputs.size(); ++i) {
        const scenarios::Output& output = loaded.study.outputs[i];
        const std::string path = fmt::format("outputs[{}]", i + 1);
        const auto found = std::find_if(all.begin(), all.end(), [&](const models::Observable& o) { return o.name == output.series; });
        if (found == all.end()) {
            diagnostics.error(reader.place(path + ".series"), path + ".series", fmt::format("a run has no series \"{}\"", output.series), suggest(output.series, names));
        } else if (!output.label.empty() && std::none_of(found->labels.begin(), found->labels.end(), [&](const std::string& l) { return means(output.label, l); })) {
            diagnostics.error(reader.place(path + ".label"), path + ".label", fmt::format("{} has no value for \"{}\"", output.series, output.label),
                              found->labels.empty() ? "remove it: the series is one value" : suggest(output.label, found->labels));
        }
    }
}

void report_problems(const LoadedStudy& loaded, const FieldReader& reader, Diagnostics& diagnostics) {
    const std::vector<std::string> fields = scenarios::field_paths(loaded.study.base_scenario);
    for (const scenarios::Problem& problem : scenarios::problems(loaded.study)) {
        const bool stale = diagnostics.touches(problem.path) ||
                           std::any_of(problem.involves.begin(), problem.involves.end(), [&](const auto& f) { return diagnostics.touches(f); });
        if (stale) continue;
        std::string hint = problem.hint;
        if (problem.reason.find("does not use a field") != std::string::npos) {
            const std::size_t open = problem.reason.find('"') + 1;
            hint = suggest(problem.reason.substr(open, problem.reason.rfind('"') - open), fields);
            if (hint.starts_with("known")) hint = "give it a value in the base scenario; foramen describe prints the fields that it has";
        }
        diagnostics.error(reader.place(problem.path), problem.path, problem.reason, hint);
    }
}

std::vector<WeightedForce> weighted_forces(const LoadedStudy& loaded) {
    std::vector<WeightedForce> all;
    for (const auto& [field, origin] : loaded.base.origins) {
        if (!origin.text.ends_with("%BW") || !scenarios::find_field(loaded.base.scenario, field)) continue;
        const bool varies = std::any_of(loaded.study.vary.begin(), loaded.study.vary.end(), [&](const auto& v) { return v.field == field; });
        const ParsedQuantity parsed = parse_quantity(origin.text, engine::Dimension::force, 1.0);
        if (!varies && parsed.value) all.push_back({field, *parsed.value});
    }
    return all;
}

}  // namespace

LoadedStudy read_study(const fs::path& path, const ReadOptions& options) {
    const auto text = file_text(path);
    if (!text) throw FileError(fmt::format("{}: cannot be read: not a readable file", path.string()));
    LoadedStudy loaded{.study = {}, .base = {}, .weighted = {}, .file = path.string(), .given = *text, .warnings = {}};
    Diagnostics diagnostics;
    ScenarioSources sources(options, diagnostics);
    if (auto tree = parse_yaml(diagnostics.add_source(path.string(), *text), diagnostics)) {
        expand_lists(*tree);
        loaded.base = read_base(*tree, path, options, diagnostics);
        loaded.study.base_scenario = loaded.base.scenario;
        const bool base_read = !diagnostics.has_errors() && tree->find("base");
        FieldReader reader(*tree, loaded.study.base_scenario.patient, sources, diagnostics);
        scenarios::describe(reader, loaded.study);
        reader.finish();
        if (base_read) {
            report_problems(loaded, reader, diagnostics);
            check_outputs(loaded, reader, diagnostics);
        }
    }
    if (diagnostics.has_errors()) throw ScenarioError(path.string(), diagnostics.sorted());
    loaded.warnings = diagnostics.sorted();
    loaded.weighted = weighted_forces(loaded);
    return loaded;
}

scenarios::Scenario scenario_of(const LoadedStudy& loaded, const Eigen::Ref<const Eigen::RowVectorXd>& values) {
    scenarios::Scenario scenario = loaded.base.scenario;
    for (std::size_t j = 0; j < loaded.study.vary.size(); ++j)
        scenarios::set_field(scenario, loaded.study.vary[j].field, values(static_cast<Eigen::Index>(j)));
    for (const WeightedForce& force : loaded.weighted)
        scenarios::set_field(scenario, force.field, force.share * scenarios::body_weight(scenario.patient));
    return scenario;
}

}  // namespace foramen::io
