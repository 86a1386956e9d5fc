#pragma once

#include <string>

#include "io/study/ceiling_study.hpp"
#include "io/study/document.hpp"

namespace foramen::io {

/// The report in the order of FDA's guidance on reporting of computational modelling studies (2016), with the thirteen credibility factors
/// of ASME V&V 40 (2018). Nothing in it is a claim of approval or of safety. The same for the same inputs and program.
[[nodiscard]] Document ceiling_report(const LoadedStudy& loaded, const CeilingResult& result);

/// The sections of the report from the numerical verification on.
void add_evidence(Document& d, const LoadedStudy& loaded, const CeilingResult& result);

/// The same numbers for programs.
[[nodiscard]] std::string ceiling_json(const LoadedStudy& loaded, const CeilingResult& result);

/// A row a patient: inputs, ceiling, bracket, limit that governs, where.
[[nodiscard]] std::string ceiling_csv(const LoadedStudy& loaded, const CeilingResult& result);

/// The words of the user, or NOT PROVIDED.
[[nodiscard]] std::string given_or_not(const std::string& text);

/// "found", "at least the highest force tried", "below the least force tried" for one patient.
inline constexpr std::string_view ceiling_end_words[] = {"found", "not reached", "below least"};

}  // namespace foramen::io
