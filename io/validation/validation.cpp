#include "io/validation/validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "io/data_folder.hpp"
#include "io/data_tables.hpp"
#include "io/thread_seconds.hpp"
#include "models/imported_tissues.hpp"
#include "scenarios/session.hpp"

namespace foramen::io {

namespace {

struct Job {
    BatteryRun run;
    LoadedScenario loaded;
    TestRecord record;
};

constexpr const char* tissues_alone = "disc-moments";  // any scenario: the tests of tissue need the anatomy alone

using Jobs = std::map<std::pair<std::string, std::string>, Job>;  // by scenario and anatomy

Jobs jobs_of(const std::vector<const PublishedTest*>& tests, const std::vector<std::string>& anatomies,
             const ReadOptions& options) {
    std::set<std::string> names;
    for (const PublishedTest* test : tests)
        for (const Target& target : test->targets)
            for (const std::string& scenario : target.measure->scenarios()) names.insert(scenario);
    Jobs jobs;
    for (const std::string& anatomy : anatomies)
        for (const std::string& name : names)
            jobs[{name, anatomy}] = {
                {name, anatomy, 0.0, ""}, read_battery_scenario(battery_folder(options), name, anatomy, options), {}};
    return jobs;
}

void run_job(Job& job) {
    const double start = thread_seconds();
    try {
        job.record = run_in_memory(job.loaded);
    } catch (const std::exception& e) {
        job.run.why = e.what();
    }
    job.run.seconds = thread_seconds() - start;
}

/// How much there is to do: the large ones begin first.
int discs(const Job& job) {
    const auto& laboratory = job.loaded.scenario.laboratory;
    return laboratory ? static_cast<int>(laboratory->lower) - static_cast<int>(laboratory->upper) : models::disc_count;
}

/// The constants of an anatomy's tissues.
models::AnatomyTables tables_of(const LoadedScenario& any) {
    models::AnatomyTables tables = read_anatomy_tables(data_folder());
    models::SpineSpec spec = scenarios::spine_spec(any.scenario);
    spec.anatomy = any.anatomy.anatomy;
    models::scale_tissues(tables, models::tissue_factors(tables, spec));
    return tables;
}

Ours ours(const Target& target, const std::string& anatomy, const Jobs& jobs, const models::AnatomyTables& tables) {
    Ours result;
    try {
        const auto record = [&](const std::string& scenario) -> const TestRecord& {
            const Job& job = jobs.at({scenario, anatomy});
            if (!job.run.why.empty()) throw std::runtime_error(fmt::format("{}: {}", scenario, job.run.why));
            return job.record;
        };
        const Measured got = target.measure->read({record, tables});
        if (got.unit != target.unit)
            throw std::runtime_error(fmt::format("the measure is in {}, the target in {}", got.unit, target.unit));
        result.value = got.value;
        result.met = verdict(target.band(), got.value);
    } catch (const std::exception& e) {
        result.note = e.what();
    }
    return result;
}

}  // namespace

int Validation::count(Met met) const {
    int n = 0;
    for (const TestResult& test : tests)
        for (const TargetResult& target : test.targets)
            n += static_cast<int>(
                std::count_if(target.ours.begin(), target.ours.end(), [&](const Ours& o) { return o.met == met; }));
    return n;
}

Met verdict(const Target::Band& band, double value) {
    if (value >= band.low && value <= band.high) return Met::in;
    return value >= band.least && value <= band.largest ? Met::unclear : Met::missed;
}

Validation run_validation(const std::vector<const PublishedTest*>& tests, const std::vector<std::string>& anatomies,
                          const ReadOptions& options, int threads, const std::function<void(const BatteryRun&)>& finished) {
    Jobs jobs = jobs_of(tests, anatomies, options);
    std::vector<Job*> order;
    for (auto& [key, job] : jobs) order.push_back(&job);
    std::stable_sort(order.begin(), order.end(), [](const Job* a, const Job* b) { return discs(*a) > discs(*b); });
    const int count = static_cast<int>(order.size());
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int i = 0; i < count; ++i) {
        Job& job = *order[static_cast<std::size_t>(i)];
        run_job(job);
#pragma omp critical(foramen_validation_finished)
        finished(job.run);
    }
    std::vector<models::AnatomyTables> tables;
    for (const std::string& anatomy : anatomies)
        tables.push_back(tables_of(read_battery_scenario(battery_folder(options), tissues_alone, anatomy, options)));
    Validation all{anatomies, {}};
    for (const PublishedTest* test : tests) {
        TestResult result{test, {}};
        for (const Target& target : test->targets) {
            result.targets.push_back({&target, {}});
            for (std::size_t a = 0; a < anatomies.size(); ++a)
                result.targets.back().ours.push_back(ours(target, anatomies[a], jobs, tables[a]));
        }
        all.tests.push_back(std::move(result));
    }
    return all;
}

}  // namespace foramen::io
