#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <stdexcept>

#include "io/data_tables.hpp"
#include "io/diagnostics.hpp"
#include "io/result_file.hpp"
#include "io/validation/annulus_modulus.hpp"
#include "io/validation/measures.hpp"
#include "io/validation/nucleus_tissue.hpp"
#include "io/validation/validation_page.hpp"
#include "io/validation/validation_plot.hpp"
#include "io/validation/validation_report.hpp"
#include "models/imported_tissues.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen;
using doctest::Approx;
using io::Level;
using io::Met;
using io::TestRecord;

namespace {

const std::string root = FORAMEN_SOURCE_DIR;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// One disc L4-L5 over ten seconds: 100 N/s of compression; 0.5 mm of shortening a 100 N up to 500 N, 0.25 mm above; pressure 0.1
/// MPa and 1 kPa a newton; the level turns by 2 deg a second.
TestRecord pressed() {
    TestRecord r({{"axial_load", "N", "", "", "", {}},
                  {"axial_displacement", "mm", "", "", "", {}},
                  {"follower_load", "N", "", "", "", {}},
                  {"idp", "MPa", "", "", "disc", {"L3-L4", "L4-L5"}},
                  {"level_flexion", "degree", "", "", "disc", {"L3-L4", "L4-L5"}}});
    for (int i = 0; i <= 10; ++i) {
        const double t = i, force = 100.0 * t, shorter = std::min(t, 5.0) * 0.5 + std::max(t - 5.0, 0.0) * 0.25;
        r.append(t, {-force, -shorter, 0.0, 9.0, 0.1 + 1e-3 * force, t, 2.0 * t});
    }
    r.section[3] = 1200.0;
    return r;
}

/// Creep with a time constant of 10 s to 2 mm, half of it at once, from 1 s on; recovery with 30 s from 200 s on, at once again
/// by 1 mm.
TestRecord crept() {
    TestRecord r({{"axial_displacement", "mm", "", "", "", {}}});
    r.append(0.0, {0.0});
    for (int i = 0; i <= 1990; ++i) r.append(1.0 + 0.1 * i, {-1.0 - (1.0 - std::exp(-0.01 * i))});
    for (int i = 1; i <= 4000; ++i) r.append(200.0 + 0.1 * i, {-std::exp(-(i - 1) / 300.0)});
    return r;
}

template <class Measure>
double value(const Measure& m, const TestRecord& record) {
    static const models::AnatomyTables no_tables{};
    return measured(m, io::Records{[&](const std::string&) -> const TestRecord& { return record; }, no_tables}).value;
}

/// What the reader says of a published test, or "" where it says nothing.
std::string complaint(const std::string& text) {
    const testing::TemporaryFolder folder;
    std::ofstream(folder.file("t.yaml")) << text;
    try {
        (void)io::read_published_test(folder.file("t.yaml"), io::Use::validation, root + "/scenarios/battery");
    } catch (const io::ScenarioError& e) {
        return e.what();
    }
    return "";
}

std::string published(const std::string& target) {
    return "title: t\nabout: a\nsource: s\nstatus: FOUND\ntargets:\n  - {what: w, unit: deg, " + target +
           ", measure: change, input: {scenario: rom-10, series: lordosis, at: 1 s}}\n";
}

io::Target target_of(double median, std::optional<double> deviation, std::optional<double> largest) {
    io::Target t;
    t.what = "turn <of> it";
    t.unit = "deg";
    t.median = median;
    t.deviation = deviation;
    t.largest_deviation = largest;
    return t;
}

}  // namespace

TEST_SUITE_BEGIN("unit/io");

TEST_CASE("a target is met within its spread, missed beyond its widest, unclear between") {
    const io::Target::Band band = target_of(10.0, 1.0, 3.0).band();
    CHECK(io::verdict(band, 9.0) == Met::in);
    CHECK(io::verdict(band, 11.01) == Met::unclear);
    CHECK(io::verdict(band, 6.99) == Met::missed);
    CHECK(io::verdict(band, std::nan("")) == Met::missed);
    io::Target chosen = target_of(10.0, {}, {});
    chosen.tolerance = 0.2;
    CHECK(io::verdict(chosen.band(), 12.01) == Met::missed);
    CHECK(io::verdict(chosen.band(), 8.01) == Met::in);
}

