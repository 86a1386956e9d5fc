#include "io/study/ceiling_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "io/data_folder.hpp"
#include "io/data_tables.hpp"
#include "io/observed_run.hpp"
#include "io/progress.hpp"
#include "io/result_file.hpp"
#include "io/spelling.hpp"
#include "io/study/crash_guard.hpp"
#include "io/study/limit_files.hpp"
#include "io/study/output_recorder.hpp"
#include "io/study/run_key.hpp"
#include "io/thread_seconds.hpp"

namespace foramen::io {

using scenarios::CeilingSpec;
using scenarios::Limit;
using scenarios::SessionUse;

namespace {

struct Interrupted {};

/// Runs sessions at a force and says what they used of each limit.
class CeilingSessions {
public:
    CeilingSessions(const LoadedStudy& loaded, RunStore& store, const std::vector<Limit>& limits)
        : loaded_(loaded), store_(store), limits_(limits), keys_(loaded.base.anatomy), tables_(read_anatomy_tables(data_folder())), log_(store.descriptor()) {
        const CeilingSpec& c = *loaded.study.ceiling;
        added_ = fmt::format("ceiling {} {}\n", c.release, c.after);
        for (const Limit& limit : limits) {
            outputs_.push_back(limit.measure);
            at_rest_.push_back(limit.measure);
            at_rest_.back().reduce = scenarios::Reduction::start;
            added_ += fmt::format("{} {} {} {}\n", limit.measure.series, limit.measure.label, static_cast<int>(limit.measure.across), static_cast<int>(limit.measure.reduce));
        }
        outputs_.insert(outputs_.end(), at_rest_.begin(), at_rest_.end());
        added_ += "and each at rest\n";
    }

    /// @throws Interrupted
    SessionUse use(const scenarios::Scenario& patient, std::size_t row, double force) {
        const scenarios::Scenario scaled = scenarios::with_peak(patient, force);
        const std::string key = keys_.key(scaled, added_);
        const RunRecord* record = store_.find(key);
        RunRecord fresh;
        if (!record) {
            fresh = computed(scaled, key);
            store_.append(fresh);
            record = &fresh;
        }
        SessionUse use;
        use.computed = record->state == RunState::done;
        if (!use.computed) {
            use.why = record->text;
            return use;
        }
        std::string_view labels = record->text;
        for (std::size_t k = 0; k < limits_.size(); ++k) {
            const double rest = scenarios::known_at_rest(limits_[k]) ? record->values[limits_.size() + k] : std::numeric_limits<double>::quiet_NaN();
            use.strength.push_back(scenarios::strength_of(limits_[k], loaded_.study.seed, row, rest));
            use.use.push_back(scenarios::utilisation(record->values[k], use.strength.back()));
            const std::size_t end = std::min(labels.find(';'), labels.size());
            use.where.emplace_back(labels.substr(0, end));
            labels.remove_prefix(std::min(end + 1, labels.size()));
        }
        return use;
    }

private:
    RunRecord computed(const scenarios::Scenario& scaled, const std::string& key) {
        const CrashGuard guard(log_, record_line({key, RunState::crashed, 0.0, {}, "the program crashed in this run"}));
        const CeilingSpec& c = *loaded_.study.ceiling;
        const scenarios::LoadProgram program = scenarios::with_sudden_release(scenarios::load_program(scaled), c.release, c.after);
        const double start = thread_seconds();
        std::unique_ptr<OutputRecorder> recorder;
        const ObservedRun run = observe_run(scaled, tables_, loaded_.base.anatomy.anatomy, &program, [&](const models::SpineModel& model) {
            recorder = std::make_unique<OutputRecorder>(model, outputs_);
            return recorder.get();
        });
        if (run.interrupted) throw Interrupted{};
        RunRecord record;
        record.key = key;
        record.seconds = thread_seconds() - start;
        if (!run.finished) {
            record.state = RunState::failed;
            record.text = run.why;
            return record;
        }
        record.values = recorder->values(&program);
        for (std::size_t k = 0; k < limits_.size(); ++k) record.text += (k == 0 ? "" : ";") + recorder->governing_label(k, &program);
        return record;
    }

