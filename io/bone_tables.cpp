// data/anatomy and data/body.

#include <fmt/core.h>

#include <array>
#include <cmath>

#include "io/table_fields.hpp"

namespace foramen::io {
namespace {

using models::AnatomyTables;
using std::filesystem::path;

void read_vertebrae(const path& file, AnatomyTables& tables, Problems& problems) {
    using Row = models::VertebraRow;
    constexpr TableField<Row> fields[] = {
        {"endplate_width_upper", "mm", 20, 90, &Row::endplate_width_upper},
        {"endplate_width_lower", "mm", 0, 90, &Row::endplate_width_lower},
        {"endplate_depth_upper", "mm", 15, 60, &Row::endplate_depth_upper},
        {"endplate_depth_lower", "mm", 0, 60, &Row::endplate_depth_lower},
        {"height_anterior", "mm", 0, 50, &Row::height_anterior},
        {"height_posterior", "mm", 0, 50, &Row::height_posterior},
        {"canal_width", "mm", 5, 50, &Row::canal_width},
        {"canal_depth", "mm", 5, 40, &Row::canal_depth},
        {"pedicle_width", "mm", 2, 40, &Row::pedicle_width},
        {"pedicle_height", "mm", 5, 40, &Row::pedicle_height},
        {"pedicle_x", "mm", -40, 0, &Row::pedicle_x},
        {"pedicle_y", "mm", 5, 40, &Row::pedicle_y},
        {"pedicle_z", "mm", -25, 25, &Row::pedicle_z},
        {"spinous_tip_x", "mm", -110, -20, &Row::spinous_tip_x},
        {"spinous_tip_z", "mm", -60, 30, &Row::spinous_tip_z},
        {"transverse_tip_x", "mm", -70, 0, &Row::transverse_tip_x},
        {"transverse_tip_y", "mm", 20, 80, &Row::transverse_tip_y},
        {"transverse_tip_z", "mm", -30, 30, &Row::transverse_tip_z},
        {"ganglion_width", "mm", 1, 15, &Row::ganglion_width},
        {"ganglion_length", "mm", 2, 30, &Row::ganglion_length},
    };
    constexpr std::array<std::string_view, 6> levels{"L1", "L2", "L3", "L4", "L5", "S1"};
    const CsvTable csv(file, table_columns({{"level"}}, fields), problems);
    const auto rows = csv.rows_by_key("level", levels);
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (!rows[i]) continue;
        Row& vertebra = tables.vertebrae[i];
        read_fields(csv, *rows[i], fields, vertebra);
        const bool sacrum = levels[i] == "S1";
        for (const auto& [column, value] : {std::pair{"endplate_width_lower", vertebra.endplate_width_lower},
                                            {"endplate_depth_lower", vertebra.endplate_depth_lower},
                                            {"height_anterior", vertebra.height_anterior},
                                            {"height_posterior", vertebra.height_posterior}}) {
            if (csv.has(column) && sacrum != (value == 0.0))
                csv.report(*rows[i], column, sacrum ? "must be 0 for S1" : "must be above 0");
        }
    }
}

void read_thorax(const path& file, AnatomyTables& tables, Problems& problems) {
    using Row = models::ThoraxRow;
    constexpr TableField<Row> fields[] = {
        {"x", "mm", -30, 30, &Row::x}, {"z", "mm", 10, 60, &Row::z}, {"tilt", "deg", -30, 30, &Row::tilt}};
    constexpr std::array<std::string_view, 1> bodies{"thorax"};
    const CsvTable csv(file, table_columns({{"body"}}, fields), problems);
    read_keyed_table(csv, "body", bodies, fields, std::span(&tables.thorax, 1));
}

void read_discs(const path& file, AnatomyTables& tables, Problems& problems) {
    using Row = models::DiscRow;
    constexpr TableField<Row> fields[] = {
        {"height_mid", "mm", 2, 25, &Row::height_mid},
        {"lordotic_wedge", "deg", -15, 30, &Row::lordotic_wedge},
        {"posterior_concavity", "mm", 0, 8, &Row::posterior_concavity},
        {"endplate_concavity_cranial", "mm", 0, 6, &Row::endplate_concavity_cranial},
        {"endplate_concavity_caudal", "mm", 0, 6, &Row::endplate_concavity_caudal},
    };
    const CsvTable csv(file, table_columns({{"disc"}}, fields), problems);
    read_keyed_table(csv, "disc", models::disc_names, fields, std::span<Row>(tables.discs));
}

void read_facets(const path& file, AnatomyTables& tables, Problems& problems) {
    using Row = models::FacetRow;
    constexpr TableField<Row> fields[] = {
        {"centre_x", "mm", -60, -10, &Row::centre_x}, {"centre_y", "mm", 3, 40, &Row::centre_y},
        {"centre_z", "mm", -45, 0, &Row::centre_z},   {"width", "mm", 3, 30, &Row::width},
        {"height", "mm", 3, 30, &Row::height},        {"transverse_angle", "deg", 0, 90, &Row::transverse_angle},
        {"tilt", "deg", -45, 45, &Row::tilt},
    };
    const CsvTable csv(file, table_columns({{"disc"}}, fields), problems);
    read_keyed_table(csv, "disc", models::disc_names, fields, std::span<Row>(tables.facets));
}

void read_segments(const path& file, AnatomyTables& tables, Problems& problems) {
    using Row = models::BodySegmentRow;
    constexpr TableField<Row> fields[] = {{"pulled", "1", 0.2, 0.8, &Row::pulled}, {"upper", "1", 0.2, 0.8, &Row::upper}};
    constexpr std::array<std::string_view, 2> sexes{"female", "male"};
    const CsvTable csv(file, table_columns({{"sex"}}, fields), problems);
    const auto rows = csv.rows_by_key("sex", sexes);
    for (std::size_t i = 0; i < sexes.size(); ++i) {
        if (!rows[i]) continue;
        Row& segment = i == 0 ? tables.female : tables.male;
        read_fields(csv, *rows[i], fields, segment);
        const bool complete = csv.has("pulled") && csv.has("upper");
        if (complete && std::abs(segment.pulled + segment.upper - 1.0) > 1e-9) {
            csv.report(*rows[i], "upper", "pulled and upper must add up to 1");
        }
    }
}

}  // namespace

void read_bone_tables(const path& data_folder, AnatomyTables& tables, Problems& problems) {
    read_vertebrae(data_folder / "anatomy" / "vertebrae.csv", tables, problems);
    read_thorax(data_folder / "anatomy" / "thorax.csv", tables, problems);
    read_discs(data_folder / "anatomy" / "discs.csv", tables, problems);
    read_facets(data_folder / "anatomy" / "facets.csv", tables, problems);
    read_segments(data_folder / "body" / "segments.csv", tables, problems);
}

}  // namespace foramen::io
