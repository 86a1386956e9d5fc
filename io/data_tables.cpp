#include "io/data_tables.hpp"

#include <fmt/core.h>

#include "io/result_file.hpp"
#include "io/table_fields.hpp"

namespace foramen::io {

models::AnatomyTables read_anatomy_tables(const std::filesystem::path& data_folder) {
    models::AnatomyTables tables{};
    Problems problems;
    read_bone_tables(data_folder, tables, problems);
    read_attachment_tables(data_folder, tables, problems);
    read_material_tables(data_folder, tables, problems);
    read_nutrition_tables(data_folder, tables, problems);
    if (!problems.empty()) {
        std::string text;
        for (const std::string& problem : problems) text += problem + '\n';
        throw FileError(text + fmt::format("{} error{} in the data tables", problems.size(), problems.size() == 1 ? "" : "s"));
    }
    return tables;
}

}  // namespace foramen::io