    const LoadedStudy& loaded_;
    RunStore& store_;
    const std::vector<Limit>& limits_;
    RunKeys keys_;
    models::AnatomyTables tables_;
    int log_;
    std::string added_;
    std::vector<scenarios::Output> outputs_;  ///< of the limits, then at_rest_
    std::vector<scenarios::Output> at_rest_;
};

double highest(const LoadedStudy& loaded) { return loaded.study.ceiling->high.value_or(loaded.study.base_scenario.device.max_force); }

CeilingRow patient_ceiling(const LoadedStudy& loaded, CeilingSessions& sessions, const scenarios::Scenario& patient, std::size_t row) {
    CeilingRow result;
    result.weight = scenarios::body_weight(patient.patient);
    if (result.reason = rule_errors(patient); !result.reason.empty()) return result;
    const CeilingSpec& c = *loaded.study.ceiling;
    const auto use = [&](double force) {
        SessionUse used = sessions.use(patient, row, force);
        if (used.computed) result.strength = used.strength;
        return used;
    };
    result.ceiling = scenarios::find_ceiling(use, c.low, highest(loaded), c.tolerance);
    result.there = true;
    return result;
}

/// The same patient, near the ceiling that was found, on a finer mesh and with smaller steps. @return not interrupted
bool check_convergence(const LoadedStudy& loaded, CeilingSessions& sessions, const scenarios::Scenario& patient, const RunnerSettings& settings,
                       CeilingResult& result) {
    const CeilingSpec& c = *loaded.study.ceiling;
    const std::size_t row = *result.governing_row;
    const double found = result.rows[row].ceiling.force;
    const double low = std::max(c.low, 0.6 * found), high = std::min(highest(loaded), std::max(1.5 * found, low + 2.0 * c.tolerance));
    std::vector<scenarios::Scenario> others{patient};
    others[0].model.time_tolerance = patient.model.time_tolerance / 4.0;
    result.convergence.push_back({fmt::format("a quarter of the error per step, {:.5g} mm", others[0].model.time_tolerance), {}});
    if (patient.model.resolution < models::Resolution::fine) {  // the finest is for studies of the mesh
        others.push_back(patient);
        others[1].model.resolution = static_cast<models::Resolution>(static_cast<int>(patient.model.resolution) + 1);
        result.convergence.push_back({fmt::format("mesh {}", scenarios::resolution_words[static_cast<std::size_t>(others[1].model.resolution)]), {}});
    }
    const RunnerOutcome outcome = run_jobs(loaded.study.name + ", the governing patient with smaller steps and on a finer mesh", others.size(), settings, [&](std::size_t i) {
        try {
            result.convergence[i].ceiling = scenarios::find_ceiling([&](double force) { return sessions.use(others[i], row, force); }, low, high, c.tolerance);
            return JobEnd::done;
        } catch (const Interrupted&) {
            return JobEnd::interrupted;
        }
    });
    if (outcome.interrupted) result.convergence.clear();
    return !outcome.interrupted;
}

void judge(const LoadedStudy& loaded, CeilingResult& result) {
    const CeilingSpec& c = *loaded.study.ceiling;
    const scenarios::Device& device = loaded.study.base_scenario.device;
    std::vector<double> forces, relative;
    result.complete = true;
    for (const CeilingRow& row : result.rows) {
        if (row.there) forces.push_back(row.ceiling.force);
        if (row.there) relative.push_back(row.ceiling.force / row.weight);
        result.complete = result.complete && (row.there || !row.reason.empty());
    }
    if (forces.empty()) {
        result.why = "no patient was computed";
        return;
    }
    result.percentile = scenarios::population_percentile(forces, c.percentile, c.confidence);
    result.relative = scenarios::population_percentile(relative, c.percentile, c.confidence);
    const double rate = c.device.rate.value_or(device.max_ramp);
    result.at_estimate = ceiling_terms(result.percentile->estimate, c.device, rate);
    for (std::size_t i = 0; i < result.rows.size() && !result.governing_row; ++i)
        if (result.rows[i].there && result.rows[i].ceiling.force == result.percentile->estimate) result.governing_row = i;
    if (!result.percentile->low) {
        result.why = fmt::format("the sample is too small: {} patients, the lower end of the interval needs {}", forces.size(), scenarios::least_sample(c.percentile, c.confidence));
        return;
    }
    result.at_low = ceiling_terms(*result.percentile->low, c.device, rate);
    const bool kept = device.max_force <= result.at_low.ceiling;
    result.verdict = kept && result.complete ? CeilingVerdict::pass : CeilingVerdict::fail;
    result.why = fmt::format("the device's stated maximum, {:.1f} N, is {} the ceiling at the lower end of the interval, {:.1f} N{}", device.max_force,
                             kept ? "not above" : "above", result.at_low.ceiling, result.complete ? "" : "; not every patient was computed");
}

}  // namespace

CeilingTerms ceiling_terms(double percentile, const scenarios::DeviceErrors& errors, double rate) {
    CeilingTerms terms;
    terms.sensor = errors.sensor_uncertainty;
    terms.delay = errors.delay * rate;
    const double set = std::max(0.0, percentile - terms.sensor - terms.delay);
    terms.ceiling = set / (1.0 + errors.overshoot);
    terms.overshoot = set - terms.ceiling;
    return terms;
}

std::vector<Limit> chosen_limits(const LoadedStudy& loaded, const std::vector<Limit>& all) {
    if (loaded.study.ceiling->limits.empty()) return all;
    std::vector<Limit> chosen;
    std::vector<std::string> names;
    for (const Limit& limit : all) names.push_back(limit.name);
    for (const scenarios::LimitName& wanted : loaded.study.ceiling->limits) {
        const auto found = std::find_if(all.begin(), all.end(), [&](const Limit& l) { return l.name == wanted.name; });
        if (found == all.end()) throw FileError(fmt::format("{}: there is no limit \"{}\"; {}", loaded.file, wanted.name, suggest(wanted.name, names)));
        chosen.push_back(*found);
    }
    return chosen;
}

CeilingResult run_ceiling(const LoadedStudy& loaded, RunStore& store, const RunnerSettings& settings) {
    CeilingResult result;
    const bool deformable = loaded.study.base_scenario.model.vertebrae == scenarios::Vertebrae::deformable;
    for (const Limit& limit : chosen_limits(loaded, read_limits(data_folder()))) {
        if (limit.deformable && !deformable) {
            result.not_computed.push_back(limit.name + ": needs model.vertebrae: deformable");
        } else {
            result.limits.push_back(limit);
        }
    }
    if (result.limits.empty()) throw FileError(loaded.file + ": no limit is left that this scenario has a series for");
    CeilingSessions sessions(loaded, store, result.limits);
    const scenarios::DesignTable design = scenarios::design_table(loaded.study);
    result.rows.resize(static_cast<std::size_t>(design.values.rows()));
    const auto patient = [&](std::size_t row) { return scenario_of(loaded, design.values.row(static_cast<Eigen::Index>(row))); };
    const RunnerOutcome outcome = run_jobs(loaded.study.name, result.rows.size(), settings, [&](std::size_t row) {
        try {
            result.rows[row] = patient_ceiling(loaded, sessions, patient(row), row);
            return result.rows[row].there ? JobEnd::done : JobEnd::failed;
        } catch (const Interrupted&) {
            return JobEnd::interrupted;
        }
    });
    result.seconds = outcome.seconds;
    judge(loaded, result);
    if (result.complete && result.governing_row && loaded.study.ceiling->convergence == scenarios::Convergence::finer && !stop_requested())
        result.complete = check_convergence(loaded, sessions, patient(*result.governing_row), settings, result);
    for (const CeilingRow& row : result.rows) result.sessions += static_cast<std::size_t>(row.ceiling.sessions);
    for (const ConvergenceRow& row : result.convergence) result.sessions += static_cast<std::size_t>(row.ceiling.sessions);
    return result;
}

}  // namespace foramen::io
