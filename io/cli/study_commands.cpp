#include "io/cli/study_commands.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include "io/cli/study_options.hpp"
#include "io/progress.hpp"
#include "io/result_file.hpp"
#include "io/study/slurm_study.hpp"
#include "io/study/study_folder.hpp"
#include "io/study/study_report.hpp"
#include "io/study/study_runner.hpp"

namespace foramen::io {

namespace {

/// Says what is there and what is not. @return exit code
int say_table(const LoadedStudy& loaded, const StudyTable& table, const StudyFolder& folder) {
    fmt::print("{}: {} rows: {} done, {} failed, {} crashed, {} missing\n", loaded.study.name, table.rows.size(), table.count(RowState::done),
               table.count(RowState::failed), table.count(RowState::crashed), table.count(RowState::missing));
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const StudyRow& row = table.rows[i];
        if (row.state == RowState::failed || row.state == RowState::crashed)
            fmt::print("row {} {}: {}\n  {}\n", i + 1, row_state_words[static_cast<std::size_t>(row.state)], row.reason, row_command(loaded, i));
    }
    if (table.distinct > 0 && table.seconds > 0.0)
        fmt::print("{:.1f} s of processor a run, {:.0f} runs an hour and core\n", table.seconds / static_cast<double>(table.distinct),
                   3600.0 * static_cast<double>(table.distinct) / table.seconds);
    fmt::print("table: {}, {}\n", folder.file("study.csv").string(), folder.file("study.h5").string());
    if (table.count(RowState::missing) > 0) return exit_system;
    return table.count(RowState::done) == table.rows.size() ? exit_done : exit_no_convergence;
}

void say_store(const RunStore& store) {
    if (store.damaged() > 0) fmt::print(stderr, "foramen: {} torn or damaged lines in the logs were left out; their runs are done again\n", store.damaged());
    for (const std::string& key : store.conflicts()) fmt::print(stderr, "foramen: run {} has two different results in the logs; the first counts\n", key);
}

/// Whether a folder holds runs, and none of this study as this program computes it.
bool only_others(const RunStore& store, const StudyPlan& plan) {
    return store.size() > 0 && std::none_of(plan.keys.begin(), plan.keys.end(), [&](const std::string& key) { return store.find(key) != nullptr; });
}

void print_design(const LoadedStudy& loaded, const StudyPlan& plan, const RunStore* store) {
    std::size_t there = 0, invalid = 0;
    for (std::size_t i = 0; i < plan.size(); ++i) {
        there += store && store->find(plan.keys[i]) ? 1 : 0;
        invalid += rule_errors(scenario_of(loaded, plan.design.values.row(static_cast<Eigen::Index>(i)))).empty() ? 0 : 1;
    }
    fmt::print("{}", design_csv(loaded, plan));
    fmt::print(stderr, "{}: {} rows, {} distinct runs, {} there already, {} no valid scenario; nothing was run\n", loaded.study.name, plan.size(),
               plan.distinct(), there, invalid);
}

int run_one_row(const Arguments& arguments, const LoadedStudy& loaded, const StudyPlan& plan) {
    const auto row = whole_option(arguments, "row", 1, static_cast<int>(plan.size()));
    if (!row) return exit_usage;
    const std::string output = arguments.value("output", fmt::format("row-{}.h5", *row));
    const std::string why = keep_result(loaded, plan, static_cast<std::size_t>(*row) - 1, output, arguments.has("quiet"));
    if (why.empty()) {
        fmt::print("{}\n", output);
        return exit_done;
    }
    fmt::print(stderr, "foramen: row {}: {}\n", *row, why);
    return exit_no_convergence;
}

/// Runs the rows whose whole results are kept and are not there.
void keep_results(const LoadedStudy& loaded, const StudyPlan& plan, const StudyTable& table, const StudyFolder& folder, const RunnerSettings& settings) {
    for (const std::size_t row : rows_to_keep(loaded, table)) {
        const std::filesystem::path output = folder.result(row);
        if (stop_requested()) return;
        if (std::filesystem::exists(output) && ResultFile(output.string()).status() != RunStatus::running) continue;
        (void)keep_result(loaded, plan, row, output.string(), settings.quiet);
    }
}

/// Submits the study as an array, or with --dry-run prints the script.
int to_slurm(const LoadedStudy& loaded, const StudyPlan& plan, const StudyFolder& folder, const Arguments& arguments) {
    SlurmSettings settings;
    settings.shards = shard_count(plan.distinct());
    if (arguments.has("shards")) {
        const auto shards = whole_option(arguments, "shards", 1, 100000);
        if (!shards) return exit_usage;
        settings.shards = *shards;
    }
    settings.time = arguments.value("time");
    settings.memory = arguments.value("memory");
    settings.extra = arguments.value("sbatch");
    if (arguments.has("dry-run")) {
        fmt::print("{}", array_script(loaded, folder, settings));
        return exit_done;
    }
    fmt::print("{}\n", submit_study(loaded, folder, settings));
    return exit_done;
}

}  // namespace

