#pragma once

#include <string>
#include <vector>

#include "io/verify/case.hpp"

namespace foramen::io {

enum class Verdict { pass, fail, skipped };
inline constexpr std::array<std::string_view, 3> verdict_words{"pass", "FAIL", "skipped"};

/// One row of the table: what came out beside what must.
struct ComparisonRow {
    std::string what;
    std::string unit;
    std::string relation;      ///< "=", ">=", "<="
    double ours = 0.0;         ///< of a curve: where the difference is largest
    double reference = 0.0;    ///< the same
    double at = 0.0;           ///< that x; NaN for a number
    double difference = 0.0;   ///< over its scale; for a bound: how far the bound is overstepped, or 0
    double tolerance = 0.0;    ///< 0 for a bound
    Verdict verdict = Verdict::fail;
    std::string note;          ///< why not, where there is nothing to compare
};

/// Holds the traces of a benchmark against what a case expects: a row an expectation.
[[nodiscard]] std::vector<ComparisonRow> compare(const VerificationCase& c, const std::vector<models::Trace>& traces);

/// One expectation against its trace. @throws FileError for a reference that cannot be read
[[nodiscard]] ComparisonRow compare(const Expectation& e, const models::Trace& trace, const std::filesystem::path& curves);

}  // namespace foramen::io
