#include <doctest/doctest.h>

#include <cmath>
#include <fstream>

#include "io/result_file.hpp"
#include "io/diagnostics.hpp"
#include "io/verify/reference_curve.hpp"
#include "io/verify/verification_report.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen;
using io::Expectation;
using io::Scale;
using io::Verdict;
using models::Trace;

namespace {

void write(const std::string& file, const std::string& text) { std::ofstream(file) << text; }

/// What the reader says of a case, or "" where it says nothing.
std::string complaint(const std::string& text) {
    const testing::TemporaryFolder folder;
    write(folder.file("case.yaml"), text);
    try {
        (void)io::read_case(folder.file("case.yaml"));
    } catch (const io::ScenarioError& e) {
        return e.what();
    }
    return "";
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string good_case =
    "title: t\nabout: a\nproblem: swelling\ninput: {law: ideal}\nexpect:\n"
    "  - {what: w, trace: volume, value: 1, tolerance: 0.1 %, source: s, why: y}\n";

Expectation bound(std::optional<double> least, std::optional<double> most) {
    Expectation e;
    e.trace = "f";
    e.at_least = least;
    e.at_most = most;
    return e;
}

}  // namespace

TEST_SUITE_BEGIN("unit/io");

TEST_CASE("a number is held against its reference on the scale that the case names") {
    Expectation e;
    e.value = 2.0;
    e.tolerance = 0.01;
    e.of = Scale::value;
    CHECK(io::compare(e, models::number("f", 2.019), "").verdict == Verdict::pass);
    CHECK(io::compare(e, models::number("f", 2.021), "").verdict == Verdict::fail);
    CHECK(io::compare(e, models::number("f", 2.01), "").difference == doctest::Approx(0.005));
    e.of = Scale::unit;
    CHECK(io::compare(e, models::number("f", 2.019), "").verdict == Verdict::fail);
    CHECK(io::compare(e, models::number("f", std::nan("")), "").verdict == Verdict::fail);
    CHECK(io::compare(e, Trace{"f", "", {2.0, 2.0}, "s", {0.0, 1.0}}, "").verdict == Verdict::fail);
    CHECK(io::compare(e, Trace{"f", "", {}, "", {}}, "").verdict == Verdict::fail);
}

TEST_CASE("a bound is held against the worst value of the trace") {
    const Trace f{"f", "", {3.0, 1.0, 2.0}, "s", {0.0, 1.0, 2.0}};
    CHECK(io::compare(bound(1.0, {}), f, "").verdict == Verdict::pass);
    CHECK(io::compare(bound(1.1, {}), f, "").verdict == Verdict::fail);
    CHECK(io::compare(bound(1.1, {}), f, "").at == 1.0);
    CHECK(io::compare(bound({}, 3.0), f, "").verdict == Verdict::pass);
    CHECK(io::compare(bound({}, 2.9), f, "").verdict == Verdict::fail);
    CHECK(io::compare(bound({}, 2.9), Trace{"f", "", {1.0, std::nan("")}, "s", {0.0, 1.0}}, "").verdict == Verdict::fail);
}

TEST_CASE("a curve is held against the reference at every point, and the worst one is told") {
    const testing::TemporaryFolder folder;
    write(folder.file("c.csv"), "# made up\ntime [s],other [1],f [mm]\n0,9,0\n1,9,10\n3,9,20\n");
    Expectation e;
    e.trace = "f";
    e.curve = "c.csv";
    e.column = "f";
    e.tolerance = 0.05;
    e.of = Scale::range;
    const std::string curves = folder.file("");
    const auto verdict = [&](const Trace& t) { return io::compare(e, t, curves); };
    CHECK(verdict({"f", "mm", {0.0, 5.0, 15.9}, "s", {0.0, 0.5, 2.0}}).verdict == Verdict::pass);
    const io::ComparisonRow off = verdict({"f", "mm", {0.0, 5.0, 16.2, 15.0}, "s", {0.0, 0.5, 2.0, 2.1}});
    CHECK(off.verdict == Verdict::fail);
    CHECK(off.at == 2.0);
    CHECK(off.reference == 15.0);
    CHECK(off.difference == doctest::Approx(0.06));
    CHECK(verdict({"f", "mm", {0.0, std::nan(""), 15.0}, "s", {0.0, 1.0, 2.0}}).verdict == Verdict::fail);
    CHECK(verdict({"f", "mm", {99.0}, "s", {7.0}}).verdict == Verdict::fail);  // nothing to compare
    e.from = 1.5;
    CHECK(verdict({"f", "mm", {99.0, 15.0}, "s", {0.0, 2.0}}).verdict == Verdict::pass);
    e.to = 3.0;  // a trace that stops early has not shown what it should
    CHECK(verdict({"f", "mm", {99.0, 15.0}, "s", {0.0, 2.0}}).verdict == Verdict::fail);
}

TEST_CASE("a reference curve that cannot be used says where and why") {
    const testing::TemporaryFolder folder;
    const auto why = [&](const std::string& text, const std::string& column) -> std::string {
        write(folder.file("c.csv"), text);
        try {
            (void)io::read_reference_curve(folder.file("c.csv"), column);
        } catch (const io::FileError& e) {
            return e.what();
        }
        return "";
    };
    CHECK(why("x [s],f [mm]\n0,1\n1,2\n", "f").empty());
    CHECK(contains(why("x [s],f [mm]\n0,1\n", "g"), "c.csv:1: no column \"g\""));
    CHECK(contains(why("x [s],f [mm]\n0,1\n0,2\n", "f"), "c.csv:3: x does not ascend"));
    CHECK(contains(why("x [s],f [mm]\n0,one\n", "f"), "c.csv:2: expected a number, got \"one\""));
    CHECK(contains(why("x [s],f [mm]\n", "f"), "holds no row"));
}

TEST_CASE("a case with mistakes is refused with all of them") {
    CHECK(complaint(good_case).empty());
    const std::string several = complaint(
        "title: t\nproblem: swelling\ninput: {law: idle, watre: 0.8, water: 200 %}\nexpect:\n"
        "  - {what: w, trace: volume, value: 1, at_least: 2, source: s, why: y}\n");
    CHECK(contains(several, "about: is missing"));
    CHECK(contains(several, "input.law: expected one of ideal, intrafibrillar, got \"idle\""));
    CHECK(contains(several, "watre"));
    CHECK(contains(several, "input.water: must lie between"));
    CHECK(contains(several, "expected exactly one of curve, value, at_least, at_most"));
    CHECK(contains(complaint("title: t\nabout: a\nproblem: no_such\nexpect: []\n"), "problem: expected one of"));
    CHECK(contains(complaint(good_case + "  - {what: w, trace: v, curve: none.csv, column: f, tolerance: 1 %, source: s, why: y}\n"),
                   "there is no \"none.csv\""));
}

TEST_CASE("a case whose problem measures something else, or whose data are not here, does not pass") {
    const testing::TemporaryFolder folder;
    write(folder.file("a.yaml"), "title: t\nabout: a\nproblem: swelling\nexpect:\n  - {what: w, trace: volum, at_least: 0, source: s, why: y}\n");
    write(folder.file("b.yaml"), "title: t\nabout: a\nneeds: no-such-folder\nproblem: swelling\nexpect:\n  - {what: w, trace: volume, at_least: 0, source: s, why: y}\n");
    const std::vector<io::VerificationCase> cases = io::read_cases(folder.file(""));
    const io::Verification all = io::run_cases({&cases[0], &cases[1]}, 1, [](const io::CaseResult&) {});
    CHECK(all.results[0].verdict == Verdict::fail);
    CHECK(contains(all.results[0].rows[0].note, "volume"));
    CHECK(all.results[1].verdict == Verdict::skipped);
    CHECK(io::closing_line(all).starts_with("0 passed, 1 failed, 1 skipped"));
    for (const std::string& text : {io::verification_json(all), io::verification_csv(all), io::verification_page(all)})
        CHECK(contains(text, "FAIL"));
}

TEST_SUITE_END();