int batch_command(const Arguments& arguments) {
    const auto read = load_study(arguments, arguments.words.front());
    if (!read) return exit_usage;
    const LoadedStudy& loaded = *read;
    if (loaded.study.outputs.empty()) {
        fmt::print(stderr, "foramen: {}: the study has no outputs; its ceiling is found by foramen ceiling {}\n", loaded.file, loaded.file);
        return exit_usage;
    }
    const auto settings = runner_settings(arguments);
    if (!settings) return exit_usage;
    const StudyPlan plan = plan_study(loaded);
    stop_on_signals();
    if (arguments.has("row")) return run_one_row(arguments, loaded, plan);
    const StudyFolder folder = study_folder(loaded.file, arguments.value("output"));
    if (arguments.has("slurm")) return to_slurm(loaded, plan, folder, arguments);
    if (arguments.has("dry-run")) {
        const bool there = std::filesystem::is_directory(folder.logs());
        const std::optional<RunStore> store = there ? std::optional<RunStore>(std::in_place, folder.logs()) : std::nullopt;
        print_design(loaded, plan, store ? &*store : nullptr);
        return exit_done;
    }
    RunStore store(folder.logs());
    if (arguments.has("retry")) {
        store.forget(RunState::failed);
        store.forget(RunState::crashed);
    }
    say_store(store);
    if (only_others(store, plan))
        fmt::print(stderr, "foramen: the {} runs in {} are of another program, of other tables or of the study as it was; every row is computed anew\n", store.size(),
                   folder.path.string());
    const RunnerOutcome outcome = run_missing(loaded, plan, store, *settings);
    if (settings->shard.count > 1) return outcome.interrupted ? exit_system : exit_done;  // the merge says what failed
    const StudyTable table = study_table(loaded, plan, store);
    write_tables(folder, loaded, plan, table);
    const int code = say_table(loaded, table, folder);
    if (table.count(RowState::missing) == 0) keep_results(loaded, plan, table, folder, *settings);
    return code;
}

int study_command(const Arguments& arguments) {
    const std::string& action = arguments.words.front();
    if (action != "merge" && action != "report") {
        fmt::print(stderr, "foramen study: expected merge or report, got \"{}\"\n", action);
        return exit_usage;
    }
    const auto read = load_study(arguments, arguments.words.back());
    if (!read) return exit_usage;
    const LoadedStudy& loaded = *read;
    const StudyFolder folder = study_folder(loaded.file, arguments.value("output"));
    if (!std::filesystem::is_directory(folder.logs())) throw FileError(fmt::format("{}: there are no runs; foramen batch {} makes them", folder.path.string(), loaded.file));
    const StudyPlan plan = plan_study(loaded);
    const RunStore store(folder.logs());
    say_store(store);
    if (only_others(store, plan)) {
        fmt::print(stderr,
                   "foramen: the {} runs in {} are of another program, of other tables or of the study as it was; its tables stay as they are.\n"
                   "  foramen batch {} computes every row anew; with -o another folder keeps these\n",
                   store.size(), folder.path.string(), loaded.file);
        return exit_system;
    }
    const StudyTable table = study_table(loaded, plan, store);
    write_tables(folder, loaded, plan, table);
    if (action == "merge") return say_table(loaded, table, folder);
    fmt::print("{}\n", write_study_report(loaded, plan, table, folder));
    return exit_done;
}

}  // namespace foramen::io
