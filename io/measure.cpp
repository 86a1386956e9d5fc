#include "io/measure.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "io/data_folder.hpp"
#include "io/data_tables.hpp"
#include "io/import/anatomy_files.hpp"
#include "io/json_text.hpp"
#include "models/imported_geometry.hpp"

namespace foramen::io {

namespace {

models::SpineSpec person(models::Sex sex) {
    models::SpineSpec spec;
    spec.sex = sex;
    spec.resolution = models::Resolution::coarse;
    return spec;
}

std::string cell(double value, const std::string& unit) {
    if (std::isnan(value)) return fmt::format("{:>8}", "-");
    return fmt::format("{:>8.{}f}", value, unit == "1" ? 3 : unit == "mm2" || unit == "mm3" ? 0 : 1);
}

/// Measure by measure, level by level: calls `each(own measure, law's value, index of the level)`.
void each_value(const Comparison& c, const auto& each) {
    for (std::size_t m = 0; m < c.own.size(); ++m)
        for (std::size_t i = 0; i < c.own[m].levels.size(); ++i) each(c.own[m], c.law[m].values[i], i);
}

std::string number(double value) { return std::isnan(value) ? "" : fmt::format("{}", value); }

}  // namespace

Comparison measure_anatomy(const std::filesystem::path& path, models::Sex sex, std::optional<double> stature) {
    const models::AnatomyTables tables = read_anatomy_tables(data_folder());
    models::SpineSpec own = person(sex);
    own.anatomy = read_anatomy(path).anatomy;
    const models::SpineModel files = models::build_spine(tables, own);
    models::SpineSpec law = person(sex);
    law.stature = stature.value_or(models::fitted_stature(sex, files.geometry.size));
    return {own.anatomy->name,
            sex,
            law.stature,
            !stature,
            models::morphometry(files),
            models::morphometry(models::build_spine(tables, law))};
}

std::string comparison_table(const Comparison& c) {
    const char* const sex = c.sex == models::Sex::female ? "woman" : "man";
    std::string text = fmt::format("{} beside the parametric law for a {} of {:.1f} cm{}\n", c.name, sex, c.stature / 10.0,
                                   c.fitted ? ": the stature at which the law's vertebral bodies are on average as high" : "");
    std::vector<std::string> header;
    for (std::size_t m = 0; m < c.own.size(); ++m) {
        const models::Measure &own = c.own[m], &law = c.law[m];
        if (own.levels != header) {
            header = own.levels;
            text += fmt::format("\n{:<46}", "");
            for (const std::string& level : header) text += fmt::format("{:>8}", level);
            text += "\n";
        }
        for (const auto& [measure, whose] : {std::pair{&own, "files"}, {&law, "law"}}) {
            text += fmt::format("{:<34} {:<4} {:<6}", measure == &own ? own.name : "", measure == &own ? own.unit : "", whose);
            for (const double value : measure->values) text += cell(value, own.unit);
            text += "\n";
        }
    }
    return text;
}

std::string comparison_csv(const Comparison& c) {
    std::string text = "measure,unit,level,files,law\n";
    each_value(c, [&](const models::Measure& own, double law, std::size_t i) {
        text += fmt::format("\"{}\",{},{},{},{}\n", own.name, own.unit, own.levels[i], number(own.values[i]), number(law));
    });
    return text;
}

std::string comparison_json(const Comparison& c) {
    const auto value = [](double v) { return std::isnan(v) ? std::string("null") : fmt::format("{}", v); };
    std::vector<std::string> rows;
    each_value(c, [&](const models::Measure& own, double law, std::size_t i) {
        JsonObject row;
        row.add_text("measure", own.name)
            .add_text("unit", own.unit)
            .add_text("level", own.levels[i])
            .add("files", value(own.values[i]))
            .add("law", value(law));
        rows.push_back(row.text());
    });
    JsonObject all;
    all.add_text("anatomy", c.name)
        .add_text("sex", c.sex == models::Sex::female ? "female" : "male")
        .add("stature_mm", value(c.stature));
    all.add("stature_fitted", c.fitted ? "true" : "false").add("measures", json_array(rows));
    return all.text() + "\n";
}

}  // namespace foramen::io
