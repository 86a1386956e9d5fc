#include "io/study/study_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <set>

#include "io/csv_text.hpp"
#include "io/data_folder.hpp"
#include "io/data_tables.hpp"
#include "io/hdf5_file.hpp"
#include "io/recorder.hpp"
#include "io/replace_file.hpp"
#include "io/scenario_writer.hpp"
#include "scenarios/session.hpp"

namespace foramen::io {

namespace {

/// Units of a study's outputs: that of the series, or none for a share of time.
std::vector<std::string> output_units(const LoadedStudy& loaded) {
    models::SpineSpec spec = scenarios::spine_spec(loaded.base.scenario);
    spec.anatomy = loaded.base.anatomy.anatomy;
    spec.resolution = models::Resolution::coarse;
    const models::SpineModel model = models::build_spine(read_anatomy_tables(data_folder()), spec);
    const models::SpineObserver observer(model);
    std::vector<std::string> units;
    for (const scenarios::Output& output : loaded.study.outputs) {
        const bool share = output.reduce == scenarios::Reduction::fraction_above || output.reduce == scenarios::Reduction::fraction_below;
        for (const models::Observable& o : recorded(model, observer, models::Dose(observer)))
            if (o.name == output.series) units.push_back(share ? "1" : o.units);
    }
    return units;
}

bool responds(const LoadedStudy& loaded, const StudyRow& row) {
    if (row.state != RowState::done || loaded.study.responder.empty()) return false;
    return std::all_of(loaded.study.responder.begin(), loaded.study.responder.end(), [&](const scenarios::Criterion& c) {
        const auto& outputs = loaded.study.outputs;
        const auto found = std::find_if(outputs.begin(), outputs.end(), [&](const auto& o) { return o.name == c.output; });
        const double value = row.outputs[static_cast<std::size_t>(found - outputs.begin())];
        return (!c.above || value > *c.above) && (!c.below || value < *c.below);
    });
}

void write_numbers(Hdf5Group& group, const std::string& name, const Description& description, const std::vector<double>& values) {
    Hdf5Dataset dataset = group.make_dataset(name, {NumberType::float64, {values.size()}});
    dataset.write(std::span<const double>(values));
    dataset.describe(description);
}

void write_words(Hdf5Group& group, const std::string& name, const std::string& what, const std::vector<std::string>& words) {
    Hdf5Dataset dataset = group.make_text_dataset(name, words.size());
    dataset.write_texts(words);
    dataset.set_text("long_name", what);
}

void write_columns(Hdf5Group root, const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table) {
    const auto rows = static_cast<Eigen::Index>(plan.size());
    Hdf5Group inputs = root.make_group("inputs"), unit = root.make_group("unit"), outputs = root.make_group("outputs");
    for (std::size_t j = 0; j < loaded.study.vary.size(); ++j) {
        std::vector<double> values, points;
        for (Eigen::Index i = 0; i < rows; ++i) {
            values.push_back(input_number(loaded, j, plan.design.values(i, static_cast<Eigen::Index>(j))));
            if (plan.design.points.size() > 0) points.push_back(plan.design.points(i, static_cast<Eigen::Index>(j)));
        }
        const scenarios::FieldKind kind = *scenarios::find_field(loaded.study.base_scenario, loaded.study.vary[j].field);
        std::string words;
        for (const std::string_view word : kind.words) words += (words.empty() ? "" : ", ") + std::string(word);
        const std::string_view name = engine::display_unit(kind.dimension).name;
        write_numbers(inputs, loaded.study.vary[j].field, {name.empty() ? "1" : std::string(name), "input", words.empty() ? "" : "index of: " + words}, values);
        if (!points.empty()) write_numbers(unit, loaded.study.vary[j].field, {"1", "the input's share of its law"}, points);
    }
    for (std::size_t k = 0; k < loaded.study.outputs.size(); ++k) {
        std::vector<double> values;
        for (const StudyRow& row : table.rows) values.push_back(row.outputs[k]);
        write_numbers(outputs, loaded.study.outputs[k].name, {table.units[k], "output", "NaN: none"}, values);
    }
}

}  // namespace

std::size_t StudyTable::count(RowState state) const {
    return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [state](const StudyRow& r) { return r.state == state; }));
}

StudyTable study_table(const LoadedStudy& loaded, const StudyPlan& plan, const RunStore& store) {
    StudyTable table;
    std::set<std::string> seen;
    const std::vector<double> none(loaded.study.outputs.size(), std::numeric_limits<double>::quiet_NaN());
    for (const std::string& key : plan.keys) {
        StudyRow row;
        row.outputs = none;
        if (const RunRecord* const record = store.find(key)) {
            row.state = static_cast<RowState>(record->state);
            row.reason = record->text;
            if (record->state == RunState::done) row.outputs = record->values;
            if (seen.insert(key).second) table.seconds += record->seconds;
        }
        row.responds = responds(loaded, row);
        table.rows.push_back(std::move(row));
    }
    table.distinct = seen.size();
    table.units = output_units(loaded);
    return table;
}

std::string study_csv(const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table) {
    const bool judged = !loaded.study.responder.empty();
    std::string text = "row,block";
    for (std::size_t j = 0; j < loaded.study.vary.size(); ++j) text += fmt::format(",{}", csv_cell(input_header(loaded, j)));
    text += ",status";
    for (std::size_t k = 0; k < loaded.study.outputs.size(); ++k)
        text += fmt::format(",{}", csv_cell(table.units[k] == "1" ? loaded.study.outputs[k].name : fmt::format("{} [{}]", loaded.study.outputs[k].name, table.units[k])));
    text += judged ? ",responds,reason,run\n" : ",reason,run\n";
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const StudyRow& row = table.rows[i];
        text += fmt::format("{},{}", i + 1, plan.design.blocks[i]);
        for (std::size_t j = 0; j < loaded.study.vary.size(); ++j)
            text += fmt::format(",{}", csv_cell(input_cell(loaded, j, plan.design.values(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)))));
        text += fmt::format(",{}", row_state_words[static_cast<std::size_t>(row.state)]);
        for (const double value : row.outputs) text += std::isnan(value) ? "," : fmt::format(",{}", value);
        if (judged) text += row.state != RowState::done ? "," : row.responds ? ",yes" : ",no";
        text += fmt::format(",{},{}\n", csv_cell(row.reason), plan.keys[i]);
    }
    return text;
}

void write_study_h5(const std::string& path, const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table) {
    const std::string part = path + ".part";
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    {
        Hdf5File file = Hdf5File::create(part, 16);
        Hdf5Group root = file.root();
        root.set_text("title", loaded.study.name);
        root.set_text("study", loaded.given);
        root.set_text("base", scenario_text(loaded.base.scenario));
        write_columns(file.root(), loaded, plan, table);
        std::vector<std::string> status, reasons;
        std::vector<double> responding;
        for (const StudyRow& row : table.rows) {
            status.emplace_back(row_state_words[static_cast<std::size_t>(row.state)]);
            reasons.push_back(row.reason);
            responding.push_back(row.state == RowState::done ? row.responds : std::numeric_limits<double>::quiet_NaN());
        }
        write_words(root, "status", "done, failed, crashed or missing", status);
        write_words(root, "reason", "why a run failed", reasons);
        write_words(root, "block", "of a design for Sobol indices", plan.design.blocks);
        write_words(root, "run", "name of the run: hash of what it was computed from", plan.keys);
        if (!loaded.study.responder.empty()) write_numbers(root, "responds", {"1", "meets every criterion of responder"}, responding);
        file.flush();
    }
    rename_file(part, path);
}

}  // namespace foramen::io
