#include "io/study/study_plan.hpp"

#include <fmt/format.h>

#include <set>

#include "io/csv_text.hpp"
#include "io/json_text.hpp"
#include "io/study/run_key.hpp"

namespace foramen::io {

namespace {

scenarios::FieldKind kind_of(const LoadedStudy& loaded, std::size_t input) {
    return *scenarios::find_field(loaded.study.base_scenario, loaded.study.vary[input].field);
}

/// What is kept of a run, as a part of its name.
std::string outputs_text(const std::vector<scenarios::Output>& outputs) {
    std::string text;
    for (const scenarios::Output& o : outputs)
        text += fmt::format("{} {} {} {} {} {}\n", o.series, o.label, static_cast<int>(o.across), static_cast<int>(o.reduce), o.threshold.value_or(0.0), static_cast<int>(o.during));
    return text;
}

}  // namespace

std::size_t StudyPlan::distinct() const { return std::set<std::string>(keys.begin(), keys.end()).size(); }

StudyPlan plan_study(const LoadedStudy& loaded) {
    StudyPlan plan;
    plan.design = scenarios::design_table(loaded.study);
    const RunKeys keys(loaded.base.anatomy);
    const std::string outputs = outputs_text(loaded.study.outputs);
    for (Eigen::Index i = 0; i < plan.design.values.rows(); ++i)
        plan.keys.push_back(keys.key(scenario_of(loaded, plan.design.values.row(i)), outputs));
    return plan;
}

std::string input_header(const LoadedStudy& loaded, std::size_t input) {
    const std::string_view unit = engine::display_unit(kind_of(loaded, input).dimension).name;
    const std::string& field = loaded.study.vary[input].field;
    return unit.empty() ? field : fmt::format("{} [{}]", field, unit);
}

double input_number(const LoadedStudy& loaded, std::size_t input, double value) {
    return value / engine::display_unit(kind_of(loaded, input).dimension).size;
}

std::string input_cell(const LoadedStudy& loaded, std::size_t input, double value) {
    const scenarios::FieldKind kind = kind_of(loaded, input);
    return kind.words.empty() ? fmt::format("{}", input_number(loaded, input, value)) : scenarios::display_value(kind, value);
}

std::string design_csv(const LoadedStudy& loaded, const StudyPlan& plan) {
    std::string text = "row,block";
    for (std::size_t j = 0; j < loaded.study.vary.size(); ++j) text += fmt::format(",{}", csv_cell(input_header(loaded, j)));
    text += ",run\n";
    for (std::size_t i = 0; i < plan.size(); ++i) {
        text += fmt::format("{},{}", i + 1, plan.design.blocks[i]);
        for (std::size_t j = 0; j < loaded.study.vary.size(); ++j)
            text += fmt::format(",{}", csv_cell(input_cell(loaded, j, plan.design.values(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)))));
        text += fmt::format(",{}\n", plan.keys[i]);
    }
    return text;
}

std::string salib_problem(const LoadedStudy& loaded) {
    std::vector<std::string> names, bounds;
    for (const scenarios::Varied& varied : loaded.study.vary) {
        names.push_back(json_string(varied.field));
        bounds.emplace_back("[0, 1]");
    }
    return JsonObject().add("num_vars", fmt::format("{}", names.size())).add("names", json_array(names)).add("bounds", json_array(bounds)).text() + "\n";
}

}  // namespace foramen::io
