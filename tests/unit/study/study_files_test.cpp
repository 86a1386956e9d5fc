// Study files, logs of runs, documents.

#include <doctest/doctest.h>

#include <fstream>
#include <limits>

#include "io/data_folder.hpp"
#include "io/study/document.hpp"
#include "io/study/limit_files.hpp"
#include "io/study/run_key.hpp"
#include "io/study/run_store.hpp"
#include "io/study/study_plan.hpp"
#include "io/study/study_templates.hpp"
#include "tests/support/close.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen;
using namespace foramen::io;
using foramen::testing::TemporaryFolder;

namespace {

const ReadOptions library{{FORAMEN_SOURCE_DIR "/scenarios/library"}};

LoadedStudy read(const TemporaryFolder& folder, const std::string& text) {
    std::ofstream(folder.file("study.yaml")) << text;
    return read_study(folder.file("study.yaml"), library);
}

std::string complaints(const std::string& text) {
    const TemporaryFolder folder;
    try {
        (void)read(folder, text);
    } catch (const ScenarioError& e) {
        std::string said;
        for (const Diagnostic& d : e.diagnostics()) said += d.field + ": " + d.reason + "\n";
        return said;
    }
    return "no error\n";
}

const std::string head = "study: 1\nname: a\nbase: quick\noutputs: [{name: p, series: idp, label: L4-L5}]\n";

}  // namespace

