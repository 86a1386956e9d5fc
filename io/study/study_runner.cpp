#include "io/study/study_runner.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <exception>
#include <memory>
#include <set>

#include "io/data_folder.hpp"
#include "io/data_tables.hpp"
#include "io/observed_run.hpp"
#include "io/progress.hpp"
#include "io/study/crash_guard.hpp"
#include "io/study/output_recorder.hpp"
#include "io/study/study_progress.hpp"
#include "io/thread_seconds.hpp"
#include "scenarios/rules.hpp"

namespace foramen::io {

std::string rule_errors(const scenarios::Scenario& scenario) {
    std::string text;
    for (const scenarios::Problem& problem : scenarios::problems(scenario))
        if (!problem.warning) text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", problem.path, problem.reason);
    return text;
}

namespace {

/// Runs one row. @return empty when it was interrupted
std::optional<RunRecord> run_row(const LoadedStudy& loaded, const models::AnatomyTables& tables, const scenarios::Scenario& scenario, const std::string& key) {
    RunRecord record;
    record.key = key;
    const double start = thread_seconds();
    if (const std::string errors = rule_errors(scenario); !errors.empty()) {
        record.state = RunState::failed;
        record.text = "not a valid scenario: " + errors;
        return record;
    }
    std::unique_ptr<OutputRecorder> recorder;
    const ObservedRun run = observe_run(scenario, tables, loaded.base.anatomy.anatomy, nullptr, [&](const models::SpineModel& model) {
        recorder = std::make_unique<OutputRecorder>(model, loaded.study.outputs);
        return recorder.get();
    });
    if (run.interrupted) return {};
    record.seconds = thread_seconds() - start;
    if (!run.finished) {
        record.state = RunState::failed;
        record.text = run.why;
        return record;
    }
    const auto program = scenario.laboratory ? std::nullopt : std::optional(scenarios::load_program(scenario));
    record.values = recorder->values(program ? &*program : nullptr);
    return record;
}

/// First row of each run of the shard that is not there.
std::vector<std::size_t> missing_rows(const StudyPlan& plan, const RunStore& store, const Shard& shard) {
    std::vector<std::size_t> rows;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < plan.size(); ++i)
        if (shard.holds(i) && !store.find(plan.keys[i]) && seen.insert(plan.keys[i]).second) rows.push_back(i);
    return rows;
}

}  // namespace

RunnerOutcome run_jobs(const std::string& name, std::size_t count, const RunnerSettings& settings, const std::function<JobEnd(std::size_t)>& job) {
    RunnerOutcome outcome;
    StudyProgress progress(name, count, settings.quiet);
    std::exception_ptr broken;
    const auto jobs = static_cast<long>(count);
#pragma omp parallel for schedule(dynamic, 1) num_threads(settings.threads)
    for (long i = 0; i < jobs; ++i) {
        bool go = false;
#pragma omp critical(foramen_study)
        go = !broken && !stop_requested();
        if (!go) continue;
        omp_set_num_threads(1);  // of what a job does, also where the loop itself has one thread and is no parallel region to it
        const double start = thread_seconds();
        JobEnd end = JobEnd::interrupted;
        try {
            end = job(static_cast<std::size_t>(i));
        } catch (...) {
#pragma omp critical(foramen_study)
            broken = std::current_exception();
        }
#pragma omp critical(foramen_study)
        if (end != JobEnd::interrupted) {
            ++outcome.computed;
            outcome.failed += end == JobEnd::failed ? 1 : 0;
            outcome.seconds += thread_seconds() - start;
            progress.count(end == JobEnd::failed);
        }
    }
    progress.finish();
    if (broken) std::rethrow_exception(broken);
    outcome.interrupted = stop_requested();
    return outcome;
}

RunnerOutcome run_missing(const LoadedStudy& loaded, const StudyPlan& plan, RunStore& store, const RunnerSettings& settings) {
    const std::vector<std::size_t> rows = missing_rows(plan, store, settings.shard);
    if (rows.empty()) return {};
    const models::AnatomyTables tables = read_anatomy_tables(data_folder());
    const int log = store.descriptor();
    return run_jobs(loaded.study.name, rows.size(), settings, [&](std::size_t i) {
        const std::size_t row = rows[i];
        const CrashGuard guard(log, record_line({plan.keys[row], RunState::crashed, 0.0, {}, "the program crashed in this run"}));
        const auto record = run_row(loaded, tables, scenario_of(loaded, plan.design.values.row(static_cast<Eigen::Index>(row))), plan.keys[row]);
        if (!record) return JobEnd::interrupted;
        store.append(*record);
        return record->state == RunState::done ? JobEnd::done : JobEnd::failed;
    });
}

}  // namespace foramen::io
