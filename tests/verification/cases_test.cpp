#include <doctest/doctest.h>

#include <omp.h>

#include "io/data_folder.hpp"
#include "io/verify/verification_report.hpp"

using namespace foramen;

TEST_SUITE_BEGIN("verification");

TEST_CASE("every short case of data/verification holds") {
    const std::vector<io::VerificationCase> cases = io::read_cases(io::data_folder() / "verification");
    REQUIRE(cases.size() >= 20);
    std::vector<const io::VerificationCase*> some;
    for (const io::VerificationCase& c : cases)
        if (!c.full) some.push_back(&c);
    const io::Verification all = io::run_cases(some, omp_get_max_threads(), [](const io::CaseResult&) {});
    for (const io::CaseResult& result : all.results) {
        if (result.verdict == io::Verdict::skipped) MESSAGE(io::table_rows(result));
        CHECK_MESSAGE(result.verdict != io::Verdict::fail, io::table_rows(result));
    }
    CHECK(all.results.size() == some.size());
}

TEST_SUITE_END();
