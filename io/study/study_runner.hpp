#pragma once

#include <functional>
#include <string>

#include "io/study/run_store.hpp"
#include "io/study/study_plan.hpp"

namespace foramen::io {

/// Which runs this process does: those of rows i with i mod count == index.
struct Shard {
    std::size_t index = 0, count = 1;
    [[nodiscard]] bool holds(std::size_t row) const { return row % count == index; }
};

struct RunnerSettings {
    int threads = 1;  ///< runs side by side, each on one core
    bool quiet = false;
    Shard shard;
};

struct RunnerOutcome {
    std::size_t computed = 0, failed = 0;
    bool interrupted = false;
    double seconds = 0.0;  ///< of processor time, of what was computed
};

/// Computes every run of the shard that the store has no record of, a run a core. A run depends on its row alone: results do not
/// depend on the number of threads, on the order, or on how often the study was ended and begun again.
/// @throws FileError
RunnerOutcome run_missing(const LoadedStudy& loaded, const StudyPlan& plan, RunStore& store, const RunnerSettings& settings);

/// Does numbered jobs side by side with a line of progress; stops handing them out when the program is asked to stop.
/// @param job  @return what to count: done, failed, or interrupted (not counted)
enum class JobEnd { done, failed, interrupted };
RunnerOutcome run_jobs(const std::string& name, std::size_t count, const RunnerSettings& settings, const std::function<JobEnd(std::size_t)>& job);

/// Errors of a scenario's rules in one sentence; empty if there are none.
[[nodiscard]] std::string rule_errors(const scenarios::Scenario& scenario);

}  // namespace foramen::io
