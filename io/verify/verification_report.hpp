#pragma once

#include <string>

#include "io/verify/verification.hpp"

namespace foramen::io {

/// Lines of the table for one case: case, quantity, ours, reference, difference, tolerance, verdict, seconds.
[[nodiscard]] std::string table_header();
[[nodiscard]] std::string table_rows(const CaseResult& result);
/// "31 passed, 0 failed, 1 skipped: 102 quantities in 48 s of processor time"
[[nodiscard]] std::string closing_line(const Verification& all);

/// The table for programs.
[[nodiscard]] std::string verification_json(const Verification& all);
[[nodiscard]] std::string verification_csv(const Verification& all);
/// The page of the manual: each case with what it asks, its references and why its tolerances are what they are.
[[nodiscard]] std::string verification_page(const Verification& all);

}  // namespace foramen::io
