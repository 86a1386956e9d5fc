#include "io/verify/verification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "io/thread_seconds.hpp"

namespace foramen::io {

namespace {

Verdict worst_of(const std::vector<ComparisonRow>& rows) {
    const bool good = !rows.empty() && std::all_of(rows.begin(), rows.end(), [](const ComparisonRow& r) { return r.verdict == Verdict::pass; });
    return good ? Verdict::pass : Verdict::fail;
}

}  // namespace

int Verification::count(Verdict verdict) const {
    return static_cast<int>(std::count_if(results.begin(), results.end(), [&](const CaseResult& r) { return r.verdict == verdict; }));
}

CaseResult run_case(const VerificationCase& c) {
    CaseResult result;
    result.posed = &c;
    if (!c.needs.empty() && find_case_data(c.needs, c.folder).empty()) {
        result.note = fmt::format("{} is not here; FORAMEN_PEER_CASES names the folder that holds it", c.needs);
        return result;
    }
    const double start = thread_seconds();
    try {
        result.traces = c.benchmark->solve();
        result.rows = compare(c, result.traces);
        result.verdict = worst_of(result.rows);
    } catch (const std::exception& e) {
        result.verdict = Verdict::fail;
        result.note = e.what();
    }
    result.seconds = thread_seconds() - start;
    return result;
}

Verification run_cases(const std::vector<const VerificationCase*>& cases, int threads, const std::function<void(const CaseResult&)>& finished) {
    Verification all;
    all.results.resize(cases.size());
    const int count = static_cast<int>(cases.size());
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int i = 0; i < count; ++i) {
        all.results[static_cast<std::size_t>(i)] = run_case(*cases[static_cast<std::size_t>(i)]);
#pragma omp critical(foramen_verification_finished)
        finished(all.results[static_cast<std::size_t>(i)]);
    }
    return all;
}

}  // namespace foramen::io
