#pragma once

#include <functional>
#include <string>
#include <vector>

#include "io/verify/comparison.hpp"

namespace foramen::io {

/// What a case came to.
struct CaseResult {
    const VerificationCase* posed = nullptr;
    std::vector<ComparisonRow> rows;
    std::vector<models::Trace> traces;  ///< all that the problem measured
    double seconds = 0.0;  ///< processor time of the case
    Verdict verdict = Verdict::skipped;
    std::string note;  ///< why it was skipped, or could not be solved
};

/// What all cases came to, in their order.
struct Verification {
    std::vector<CaseResult> results;
    [[nodiscard]] int count(Verdict verdict) const;
};

/// Solves one case and compares. Never throws: what goes wrong is the case's verdict.
[[nodiscard]] CaseResult run_case(const VerificationCase& c);

/// Solves cases side by side, one a thread.
/// @param finished  called after each, never twice at once
[[nodiscard]] Verification run_cases(const std::vector<const VerificationCase*>& cases, int threads,
                                     const std::function<void(const CaseResult&)>& finished);

}  // namespace foramen::io