TEST_CASE("the measures of a record whose answers are known") {
    const TestRecord r = pressed();
    CHECK(value(io::SeriesChange{"s", "level_flexion", {Level::L3_L4, Level::L4_L5}, 3.5, 1.0, 2.0}, r) ==
          Approx(2.0 * 3.0 * 2.5));
    CHECK(value(io::SeriesChange{"s", "axial_load", {}, 2.0, {}, -1.0}, r) == Approx(200.0));
    CHECK(value(io::SeriesLoss{"s", "level_flexion", Level::L4_L5, 10.0, 8.0}, r) == Approx(20.0));
    CHECK(value(io::ShareOfChange{"s", "level_flexion", Level::L4_L5, 2.0, 4.0, 10.0}, r) == Approx(25.0));
    CHECK(value(io::CompressiveStiffness{"s", 0.0, 10.0, 0.0, 500.0}, r) == Approx(200.0));
    CHECK(value(io::CompressiveStiffness{"s", 0.0, 10.0, 500.0, 1000.0}, r) == Approx(400.0));
    CHECK(value(io::PressureOverCompression{"s", Level::L4_L5, 4.0, {}}, r) == Approx(0.5 * 1200.0 / 400.0));
    CHECK(value(io::PressureOverCompression{"s", Level::L4_L5, 10.0, 0.0}, r) == Approx(1200.0 * (0.1 * 1e6 / 2.0 + 1e-3 * 1e9 / 3.0) / (1e9 / 3.0)));
    CHECK(value(io::PressureOverCompression{"s", Level::L4_L5, 5.0, 2.0}, r) ==
          Approx(1200.0 * (0.1 * (25e4 - 4e4) / 2.0 + 1e-3 * (125e6 - 8e6) / 3.0) / ((125e6 - 8e6) / 3.0)));
    const TestRecord c = crept();
    CHECK(value(io::CreepShare{"s", 0.0, 1.0, 200.0}, c) == Approx(50.0).epsilon(1e-6));
    CHECK(value(io::RecoverySlowness{"s", 1.0, 200.0, 200.1, 600.1}, c) == Approx(3.0).epsilon(1e-3));
}

TEST_CASE("stiffening is the mean of six ratios") {
    TestRecord loaded, unloaded;
    unloaded.end_stiffness = engine::Matrix6(engine::Matrix6::Identity() * 2.0);
    loaded.end_stiffness = engine::Matrix6(engine::Matrix6::Identity() * 2.0);
    (*loaded.end_stiffness)(4, 4) = 8.0;
    const models::AnatomyTables no_tables{};
    const auto record = [&](const std::string& s) -> const TestRecord& { return s == "loaded" ? loaded : unloaded; };
    const io::Measured m = measured(io::Stiffening{"loaded", "unloaded"}, io::Records{record, no_tables});
    CHECK(m.value == Approx((5.0 + 4.0) / 6.0));
}

TEST_CASE("a strip and a sample are cut from the tissue of the spine that they stand beside") {
    models::AnatomyTables tables = io::read_anatomy_tables(root + "/data");
    const auto none = [](const std::string&) -> const TestRecord& { throw std::runtime_error("no scenario is needed"); };
    const io::AnnulusModulus strip{.least = 0.04, .largest = 0.06};
    const io::NucleusAggregateModulus sample{.strain = 0.05};
    const double stiff = measured(strip, {none, tables}).value, full = measured(sample, {none, tables}).value;
    // a strip resists as its ground substance does (the fibres turn): one from beside the nucleus as that which is there
    const io::AnnulusModulus inner{.depth = 1.0, .least = 0.04, .largest = 0.06};
    const double stiff_inside = measured(inner, {none, tables}).value;
    models::AnatomyTables softer_inside = tables;
    models::scale_tissues(softer_inside, {.annulus_shear_inner = 0.5});
    CHECK(measured(inner, {none, softer_inside}).value < 0.9 * stiff_inside);
    CHECK(measured(strip, {none, softer_inside}).value == stiff);
    models::scale_tissues(tables, {.annulus_shear = 0.5});
    CHECK(measured(strip, {none, tables}).value < 0.9 * stiff);
    CHECK(measured(sample, {none, tables}).value == full);
    models::scale_tissues(tables, {.nucleus_moduli = 0.5});
    // lambda + 2 mu is 0.70 of 1.04 MPa, the rest is swelling
    CHECK(measured(sample, {none, tables}).value == Approx(full - 0.5 * 0.696).epsilon(0.02));
}

TEST_CASE("a measure says what a record has not") {
    const TestRecord r = pressed();
    CHECK_THROWS_WITH(value(io::SeriesChange{"s", "idq", {}, 1.0, {}, 1.0}, r), "the test has no series \"idq\"");
    CHECK_THROWS_WITH(value(io::SeriesChange{"s", "idp", {}, 1.0, {}, 1.0}, r), "idp has a value for each disc: say which");
    CHECK_THROWS_WITH(value(io::SeriesChange{"s", "idp", {Level::L1_L2}, 1.0, {}, 1.0}, r), "idp has no value for \"L1-L2\"");
    CHECK_THROWS_WITH(value(io::PressureOverCompression{"s", Level::L4_L5, 0.0, {}}, r), "there is no compression at 0 s");
    CHECK_THROWS_WITH(value(io::PressureOverCompression{"s", Level::L4_L5, 4.0, 4.0}, r), "the compression does not grow between 4 s and 4 s");
    CHECK_THROWS_WITH(value(io::CompressiveStiffness{"s", 0.0, 4.0, 0.0, 500.0}, r),
                      "the compression does not pass 500 N between 0 s and 4 s");
}

