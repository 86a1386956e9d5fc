#include "io/study/study_folder.hpp"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "io/replace_file.hpp"
#include "io/result_file.hpp"
#include "io/run.hpp"
#include "io/scenario_writer.hpp"

namespace foramen::io {

namespace fs = std::filesystem;

fs::path StudyFolder::result(std::size_t row) const { return path / "runs" / fmt::format("row-{}.h5", row + 1); }

StudyFolder study_folder(const std::string& study, const std::string& asked_for) {
    if (!asked_for.empty()) return {asked_for};
    return {fs::path(study).replace_extension(".study")};
}

void write_tables(const StudyFolder& folder, const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table) {
    replace_file(folder.file("design.csv").string(), design_csv(loaded, plan));
    replace_file(folder.file("problem.json").string(), salib_problem(loaded));
    replace_file(folder.file("study.csv").string(), study_csv(loaded, plan, table));
    write_study_h5(folder.file("study.h5").string(), loaded, plan, table);
}

std::vector<std::size_t> rows_to_keep(const LoadedStudy& loaded, const StudyTable& table) {
    std::set<std::size_t> rows;
    const scenarios::Keep keep = loaded.study.keep;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const bool failed = table.rows[i].state == RowState::failed && !table.rows[i].reason.starts_with("not a valid scenario");
        if (keep == scenarios::Keep::all ? table.rows[i].state == RowState::done || failed : keep == scenarios::Keep::failed && failed) rows.insert(i);
    }
    if (keep != scenarios::Keep::edges) return {rows.begin(), rows.end()};
    for (std::size_t k = 0; k < loaded.study.outputs.size(); ++k) {
        std::size_t least = table.rows.size(), most = least;
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            const double value = table.rows[i].outputs[k];
            if (std::isnan(value)) continue;
            if (least == table.rows.size() || value < table.rows[least].outputs[k]) least = i;
            if (most == table.rows.size() || value > table.rows[most].outputs[k]) most = i;
        }
        if (least < table.rows.size()) rows.insert({least, most});
    }
    return {rows.begin(), rows.end()};
}

std::string keep_result(const LoadedStudy& loaded, const StudyPlan& plan, std::size_t row, const std::string& output, bool quiet) {
    scenarios::Scenario scenario = scenario_of(loaded, plan.design.values.row(static_cast<Eigen::Index>(row)));
    scenario.name = fmt::format("{}, row {}", loaded.study.name, row + 1);
    const LoadedScenario whole = read_scenario_text(scenario_text(scenario), loaded.base.file, default_read_options());
    if (const fs::path folder = fs::path(output).parent_path(); !folder.empty()) fs::create_directories(folder);
    RunSettings settings;
    settings.output = output;
    settings.command = row_command(loaded, row);
    settings.threads = 1;
    settings.quiet = quiet;
    const RunOutcome outcome = run_scenario(whole, settings);
    return outcome.finished ? "" : outcome.why;
}

std::string row_command(const LoadedStudy& loaded, std::size_t row) {
    return fmt::format("foramen batch {} --row {} --output row-{}.h5", loaded.file, row + 1, row + 1);
}

}  // namespace foramen::io
