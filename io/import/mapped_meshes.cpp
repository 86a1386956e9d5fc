#include "io/import/mapped_meshes.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "io/import/disc_files.hpp"
#include "io/import/obj_surface.hpp"
#include "io/inp_mesh.hpp"
#include "io/quantity.hpp"
#include "io/result_file.hpp"
#include "io/section.hpp"
#include "io/spelling.hpp"
#include "io/tissue_factor_fields.hpp"

namespace foramen::io {

namespace {

using models::DiscTissue;

/// Text of a scalar field; empty, and reported where it is needed.
std::string scalar(Section& section, std::string_view name, bool needed, Diagnostics& diagnostics) {
    const Tree::Entry* const entry = section.take(name);
    if (entry != nullptr && entry->value.kind == Tree::Kind::scalar) return entry->value.text;
    if (entry != nullptr) diagnostics.error(entry->value.mark, section.path(name), "expected a text, got " + entry->value.what());
    if (entry == nullptr && needed) diagnostics.error(section.where(), section.path(name), "is missing");
    return "";
}

/// Length of the file's unit in mm.
double unit_of(Section& section, Diagnostics& diagnostics) {
    const std::string unit = scalar(section, "unit", false, diagnostics);
    if (unit == "m") return 1000.0;
    if (unit == "cm") return 10.0;
    if (!unit.empty() && unit != "mm")
        diagnostics.error(section.tree()->find("unit")->value.mark, section.path("unit"),
                          fmt::format("expected one of mm, cm, m, got \"{}\"", unit));
    return 1.0;
}

/// Members of the sets that a field names, one name or a list.
class NamedSets {
public:
    NamedSets(Section& section, const std::map<std::string, std::vector<int>>& sets, Diagnostics& diagnostics)
        : section_(section), sets_(sets), diagnostics_(diagnostics) {}

