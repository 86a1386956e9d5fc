// data/ligaments and data/muscles.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <sstream>

#include "io/table_fields.hpp"

namespace foramen::io {
namespace {

using models::AnatomyTables;
using std::filesystem::path;

constexpr std::array<std::string_view, 7> ligament_names{"ALL", "PLL", "LF", "CL", "ITL", "ISL", "SSL"};

void read_strands(const path& file, AnatomyTables& tables, Problems& problems) {
    using Row = models::LigamentRow;
    constexpr TableField<Row> fields[] = {
        {"upper_x", "mm", -100, 60, &Row::upper_x},
        {"upper_y", "mm", 0, 80, &Row::upper_y},
        {"upper_z", "mm", -60, 60, &Row::upper_z},
        {"lower_x", "mm", -100, 60, &Row::lower_x},
        {"lower_y", "mm", 0, 80, &Row::lower_y},
        {"lower_z", "mm", -60, 60, &Row::lower_z},
        {"reference_strain", "1", -0.5, 1, &Row::reference_strain},
        {"transition_strain", "1", 0.001, 2, &Row::transition_strain},
        {"stiffness", "N", 0.01, 1e5, &Row::stiffness},
    };
    constexpr std::array<std::string_view, 3> layouts{"spread", "pair", "midline"};  // as LigamentLayout
    const CsvTable csv(
        file,
        table_columns({{"ligament"}, {"disc"}, {"layout"}, {"strands", "1", 1, 100}, {"failure_strain", "1", 0.01, 3}}, fields),
        problems);
    std::array<std::array<int, models::disc_count>, ligament_names.size()> seen{};
    for (std::size_t row = 0; row < csv.row_count(); ++row) {
        const auto name = csv.choice(row, "ligament", ligament_names);
        const auto disc = csv.choice(row, "disc", models::disc_names);
        const auto layout = csv.choice(row, "layout", layouts);
        Row ligament{};
        read_fields(csv, row, fields, ligament);
        ligament.name = csv.text(row, "ligament");
        ligament.disc = static_cast<int>(disc.value_or(0));
        ligament.layout = static_cast<models::LigamentLayout>(layout.value_or(0));
        ligament.strands = csv.whole_number(row, "strands");
        ligament.failure_strain = csv.number_or_nan(row, "failure_strain");
        if (ligament.layout == models::LigamentLayout::pair && ligament.strands % 2 != 0) {
            csv.report(row, "strands", "a ligament with two sides needs an even number");
        }
        if (name && disc && ++seen[*name][*disc] == 2) csv.report(row, "disc", "this ligament has a row for this disc already");
        tables.ligaments.push_back(std::move(ligament));
    }
    if (!csv.has("ligament") || !csv.has("disc")) return;
    for (std::size_t l = 0; l < ligament_names.size(); ++l) {
        for (std::size_t d = 0; d < models::disc_names.size(); ++d) {
            if (seen[l][d] == 0)
                csv.report(fmt::format("no row for ligament \"{}\" at \"{}\"", ligament_names[l], models::disc_names[d]));
        }
    }
}

void read_imported_ligaments(const path& file, AnatomyTables& tables, Problems& problems) {
    using Row = models::ImportedLigamentRow;
    constexpr TableField<Row> fields[] = {{"stiffness", "1", 0.01, 100, &Row::stiffness}};
    const CsvTable csv(file, table_columns({{"anatomy"}, {"ligament"}, {"disc"}}, fields), problems);
    for (std::size_t row = 0; row < csv.row_count(); ++row) {
        const auto name = csv.choice(row, "ligament", ligament_names);
        const auto disc = csv.choice(row, "disc", models::disc_names);
        Row factor{};
        read_fields(csv, row, fields, factor);
        if (!name || !disc) continue;
        factor.anatomy = csv.text(row, "anatomy");
        factor.name = csv.text(row, "ligament");
        factor.disc = static_cast<int>(*disc);
        for (const Row& other : tables.imported_ligaments)
            if (other.anatomy == factor.anatomy && other.name == factor.name && other.disc == factor.disc)
                csv.report(row, "disc", "this anatomy has a row for this ligament and disc already");
        tables.imported_ligaments.push_back(std::move(factor));
    }
}

void read_bilinear(const path& file, AnatomyTables& tables, Problems& problems) {
    using Row = models::LigamentBilinearRow;
    constexpr TableField<Row> fields[] = {
        {"e1", "MPa", 0.01, 1000, &Row::e1},
        {"transition_strain", "1", 0.001, 2, &Row::transition_strain},
        {"e2", "MPa", 0.01, 1000, &Row::e2},
        {"area", "mm2", 0.1, 500, &Row::area},
    };
    const CsvTable csv(file, table_columns({{"ligament"}}, fields), problems);
    tables.ligaments_bilinear.resize(ligament_names.size());
    for (std::size_t i = 0; i < ligament_names.size(); ++i) tables.ligaments_bilinear[i].name = ligament_names[i];
    read_keyed_table(csv, "ligament", ligament_names, fields, std::span<Row>(tables.ligaments_bilinear));
}

/// "L1 -4.2 22.6 6.3; S1 135.8 75.9 -55.5" as points; empty if it reads otherwise.
std::vector<models::MusclePoint> parse_path(const std::string& text) {
    std::vector<models::MusclePoint> points;
    std::istringstream pieces(text);
    for (std::string piece; std::getline(pieces, piece, ';');) {
        std::istringstream words(piece);
        std::string name, rest;
        std::array<double, 3> at{};
        const bool read = static_cast<bool>(words >> name >> at[0] >> at[1] >> at[2]) && !(words >> rest);
        const auto body = std::find(models::body_names.begin(), models::body_names.end(), name);
        const bool near = std::all_of(at.begin(), at.end(), [](double v) { return std::abs(v) < 600.0; });
        if (!read || !near || body == models::body_names.end()) return {};
        points.push_back({static_cast<models::Body>(body - models::body_names.begin()), at[0], at[1], at[2]});
    }
    return points;
}

void read_fascicles(const path& file, AnatomyTables& tables, Problems& problems) {
    using Row = models::FascicleRow;
    constexpr TableField<Row> fields[] = {
        {"max_force", "N", 0.1, 2000, &Row::max_force},
        {"optimal_fibre_length", "mm", 1, 600, &Row::optimal_fibre_length},
        {"tendon_slack_length", "mm", 0, 600, &Row::tendon_slack_length},
        {"pennation", "deg", 0, 60, &Row::pennation},
    };
    constexpr std::array<std::string_view, 8> muscles{"psoas",
                                                      "multifidus",
                                                      "longissimus",
                                                      "iliocostalis",
                                                      "quadratus_lumborum",
                                                      "rectus_abdominis",
                                                      "external_oblique",
                                                      "internal_oblique"};
    const CsvTable csv(file, table_columns({{"name"}, {"muscle"}, {"path"}}, fields), problems);
    std::set<std::string> names;
    for (std::size_t row = 0; row < csv.row_count(); ++row) {
        Row fascicle{};
        read_fields(csv, row, fields, fascicle);
        fascicle.name = csv.text(row, "name");
        if (!names.insert(fascicle.name).second) csv.report(row, "name", fmt::format("\"{}\" is given twice", fascicle.name));
        if (const auto muscle = csv.choice(row, "muscle", muscles)) fascicle.muscle = muscles[*muscle];
        fascicle.path = parse_path(csv.text(row, "path"));
        if (csv.has("path") && fascicle.path.size() < 2) {
            csv.report(row, "path",
                       fmt::format("expected two points or more like \"L1 -4.2 22.6 6.3; S1 135.8 75.9 -55.5\" "
                                   "(body x y z in mm), got \"{}\"",
                                   csv.text(row, "path")));
        }
        tables.fascicles.push_back(std::move(fascicle));
    }
    if (csv.has("name") && tables.fascicles.empty()) csv.report("holds no fascicle");
}

}  // namespace

void read_attachment_tables(const path& data_folder, AnatomyTables& tables, Problems& problems) {
    read_strands(data_folder / "ligaments" / "strands.csv", tables, problems);
    read_imported_ligaments(data_folder / "ligaments" / "imported_ligaments.csv", tables, problems);
    read_bilinear(data_folder / "ligaments" / "bilinear.csv", tables, problems);
    read_fascicles(data_folder / "muscles" / "fascicles.csv", tables, problems);
}

}  // namespace foramen::io