TEST_SUITE("unit/study") {
    TEST_CASE("templates and the studies of the tree are read without an error") {
        const TemporaryFolder folder;
        for (const std::string& kind : study_template_kinds()) CHECK(read(folder, study_template(kind)).study.vary.size() == 4);
        int seen = 0;
        for (const auto& file : std::filesystem::directory_iterator(FORAMEN_SOURCE_DIR "/scenarios/studies")) {
            const std::string name = file.path().filename().string();
            if (name.starts_with("short-") || name.starts_with("base-")) continue;  // what a study varies
            CAPTURE(file.path().string());
            CHECK_NOTHROW((void)read_study(file.path(), library));
            ++seen;
        }
        CHECK(seen >= 4);
    }

    TEST_CASE("everything wrong with a study is said at once") {
        CHECK(complaints(head + "design: {kind: population}\nvary: [{field: patient.statur, low: 1, high: 2}, {field: patient.sex}, {field: patient.age, low: 60 yr, high: 20 yr}]\n") ==
              "design.size: is missing\nvary[1].field: the base scenario does not use a field \"patient.statur\"\nvary[2]: a field of words needs values\nvary[3]: low is not below high\n");
        CHECK(complaints(head + "design: {kind: sobol_indices, size: 4}\nvary: [{field: patient.age, low: 20 yr, high: 60 yr}]\ncorrelations: [{first: patient.age, second: patient.age, coefficient: 0.1}]\n") ==
              "correlations: this design needs independent inputs\n");
        CHECK(complaints("study: 1\nname: a\nbase: quick\ndesign: {kind: population, size: 4}\nvary: [{field: patient.age, low: 20 yr, high: 60 yr}]\n"
                         "outputs: [{name: p, series: idpp}, {name: q, series: idp, label: L6}]\nresponder: [{output: r}]\n")
                  .find("responder[1].output: there is no output \"r\"") != std::string::npos);
        CHECK(complaints("study: 1\nname: a\nbase: nosuch\ndesign: {kind: population, size: 4}\nvary: []\n").starts_with("base: nosuch: cannot be read"));
        CHECK(complaints(head + "design: {kind: population, size: 4}\nvary: [{field: patient.stature, low: 160, high: 180 cm}]\n").find("expected a length") != std::string::npos);
    }

    TEST_CASE("a force in parts of the body weight goes with the patient's weight, unless it varies itself") {
        const TemporaryFolder folder;
        const LoadedStudy loaded = read(folder, head + "design: {kind: list}\nvary: [{field: patient.body_mass, values: [50 kg, 100 kg]}]\n");
        const StudyPlan plan = plan_study(loaded);
        CHECK_CLOSE(*scenario_of(loaded, plan.design.values.row(1)).session[1].traction.hold.force, 0.45 * 100.0 * 9.80665, 1e-12);
        const LoadedStudy fixed = read(folder, head + "design: {kind: grid}\nvary: [{field: patient.body_mass, values: [50 kg, 100 kg]}, {field: \"session[2].traction.hold.force\", values: [200 N, 300 N]}]\n");
        CHECK(plan_study(fixed).size() == 4);
        CHECK(*scenario_of(fixed, plan_study(fixed).design.values.row(3)).session[1].traction.hold.force == 300.0);
    }

    TEST_CASE("runs are named by what they compute: equal rows once, other values, outputs and names as they should") {
        const TemporaryFolder folder;
        const std::string design = "design: {kind: list}\nvary: [{field: patient.body_mass, values: [70 kg, 80 kg]}, {field: patient.stature, values: [168 cm, 170 cm]}]\n";
        const StudyPlan plan = plan_study(read(folder, head + design));
        CHECK(plan.size() == 4);
        CHECK(plan.distinct() == 3);
        CHECK(plan.keys[0] == plan.keys[2]);
        const StudyPlan renamed = plan_study(read(folder, "study: 1\nname: b\nbase: quick\noutputs: [{name: q, series: idp, label: L4-L5}]\n" + design));
        CHECK(renamed.keys == plan.keys);
        CHECK(plan_study(read(folder, "study: 1\nname: a\nbase: quick\noutputs: [{name: p, series: idp, label: L3-L4}]\n" + design)).keys[0] != plan.keys[0]);
    }

    TEST_CASE("a smaller study is the beginning of a larger one") {
        const TemporaryFolder folder;
        for (const std::string kind : {"population", "sobol_sequence", "sobol_indices"}) {
            CAPTURE(kind);
            const auto keys = [&](int size) {
                return plan_study(read(folder, head + "design: {kind: " + kind + ", size: " + std::to_string(size) + "}\nvary: [{field: patient.age, low: 20 yr, high: 60 yr}]\n")).keys;
            };
            const std::vector<std::string> few = keys(5), many = keys(9);
            CHECK(std::equal(few.begin(), few.end(), many.begin()));
        }
    }

    TEST_CASE("a record reads back to the same bits; a torn or changed line is none") {
        const RunRecord record{"0123", RunState::done, 1.5, {0.1, -1e-300, 1.0 / 3.0}, "L4-L5;"};
        const std::string line = record_line(record);
        const auto back = parse_record(std::string_view(line).substr(0, line.size() - 1));
        REQUIRE(back.has_value());
        CHECK(back->values == record.values);
        CHECK(back->text == record.text);
        CHECK_FALSE(parse_record(std::string_view(line).substr(0, line.size() - 2)).has_value());
        std::string changed = line.substr(0, line.size() - 1);
        changed[20] = changed[20] == '1' ? '2' : '1';
        CHECK_FALSE(parse_record(changed).has_value());
    }

    TEST_CASE("a store takes whole lines of all logs, once each, and says what is torn and what contradicts") {
        const TemporaryFolder folder;
        {
            RunStore store(folder.file("logs"));
            store.append({"a", RunState::done, 1.0, {1.0}, ""});
            store.append({"b", RunState::failed, 1.0, {}, "why"});
        }
        std::ofstream(folder.file("logs/z.log")) << record_line({"a", RunState::done, 9.0, {1.0}, ""}) << record_line({"c", RunState::done, 1.0, {3.0}, ""})
                                                 << record_line({"d", RunState::done, 1.0, {4.0}, ""}).substr(0, 18);
        RunStore again(folder.file("logs"));
        CHECK(again.find("a")->values == std::vector<double>{1.0});
        CHECK(again.find("b")->text == "why");
        CHECK(again.find("c") != nullptr);
        CHECK(again.find("d") == nullptr);
        CHECK(again.damaged() == 1);
        CHECK(again.conflicts().empty());
        std::ofstream(folder.file("logs/y.log")) << record_line({"c", RunState::done, 1.0, {5.0}, ""});
        CHECK(RunStore(folder.file("logs")).conflicts() == std::vector<std::string>{"c"});
        again.forget(RunState::failed);
        CHECK(again.find("b") == nullptr);
    }

    TEST_CASE("limits of the tree are read, each with a source, and their strengths belong to the patient") {
        const std::vector<scenarios::Limit> limits = read_limits(data_folder());
        CHECK(limits.size() >= 8);
        for (const scenarios::Limit& limit : limits) {
            CAPTURE(limit.name);
            CHECK_FALSE(limit.source.empty());
            const double any = std::numeric_limits<double>::quiet_NaN();
            CHECK(scenarios::strength_of(limit, 1, 3, any) == scenarios::strength_of(limit, 1, 3, any));
            CHECK(scenarios::strength_of(limit, 1, 3, any) != scenarios::strength_of(limit, 1, 4, any));
            // cut off at the median: the order of people stays, nobody is on the wrong side of his rest
            const double median = limit.strength.quantile(0.5), weak = scenarios::strength_of(limit, 1, 3, median);
            CHECK((limit.side == scenarios::LimitSide::above ? weak >= median : weak <= median));
        }
    }

    TEST_CASE("a strength beyond rest: what is left of a uniform law is uniform, on both sides") {
        const double none = std::numeric_limits<double>::quiet_NaN();
        scenarios::Limit limit;
        limit.name = "made up";
        limit.strength = {.law = scenarios::Law::uniform, .low = 1.0, .high = 2.0};
        const double drawn = scenarios::strength_of(limit, 1, 3, none);  // 1 + u
        CHECK_CLOSE(scenarios::strength_of(limit, 1, 3, 1.5), 1.5 + 0.5 * (drawn - 1.0), 1e-9);
        CHECK_CLOSE(scenarios::strength_of(limit, 1, 3, 0.3), drawn, 1e-9);  // rests below all of the law
        CHECK_CLOSE(scenarios::strength_of(limit, 1, 3, 2.4), 2.0, 1e-9);    // beyond all of it: its end
        limit.side = scenarios::LimitSide::below;
        limit.strength = {.law = scenarios::Law::uniform, .low = -2.0, .high = -1.0};
        CHECK_CLOSE(scenarios::strength_of(limit, 1, 3, -1.5), -2.0 + 0.5 * (drawn - 1.0), 1e-9);
    }

    TEST_CASE("a document is the same bytes each time, escapes what it must, and is a PDF") {
        Document d{.title = "a < b & c"};
        d.paragraph("x");
        d.table({{"h"}, {{"1"}, {"\xC2\xB5"}}});
        d.drawing("f", {100.0, 50.0, {Figure::Line{0, 0, 1, 1, "#000000"}, Figure::Words{1, 1, Figure::Anchor::end, "<"}}});
        CHECK(html_text(d) == html_text(d));
        CHECK(html_text(d).find("a &lt; b &amp; c") != std::string::npos);
        const std::string pdf = pdf_text(d);
        CHECK(pdf.starts_with("%PDF-"));
        CHECK(pdf == pdf_text(d));
    }
}