    std::vector<int> members(std::string_view field, bool needed) {
        const Tree::Entry* const entry = section_.take(field);
        std::vector<int> all;
        if (entry == nullptr) {
            if (needed) diagnostics_.error(section_.where(), section_.path(field), "is missing", known());
            return all;
        }
        const std::vector<Tree> names =
            entry->value.kind == Tree::Kind::list ? entry->value.items : std::vector<Tree>{entry->value};
        for (const Tree& name : names) {
            const auto set = name.kind == Tree::Kind::scalar ? sets_.find(in_capitals(name.text)) : sets_.end();
            if (set == sets_.end())
                diagnostics_.error(name.mark, section_.path(field), fmt::format("there is no set {} in the mesh", name.what()),
                                   known());
            else
                all.insert(all.end(), set->second.begin(), set->second.end());
        }
        return all;
    }

private:
    [[nodiscard]] std::string known() const {
        std::string names;
        for (const auto& [name, set] : sets_) names += (names.empty() ? "" : ", ") + name;
        return names.empty() ? "the mesh has no sets" : "sets of the mesh: " + names;
    }
    Section& section_;
    const std::map<std::string, std::vector<int>>& sets_;
    Diagnostics& diagnostics_;
};

/// The mesh of a file beside the YAML; its problems are reported with their own file and line.
std::optional<InpMesh> read_mesh(ImportFiles& files, const std::string& name) {
    try {
        return read_inp_mesh(files.folder() / name);
    } catch (const ScenarioError& e) {
        for (const Diagnostic& d : e.diagnostics())
            files.report(fmt::format("{}:{}:{}: {}", d.file, d.line, d.column, d.reason), d.hint);
    } catch (const FileError& e) {
        files.report(e.what(), "the path counts from the folder of this file");
    }
    return {};
}

std::vector<DiscTissue> tissues(Section& section, const InpMesh& mesh, Diagnostics& diagnostics) {
    NamedSets sets(section, mesh.mesh.element_sets, diagnostics);
    std::vector<int> tissue(static_cast<std::size_t>(mesh.mesh.element_count()), 0);
    for (const auto& [field, kind] :
         {std::pair{"nucleus", DiscTissue::nucleus}, {"annulus", DiscTissue::annulus}, {"cartilage", DiscTissue::cartilage}}) {
        for (const int e : sets.members(field, kind != DiscTissue::cartilage)) {
            if (tissue[e] != 0 && tissue[e] != static_cast<int>(kind)) {
                diagnostics.error(section.where(), section.path(field),
                                  fmt::format("element {} has two tissues", mesh.element_number[e]));
                break;
            }
            tissue[e] = static_cast<int>(kind);
        }
    }
    const auto bare = std::find(tissue.begin(), tissue.end(), 0);
    if (bare != tissue.end() && !diagnostics.has_errors())
        diagnostics.error(section.where(), section.path(),
                          fmt::format("{} elements have no tissue, among them element {}",
                                      std::count(tissue.begin(), tissue.end(), 0), mesh.element_number[bare - tissue.begin()]));
    std::vector<DiscTissue> all;
    for (const int t : tissue) all.push_back(static_cast<DiscTissue>(t));
    return all;
}

std::optional<models::ImportedDisc> read_disc(ImportFiles& files, const Tree::Entry& entry, const std::string& path) {
    Diagnostics& diagnostics = files.diagnostics();
    Section section(&entry.value, path, entry.key_mark);
    const std::string name = scalar(section, "mesh", true, diagnostics);
    const double scale = unit_of(section, diagnostics);
    if (name.empty()) return {};
    auto mesh = read_mesh(files, name);
    if (!mesh) return {};
    models::ImportedDisc disc;
    disc.tissue = tissues(section, *mesh, diagnostics);
    NamedSets nodes(section, mesh->mesh.node_sets, diagnostics);
    for (const char* plate : {"lower", "upper"}) disc.mesh.node_sets[plate] = nodes.members(plate, true);
    section.finish(diagnostics);
    disc.mesh.nodes = scale * mesh->mesh.nodes;
    disc.mesh.elements = std::move(mesh->mesh.elements);
    if (!diagnostics.has_errors()) check_disc(disc, entry.key, mesh->element_number, {}, files);
    return disc;
}

/// Entries of a map, whose keys are names in `known`: calls `each(entry, index, path)`.
void each_named(Section& whole, std::string_view field, std::span<const std::string_view> known, Diagnostics& diagnostics,
                const auto& each) {
    const Tree::Entry* const map = whole.take(field);
    if (map == nullptr) return;
    if (map->value.kind != Tree::Kind::map)
        return diagnostics.error(map->value.mark, std::string(field), "expected a map, got " + map->value.what());
    for (const Tree::Entry& entry : map->value.entries) {
        const std::string path = fmt::format("{}.{}", field, entry.key);
        const auto found = std::find(known.begin(), known.end(), entry.key);
        if (found == known.end())
            diagnostics.error(entry.key_mark, path, "unknown key", suggest(entry.key, {known.begin(), known.end()}));
        else if (entry.value.kind != Tree::Kind::map)
            diagnostics.error(entry.value.mark, path, "expected a map, got " + entry.value.what());
        else
            each(entry, static_cast<std::size_t>(found - known.begin()), path);
    }
}

/// Factors on the tables' constants; what is not named is 1.
std::optional<models::DiscTissueFactors> read_tissue_factors(Section& whole, Diagnostics& diagnostics) {
    const Tree::Entry* const map = whole.take("tissues");
    if (map == nullptr) return {};
    if (map->value.kind != Tree::Kind::map) {
        diagnostics.error(map->value.mark, "tissues", "expected a map, got " + map->value.what(), "such as tissues: {annulus_shear: 0.8}");
        return {};
    }
    models::DiscTissueFactors factors;
    Section section(&map->value, "tissues", map->key_mark);
    for (const auto& field : tissue_factor_fields) {
        const Tree::Entry* const entry = section.take(field.name);
        if (entry == nullptr) continue;
        const auto value = entry->value.kind == Tree::Kind::scalar ? parse_quantity(entry->value.text, engine::Dimension::none).value : std::nullopt;
        if (value && *value >= field.min && *value <= field.max)
            factors.*field.member = *value;
        else
            diagnostics.error(entry->value.mark, section.path(field.name),
                              fmt::format("expected a factor from {:g} to {:g}, got {}", field.min, field.max, entry->value.what()));
    }
    section.finish(diagnostics);
    return factors;
}

}  // namespace

models::ImportedAnatomy read_mapped_meshes(ImportFiles& files, const std::string& name) {
    models::ImportedAnatomy anatomy;
    if (!files.text(name)) return anatomy;
    Diagnostics& diagnostics = files.diagnostics();
    const Mark top = files.start();
    const auto tree = parse_yaml(files.source(), diagnostics);
    if (!tree) return anatomy;
    Section whole(&*tree, "", top);
    if (const std::string version = scalar(whole, "anatomy", true, diagnostics); !version.empty() && version != "1")
        diagnostics.error(whole.tree()->find("anatomy")->value.mark, "anatomy", fmt::format("expected 1, got \"{}\"", version));
    each_named(whole, "discs", models::disc_names, diagnostics,
               [&](const Tree::Entry& entry, std::size_t d, const std::string& path) {
                   anatomy.discs[d] = read_disc(files, entry, path);
               });
    if (tree->find("discs") == nullptr) diagnostics.error(top, "discs", "is missing");
    each_named(whole, "bones", std::span(models::body_names).subspan(1), diagnostics,
               [&](const Tree::Entry& entry, std::size_t v, const std::string& path) {
                   Section section(&entry.value, path, entry.key_mark);
                   const double scale = unit_of(section, diagnostics);
                   if (const std::string file = scalar(section, "surface", false, diagnostics); !file.empty())
                       anatomy.vertebrae[v].bone = read_obj(files, file, scale);
                   if (const std::string file = scalar(section, "body", false, diagnostics); !file.empty())
                       anatomy.vertebrae[v].body = read_obj(files, file, scale);
                   section.finish(diagnostics);
               });
    anatomy.tissues = read_tissue_factors(whole, diagnostics);
    whole.finish(diagnostics);
    return anatomy;
}

}  // namespace foramen::io
