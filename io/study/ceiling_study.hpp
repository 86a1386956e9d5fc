#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/study/study_runner.hpp"
#include "scenarios/study/ceiling_search.hpp"
#include "scenarios/study/limit.hpp"
#include "scenarios/study/population_percentile.hpp"

namespace foramen::io {

/// One patient of a ceiling study.
struct CeilingRow {
    bool there = false;  ///< the search came to its end
    std::string reason;  ///< why the patient cannot be run, or why nothing is there
    double weight = 0.0; ///< of the body [N]
    std::vector<double> strength;  ///< of the patient's tissues, an entry a limit; empty: no session was computed
    scenarios::PatientCeiling ceiling;
};

/// The governing patient's ceiling again, on another mesh or with other steps.
struct ConvergenceRow {
    std::string what;
    scenarios::PatientCeiling ceiling;
};

/// From the population's percentile to what the device may be set to [N].
struct CeilingTerms {
    double sensor = 0.0, delay = 0.0, overshoot = 0.0;
    double ceiling = 0.0;  ///< percentile less all three
};

enum class CeilingVerdict { pass, fail };

struct CeilingResult {
    std::vector<scenarios::Limit> limits;    ///< that were held against
    std::vector<std::string> not_computed;   ///< limits that this scenario has no series for
    std::vector<CeilingRow> rows;
    std::size_t sessions = 0;
    double seconds = 0.0;                    ///< of processor time; in no file
    std::optional<scenarios::Percentile> percentile;  ///< of the ceilings [N]; empty: no patient was computed
    std::optional<scenarios::Percentile> relative;    ///< of the ceilings over the body weight [-]
    CeilingTerms at_estimate, at_low;                 ///< at_low: from the lower end of the interval; only with percentile->low
    std::optional<std::size_t> governing_row;         ///< patient at the percentile
    std::vector<ConvergenceRow> convergence;
    CeilingVerdict verdict = CeilingVerdict::fail;
    std::string why;                                  ///< of the verdict, a sentence
    bool complete = false;                            ///< every patient has a ceiling or a reason
};

/// Limits that the study asks for, of all that there are. @throws FileError for a name that there is not
[[nodiscard]] std::vector<scenarios::Limit> chosen_limits(const LoadedStudy& loaded, const std::vector<scenarios::Limit>& all);

/// Finds the ceiling of every patient of the design; sessions that the store has are not computed again. @throws FileError
[[nodiscard]] CeilingResult run_ceiling(const LoadedStudy& loaded, RunStore& store, const RunnerSettings& settings);

/// Force that is taken off for a percentile of the population.
///
///     ceiling = (percentile - sensor uncertainty - delay x rate)/(1 + overshoot), at least 0
[[nodiscard]] CeilingTerms ceiling_terms(double percentile, const scenarios::DeviceErrors& errors, double rate);

}  // namespace foramen::io
