// data/nutrition.

#include <array>

#include "engine/materials/solutes.hpp"
#include "io/table_fields.hpp"

namespace foramen::io {

void read_nutrition_tables(const std::filesystem::path& data_folder, models::AnatomyTables& tables, Problems& problems) {
    const std::filesystem::path folder = data_folder / "nutrition";
    constexpr TableField<models::SoluteRow> solute_fields[] = {
        {"diffusivity", "mm2/s", 1e-6, 0.1, &models::SoluteRow::diffusivity}};
    const CsvTable solutes(folder / "solutes.csv", table_columns({{"solute"}}, solute_fields), problems);
    read_keyed_table(solutes, "solute", engine::solute_names, solute_fields, std::span<models::SoluteRow>(tables.solutes));

    using Supply = models::SoluteSupplyRow;
    constexpr TableField<Supply> supply_fields[] = {{"oxygen", "kPa", 0, 30, &Supply::oxygen},
                                                    {"glucose", "mmol/l", 0, 50, &Supply::glucose},
                                                    {"lactate", "mmol/l", 0, 20, &Supply::lactate}};
    constexpr std::array<std::string_view, 2> places{"endplate", "annulus"};
    std::array<Supply, 2> supply{};
    const CsvTable blood(folder / "supply.csv", table_columns({{"place"}}, supply_fields), problems);
    read_keyed_table(blood, "place", places, supply_fields, std::span<Supply>(supply));
    tables.endplate_supply = supply[0];
    tables.annulus_supply = supply[1];

    constexpr TableField<models::DiscCellsRow> cell_fields[] = {{"density", "1/mm3", 0, 1e6, &models::DiscCellsRow::density}};
    constexpr std::array<std::string_view, 3> tissues{"nucleus", "annulus", "endplate"};
    const CsvTable cells(folder / "cells.csv", table_columns({{"tissue"}}, cell_fields), problems);
    read_keyed_table(cells, "tissue", tissues, cell_fields, std::span<models::DiscCellsRow>(tables.cells));
}

}  // namespace foramen::io