TEST_CASE("every published test of the tree can be read, and its units are those of its measures' series") {
    const auto all = io::read_published_tests(root + "/data", root + "/scenarios/battery");
    std::size_t targets = 0, calibration = 0;
    for (const io::PublishedTest& test : all) {
        targets += test.targets.size();
        calibration += test.use == io::Use::calibration ? 1 : 0;
    }
    CHECK(targets >= 53);
    CHECK(calibration >= 7);
    CHECK(all.size() > calibration);
}

TEST_CASE("a published test with mistakes is refused with all of them") {
    CHECK(complaint(published("median: 3, deviation: 1")).empty());
    const std::string said = complaint(
        "title: t\nabout: a\nsource: s\nstatus: HEARD\ntargets:\n"
        "  - {what: w, unit: deg, median: 3, measure: chance, input: {}}\n"
        "  - {what: w, unit: deg, median: 3, deviation: 1, measure: change, input: {scenario: rom-11, series: idp, at: 1}}\n");
    CHECK(contains(said, "t.yaml:4:9: error: status: expected one of FOUND, COMPUTED, RECALLED, PROPOSED"));
    CHECK(contains(said, "targets[1].measure"));
    CHECK(contains(said, "did you mean \"change\"?"));
    CHECK(contains(said, "targets[2].input.at"));
    CHECK(contains(complaint(published("median: 3")), "expected exactly one of low and high, deviation, tolerance"));
    CHECK(contains(complaint(published("median: 3, low: 1")), "low and high belong together"));
    CHECK(contains(complaint(published("median: 3, low: 4, high: 5")), "expected low <= median <= high"));
    CHECK(contains(complaint(published("deviation: 1")), "deviation and tolerance need a median"));
    CHECK(contains(complaint(published("median: 3, deviation: 2, largest_deviation: 1")),
                   "largest_deviation needs a deviation, and is not below it"));
    const std::string elsewhere =
        "title: t\nabout: a\nsource: s\nstatus: FOUND\ntargets:\n"
        "  - {what: w, unit: deg, median: 3, deviation: 1, measure: change, input: {scenario: rom-11, series: idp, at: 1 s}}\n";
    CHECK(contains(complaint(elsewhere), "targets[1].input: there is no scenario \"rom-11\""));
}

TEST_CASE("tables, page and picture show a miss as missed, and what was not computed with its reason") {
    const io::Target met = target_of(10.0, 1.0, {}), missed = target_of(10.0, 1.0, {}), failed = target_of(10.0, 1.0, 3.0);
    io::PublishedTest test;
    test.name = "turns";
    test.title = "Turns";
    test.source = "Somebody, and others (1999)";
    test.status = io::Status::found;
    const io::Validation all{{""},
                             {{&test,
                               {{&met, {{10.5, Met::in, ""}}},
                                {&missed, {{30.0, Met::missed, ""}}},
                                {&failed, {{0.0, Met::not_computed, "it stopped"}}}}}}};
    CHECK(io::validation_closing_line(all) == "3 targets: 1 in, 0 unclear, 1 missed, 1 not computed\n");
    CHECK(contains(io::validation_table(all), "it stopped"));
    CHECK(contains(io::validation_csv(all),
                   "turns,turn <of> it,deg,10,9,11,9,11,,30,missed,validation,FOUND,\"Somebody, and others (1999)\",\n"));
    CHECK(contains(io::validation_json(all), "\"ours\": null"));
    const std::string page = io::validation_sections(all);
    CHECK(contains(page, "| turn <of> it | deg | 10 +- 1 | 30 | **missed** |"));
    CHECK(contains(page, "| turn <of> it | deg | 10 +- 1 to 3 | - | not computed |"));
    CHECK(contains(page, "Not computed, turn <of> it: it stopped."));
    const std::string picture = io::validation_plot(all);
    CHECK(contains(picture, "turn &lt;of&gt; it"));
    CHECK(contains(picture, ">missed</text>"));
    CHECK(picture.ends_with("</svg>\n"));
}

TEST_CASE("only what stands between the marks of a page is replaced") {
    const std::string marks = std::string(io::page_begin) + "\nold\n" + io::page_end;
    CHECK(io::with_sections("before\n" + marks + "\nafter\n", "new\n", "p.md") ==
          "before\n" + std::string(io::page_begin) + "\nnew\n" + io::page_end + "\nafter\n");
    CHECK_THROWS_AS((void)io::with_sections("no marks", "new\n", "p.md"), io::FileError);
}

TEST_SUITE_END();
