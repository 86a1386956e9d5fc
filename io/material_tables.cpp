// data/materials.

#include <fmt/core.h>

#include <array>

#include "io/tissue_factor_fields.hpp"

namespace foramen::io {
namespace {

using models::AnatomyTables;
using std::filesystem::path;

constexpr std::array<std::string_view, 5> grades{"I", "II", "III", "IV", "V"};

void read_grades(const path& file, AnatomyTables& tables, Problems& problems) {
    using Row = models::DiscGradeRow;
    constexpr TableField<Row> fields[] = {{"height_factor", "1", 0.1, 1.2, &Row::height_factor},
                                          {"nucleus_area_factor", "1", 0.1, 1.2, &Row::nucleus_area_factor}};
    const CsvTable csv(file, table_columns({{"grade"}}, fields), problems);
    read_keyed_table(csv, "grade", grades, fields, std::span<Row>(tables.grades));
}

void read_tissues(const path& file, AnatomyTables& tables, Problems& problems) {
    using Row = models::DiscTissueRow;
    constexpr TableField<Row> fields[] = {
        {"shear_modulus", "MPa", 0.001, 100, &Row::shear_modulus},
        {"lame_lambda", "MPa", 0, 1000, &Row::lame_lambda},
        {"c01_share", "1", 0, 1, &Row::c01_share},
        {"water_fraction", "1", 0.05, 0.98, &Row::water_fraction},
        {"fixed_charge", "mEq/ml", 0, 1, &Row::fixed_charge},
        {"collagen_fraction", "1", 0, 1, &Row::collagen_fraction},
        {"water_mass_fraction", "1", 0.05, 0.98, &Row::water_mass_fraction},
        {"permeability", "mm4/(N s)", 1e-8, 10, &Row::permeability},
        {"argoubi_m", "1", 0, 50, &Row::permeability_m},
        {"holmes_mow_alpha", "1", 0, 10, &Row::permeability_alpha},
        {"holmes_mow_m", "1", 0, 50, &Row::permeability_holmes_mow_m},
    };
    constexpr std::array<std::string_view, 3> tissues{"nucleus", "annulus", "endplate"};
    constexpr std::array<Row models::DiscGradeRow::*, 3> places{&models::DiscGradeRow::nucleus, &models::DiscGradeRow::annulus,
                                                                &models::DiscGradeRow::endplate};
    const CsvTable csv(file, table_columns({{"grade"}, {"tissue"}}, fields), problems);
    std::array<std::array<int, 3>, 5> seen{};
    for (std::size_t row = 0; row < csv.row_count(); ++row) {
        Row values{};
        read_fields(csv, row, fields, values);
        const auto grade = csv.choice(row, "grade", grades);
        const auto tissue = csv.choice(row, "tissue", tissues);
        if (!grade || !tissue) continue;
        if (++seen[*grade][*tissue] == 2) csv.report(row, "tissue", "this grade has a row for this tissue already");
        tables.grades[*grade].*places[*tissue] = values;
    }
    if (!csv.has("grade") || !csv.has("tissue")) return;
    for (std::size_t g = 0; g < grades.size(); ++g) {
        for (std::size_t t = 0; t < tissues.size(); ++t) {
            if (seen[g][t] == 0) csv.report(fmt::format("no row for {} in grade \"{}\"", tissues[t], grades[g]));
        }
    }
}

void read_fibre_grid(const path& file, models::AnnulusFibreTable& fibres, Problems& problems) {
    constexpr std::array<std::string_view, 5> layers{"1", "2", "3", "4", "5"};
    constexpr std::array<std::string_view, 5> regions{"A", "B", "C", "D", "E"};
    constexpr std::array<CsvColumn, 6> columns{
        {{"layer", ""}, {"region"}, {"k1", "MPa", 0.001, 1000}, {"k2", "1", 0, 2000}, {"status"}, {"source"}}};
    const CsvTable csv(file, columns, problems);
    std::array<std::array<int, 5>, 5> seen{};
    for (std::size_t row = 0; row < csv.row_count(); ++row) {
        const auto layer = csv.choice(row, "layer", layers);
        const auto region = csv.choice(row, "region", regions);
        const double k1 = csv.number(row, "k1");
        const double k2 = csv.number(row, "k2");
        if (!layer || !region) continue;
        if (++seen[*layer][*region] == 2) csv.report(row, "region", "this layer has a row for this region already");
        fibres.k1[*layer][*region] = k1;
        fibres.k2[*layer][*region] = k2;
    }
    if (!csv.has("layer") || !csv.has("region")) return;
    for (std::size_t l = 0; l < layers.size(); ++l) {
        for (std::size_t r = 0; r < regions.size(); ++r) {
            if (seen[l][r] == 0) csv.report(fmt::format("no row for layer {} region \"{}\"", layers[l], regions[r]));
        }
    }
}

void read_fibre_angles(const path& file, models::AnnulusFibreTable& fibres, Problems& problems) {
    using Row = models::AnnulusFibreTable;
    constexpr TableField<Row> fields[] = {
        {"kappa", "1", 0, 0.3333, &Row::kappa},
        {"angle_anterior_outer", "deg", 5, 85, &Row::angle_anterior_outer},
        {"angle_posterior_outer", "deg", 5, 85, &Row::angle_posterior_outer},
        {"angle_inner_gain", "deg", -30, 30, &Row::angle_inner_gain},
    };
    const CsvTable csv(file, table_columns({}, fields), problems);
    if (csv.row_count() == 1) {
        read_fields(csv, 0, fields, fibres);
    } else if (csv.has("kappa")) {
        csv.report(fmt::format("expected one row, got {}", csv.row_count()));
    }
}

void read_bone(const path& file, AnatomyTables& tables, Problems& problems) {
    using Row = models::BoneRow;
    constexpr TableField<Row> fields[] = {
        {"cortical_modulus", "MPa", 1, 1e5, &Row::cortical_modulus},
        {"cancellous_modulus", "MPa", 1, 1e5, &Row::cancellous_modulus},
        {"posterior_modulus", "MPa", 1, 1e5, &Row::posterior_modulus},
        {"endplate_modulus", "MPa", 1, 1e5, &Row::endplate_modulus},
        {"cortical_poisson", "1", 0, 0.49, &Row::cortical_poisson},
        {"cancellous_poisson", "1", 0, 0.49, &Row::cancellous_poisson},
        {"posterior_poisson", "1", 0, 0.49, &Row::posterior_poisson},
        {"endplate_poisson", "1", 0, 0.49, &Row::endplate_poisson},
        {"cortical_thickness", "mm", 0.05, 5, &Row::cortical_thickness},
        {"endplate_thickness", "mm", 0.05, 5, &Row::endplate_thickness},
        {"yield_compression", "1", 1e-4, 0.1, &Row::yield_compression},
        {"yield_tension", "1", 1e-4, 0.1, &Row::yield_tension},
    };
    constexpr std::array<std::string_view, 3> states{"normal", "osteopenia", "osteoporosis"};
    const CsvTable csv(file, table_columns({{"state"}}, fields), problems);
    read_keyed_table(csv, "state", states, fields, std::span<Row>(tables.bone));
}

void read_imported_tissues(const path& file, AnatomyTables& tables, Problems& problems) {
    const CsvTable csv(file, table_columns({{"anatomy"}}, tissue_factor_fields), problems);
    for (std::size_t row = 0; row < csv.row_count(); ++row) {
        models::DiscTissueFactors factors;
        read_fields(csv, row, tissue_factor_fields, factors);
        if (!csv.has("anatomy")) continue;
        if (!tables.imported_tissues.emplace(csv.text(row, "anatomy"), factors).second)
            csv.report(row, "anatomy", "has a row already");
    }
}

}  // namespace

void read_material_tables(const path& data_folder, AnatomyTables& tables, Problems& problems) {
    read_grades(data_folder / "materials" / "disc_grades.csv", tables, problems);
    read_tissues(data_folder / "materials" / "disc_tissues.csv", tables, problems);
    read_fibre_grid(data_folder / "materials" / "annulus_fibres.csv", tables.fibres, problems);
    read_fibre_angles(data_folder / "materials" / "annulus_fibre_angles.csv", tables.fibres, problems);
    read_imported_tissues(data_folder / "materials" / "imported_tissues.csv", tables, problems);
    read_bone(data_folder / "materials" / "bone.csv", tables, problems);
}

}  // namespace foramen::io
