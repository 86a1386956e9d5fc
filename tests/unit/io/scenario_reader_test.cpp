#include "io/scenario_reader.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "engine/core/units.hpp"
#include "io/result_file.hpp"
#include "tests/support/close.hpp"

using namespace foramen;
using namespace foramen::io;
namespace fs = std::filesystem;

namespace {
const ReadOptions with_library{{fs::path(FORAMEN_SOURCE_DIR) / "scenarios/library"}};

LoadedScenario read(const std::string& text) { return read_scenario_text(text, "test.yaml", with_library); }

const std::string head = "foramen: 1\nname: test\npatient: {contraindications: none}\n";
}  // namespace

TEST_SUITE("unit/io") {
    TEST_CASE("the example of the manual is read into internal units") {
        const auto loaded = read(R"(foramen: 1
name: Clinic table, supine, 45 % body weight, 60/20
patient:
  sex: female
  age: 46 yr
  stature: 168 cm
  body_mass: 70 kg
  discs: {L4-L5: {grade: III, endplates: sclerosed, height: 0.9 cm}}
  muscles: {tone: low_back_pain}
  contraindications: none
posture: {position: supine, hip_flexion: 60 deg}
table: {surface: split}
session:
  - rest: 5 min
  - traction:
      mode: intermittent
      hold: {force: 45 %BW, time: 60 s}
      rest: {force: 20 %BW, time: 20 s}
      ramp: {up: 15 N/s, down: 10 s, shape: linear}
      pretension: 15 N
      angle: 18 deg
      duration: 25 min
  - rest: 10 min
model: {resolution: reference, vertebrae: rigid}
output: {fields: every 10 s}
)");
        const scenarios::Scenario& s = loaded.scenario;
        CHECK(s.patient.stature == 1680.0);
        CHECK(s.patient.discs[3].grade == 3);
        CHECK(s.patient.discs[3].height == 9.0);
        CHECK(s.patient.discs[3].endplates == scenarios::Endplates::sclerosed);
        CHECK(s.patient.discs[0].grade == 1);
        CHECK_CLOSE(*s.posture.hip_flexion, 60.0_deg, 1e-15);
        REQUIRE(s.session.size() == 3);
        const scenarios::Traction& t = s.session[1].traction;
        CHECK_CLOSE(*t.hold.force, 0.45 * 70.0 * standard_gravity, 1e-14);
        CHECK_CLOSE(t.rest.force, 0.20 * 70.0 * standard_gravity, 1e-14);
        CHECK(t.ramp.down == engine::Measure{10.0, engine::Dimension::time});
        CHECK(t.duration == 1500.0);
        CHECK_FALSE(t.cycles);
        CHECK(s.session[2].time == 600.0);
        CHECK(loaded.warnings.empty());
        CHECK(loaded.origins.at("session[2].traction.hold.force").text == "45 %BW");
        CHECK(loaded.origins.at("session[2].traction.hold.force").line == 17);
        CHECK_FALSE(loaded.origins.contains("harness.stiffness"));
    }

    TEST_CASE("%BW follows the patient's mass even when the patient stands below the session") {
        const auto loaded = read(
            "foramen: 1\nname: test\nsession:\n  - traction: {mode: static, hold: {force: 50 %BW}, duration: 5 min}\n"
            "patient: {body_mass: 100 kg, contraindications: none}\n");
        CHECK_CLOSE(*loaded.scenario.session[0].traction.hold.force, 490.3325, 1e-14);
    }

    TEST_CASE("extends merges maps, replaces lists, takes away what is null, and scales with the new patient") {
        const auto loaded = read(
            "extends: default\npatient: {body_mass: 90 kg}\nposture: {hip_flexion: ~}\n"
            "session:\n  - traction: {extends: intermittent-60-20, duration: ~, cycles: 3}\n");
        const scenarios::Scenario& s = loaded.scenario;
        CHECK(s.name == "Clinic table, supine, 45 % body weight, 60/20");
        CHECK(s.patient.body_mass == 90.0);
        CHECK(s.patient.stature == 1680.0);
        CHECK_FALSE(s.posture.hip_flexion);
        REQUIRE(s.session.size() == 1);
        CHECK(s.session[0].traction.cycles == 3);
        CHECK_FALSE(s.session[0].traction.duration);
        CHECK_CLOSE(*s.session[0].traction.hold.force, 0.45 * 90.0 * standard_gravity, 1e-14);
        CHECK(loaded.sources.size() == 6);
        CHECK(loaded.sources[0].name == "test.yaml");
    }

    TEST_CASE("byte order mark, carriage returns, anchors and aliases are fine") {
        std::string text = "\xEF\xBB\xBF" + head +
                           "session:\n  - traction: &t {mode: static, hold: {force: 300 N}, duration: 5 min}\n  - traction: *t\n";
        for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) text.insert(at, "\r");
        const auto loaded = read(text);
        REQUIRE(loaded.scenario.session.size() == 2);
        CHECK(loaded.scenario.session[0] == loaded.scenario.session[1]);
        CHECK(loaded.given == text);
    }

    TEST_CASE("a ramp longer than the hold is read with a warning") {
        const auto loaded =
            read(head + "session:\n  - traction: {mode: intermittent, hold: {force: 300 N, time: 5 s}, duration: 5 min}\n");
        REQUIRE(loaded.warnings.size() == 1);
        CHECK(loaded.warnings[0].field == "session[1].traction.ramp.up");
        CHECK(to_text(loaded.warnings[0]).starts_with("test.yaml:5:5: warning: "));
    }

    TEST_CASE("a research study overrides contraindications, and the assumptions hold it") {
        const auto loaded = read(
            "foramen: 1\nname: test\npurpose: research\npatient: {contraindications: [fracture, pregnancy]}\nsession: [{rest: 5 "
            "min}]\n");
        REQUIRE(loaded.assumptions.size() >= 2);
        CHECK(loaded.assumptions[0] == "patient.contraindications: fracture was overridden by purpose: research");
        CHECK(loaded.assumptions[1] == "patient.contraindications: pregnancy was overridden by purpose: research");
    }

    TEST_CASE("a measured pull is read from a CSV beside the scenario, its units and columns as the header says") {
        const fs::path folder = fs::path(FORAMEN_BINARY_DIR) / "scenario_reader_test";
        fs::create_directories(folder);
        std::ofstream(folder / "pull.csv")
            << "# bench record\nforce [kN],angle,time [min]\n0,7,1.0\n0.3,7,1.5\n0.3,8,2.5\n0,7,3.0\n";
        std::ofstream(folder / "record.yaml")
            << head << "session:\n  - traction: {mode: measured, measured: {file: pull.csv}, angle: 10 deg}\n";
        const auto loaded = read_scenario(folder / "record.yaml", with_library);
        const auto& points = loaded.scenario.session[0].traction.measured.points;
        CHECK(points.x == std::vector<double>{0.0, 30.0, 90.0, 120.0});
        CHECK(points.y == std::vector<double>{0.0, 300.0, 300.0, 0.0});
        CHECK(loaded.sources.size() == 2);
        const auto again = read_scenario_text(loaded.resolved, "elsewhere.yaml", {});
        CHECK(again.scenario == loaded.scenario);
        fs::remove_all(folder);
    }

    TEST_CASE("a missing file is a file error that names it; a bare name is looked for in the library") {
        CHECK_THROWS_WITH_AS((void)read_scenario("nosuch.yaml", with_library), "nosuch.yaml: cannot be read: no such file",
                             FileError);
        CHECK_THROWS_AS((void)read_scenario(FORAMEN_SOURCE_DIR, with_library), FileError);
        CHECK(read_scenario("quick", with_library).scenario.name == "Two cycles, coarse");
    }

    TEST_CASE("the library is found at or above a folder") {
        const auto found = find_library(fs::path(FORAMEN_SOURCE_DIR) / "tests/unit/io");
        REQUIRE(found.size() == 1);
        CHECK(fs::equivalent(found[0], fs::path(FORAMEN_SOURCE_DIR) / "scenarios/library"));
    }
}
