#include "io/import/anatomy_files.hpp"

#include <fmt/core.h>

#include <cstdlib>

#include "io/import/disc_files.hpp"
#include "io/import/facet_files.hpp"
#include "io/import/ligament_files.hpp"
#include "io/import/mapped_meshes.hpp"
#include "io/import/neighbours.hpp"
#include "io/import/obj_surface.hpp"
#include "io/result_file.hpp"

namespace foramen::io {

namespace fs = std::filesystem;

namespace {

constexpr double metre = 1000.0;  // mm
constexpr std::array<const char*, models::disc_count> prefixes{"L12", "L23", "L34", "L45", "L51"};

/// Discs L12 ... L51, and beside them whatever ligaments, facets and bones there are.
models::ImportedAnatomy read_folder(ImportFiles& files) {
    models::ImportedAnatomy anatomy;
    bool any = false;
    for (int d = 0; d < models::disc_count; ++d) {
        const std::string prefix = prefixes[static_cast<std::size_t>(d)];
        if (!files.has("disc/" + prefix + "_NP.node") && !files.has("disc/" + prefix + "_AN_R1.node")) continue;
        any = true;
        anatomy.discs[static_cast<std::size_t>(d)] = read_disc_files(files, prefix);
        for (models::ImportedLigament& ligament : read_ligament_files(files, prefix, d))
            anatomy.ligaments.push_back(std::move(ligament));
        for (const models::Side side : {models::Side::left, models::Side::right})
            anatomy.facets[static_cast<std::size_t>(d)][static_cast<std::size_t>(side)] = read_facet_files(files, d, side);
    }
    if (!any)
        files.report("there is no disc in this folder",
                     "a disc begins with disc/L45_NP.node; or name a YAML file that maps .inp meshes");
    for (std::size_t v = 0; v < anatomy.vertebrae.size(); ++v) {
        const std::string stem = "bone/" + std::string(models::body_names[v + 1]);
        if (files.has(stem + "_Schrumpfverpacken.obj"))
            anatomy.vertebrae[v].bone = read_obj(files, stem + "_Schrumpfverpacken.obj", metre);
        if (files.has(stem + "_body.obj")) anatomy.vertebrae[v].body = read_obj(files, stem + "_body.obj", metre);
    }
    return anatomy;
}

}  // namespace

LoadedAnatomy read_anatomy(const fs::path& path) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) throw FileError(fmt::format("{}: no such file or folder", path.string()));
    ImportFiles files(path);
    models::ImportedAnatomy anatomy =
        fs::is_directory(path, ignored) ? read_folder(files) : read_mapped_meshes(files, path.filename().string());
    if (!files.diagnostics().has_errors()) check_neighbours(anatomy, files);
    files.close();
    anatomy.name = (path.has_filename() ? path : path.parent_path()).stem().string();
    return {std::make_shared<const models::ImportedAnatomy>(std::move(anatomy)), path, files.read()};
}

std::optional<fs::path> find_anatomy(const std::string& name, const fs::path& beside) {
    std::error_code ignored;
    if (const fs::path near = fs::path(name).is_absolute() ? fs::path(name) : beside / name; fs::exists(near, ignored))
        return near;
    if (const char* const folder = std::getenv("FORAMEN_ANATOMY"); folder != nullptr && *folder != '\0')
        if (const fs::path there = fs::path(folder) / name; fs::exists(there, ignored)) return there;
    return {};
}

}  // namespace foramen::io
