#include "scenarios/rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "scenarios/assumptions.hpp"
#include "tests/support/scenarios.hpp"

using namespace foramen;
using namespace foramen::scenarios;
using foramen::testing::scenario_with;
using foramen::testing::traction_of;

namespace {
bool has_problem(const Scenario& s, const std::string& path, bool warning = false) {
    const auto found = problems(s);
    return std::any_of(found.begin(), found.end(), [&](const Problem& p) { return p.path == path && p.warning == warning; });
}

bool has_assumption(const Scenario& s, const std::string& start) {
    const auto all = assumptions(s);
    return std::any_of(all.begin(), all.end(), [&](const std::string& a) { return a.starts_with(start); });
}
}  // namespace

TEST_SUITE("unit/scenarios") {
    TEST_CASE("a default patient with one pull has no problem") {
        CHECK(problems(scenario_with(traction_of(TractionMode::intermittent))).empty());
    }

    TEST_CASE("a lordosis is not asked of a spine that has its own") {
        Scenario s = scenario_with(traction_of(TractionMode::intermittent));
        s.patient.lordosis = 0.8;
        CHECK_FALSE(has_problem(s, "patient.lordosis"));
        s.anatomy = "somebody";
        CHECK(has_problem(s, "patient.lordosis"));
    }

    TEST_CASE("the bone of somebody's own spine does not deform") {
        Scenario s = scenario_with(traction_of(TractionMode::intermittent));
        s.model.vertebrae = Vertebrae::deformable;
        CHECK_FALSE(has_problem(s, "model.vertebrae"));
        s.anatomy = "somebody";
        CHECK(has_problem(s, "model.vertebrae"));
        s.model.vertebrae = Vertebrae::rigid;
        CHECK_FALSE(has_problem(s, "model.vertebrae"));
    }

    TEST_CASE("ranges belong to the value: a struct filled by hand is checked like a file") {
        Scenario s = scenario_with(traction_of(TractionMode::intermittent));
        s.patient.age = 12.0;
        s.patient.discs[3].height = 0.1;
        s.output.precision = 2;
        s.session[1].traction.ramp.up.value = -1.0;
        CHECK(has_problem(s, "patient.age"));
        CHECK(has_problem(s, "patient.discs.L4-L5.height"));
        CHECK(has_problem(s, "output.precision"));
        CHECK(has_problem(s, "session[2].traction.ramp.up"));
    }

    TEST_CASE("a scenario without an activity or an answer about contraindications cannot pass") {
        Scenario s;
        CHECK(has_problem(s, "session"));
        CHECK(has_problem(s, "patient.contraindications"));
    }

    TEST_CASE("research overrides a contraindication, and the assumptions say so") {
        Scenario s = scenario_with(traction_of(TractionMode::intermittent));
        s.patient.contraindications = {Contraindication::fracture};
        CHECK(has_problem(s, "patient.contraindications"));
        s.purpose = Purpose::research;
        CHECK(problems(s).empty());
        CHECK(has_assumption(s, "patient.contraindications: fracture was overridden"));
    }

    TEST_CASE("every contraindication but none is refused for therapy") {
        for (std::size_t i = 1; i < contraindication_words.size(); ++i) {
            CAPTURE(contraindication_words[i]);
            Scenario s = scenario_with(traction_of(TractionMode::intermittent));
            s.patient.contraindications = {static_cast<Contraindication>(i)};
            CHECK(has_problem(s, "patient.contraindications"));
        }
    }

    TEST_CASE("a ramp longer than the hold is a warning, not an error") {
        Traction t = traction_of(TractionMode::intermittent);
        t.hold.time = 5.0;
        CHECK(has_problem(scenario_with(t), "session[2].traction.ramp.up", true));
    }

    TEST_CASE("a manual pull's spread counts against the device's ceiling") {
        Scenario s = scenario_with(traction_of(TractionMode::manual));
        s.device.max_force = 320.0;
        CHECK(has_problem(s, "session[2].traction.hold.force"));
    }

    TEST_CASE("assumed values are listed while they have their default") {
        Scenario s = scenario_with(traction_of(TractionMode::intermittent));
        CHECK(has_assumption(s, "harness.stiffness = 20 N/mm"));
        CHECK(has_assumption(s, "patient.muscles.soreness_threshold = 5 %"));
        CHECK_FALSE(has_assumption(s, "patient.muscles.tone"));
        s.harness.stiffness = 25.0;
        CHECK_FALSE(has_assumption(s, "harness.stiffness"));
        s.patient.muscles.tone = Tone::guarding;
        CHECK(has_assumption(s, "patient.muscles.tone = guarding (10 % to 4 %)"));
        s.session[1].traction.ramp.shape = RampShape::logarithmic;
        CHECK(has_assumption(s, "session[2].traction.ramp.shape = logarithmic"));
    }

    TEST_CASE("the tones have the levels and the time constant of the parameter notes") {
        const ToneCourse expected[] = {{0.01, 0.002, 120.0}, {0.04, 0.01, 120.0}, {0.10, 0.04, 120.0}, {0.20, 0.10, 120.0}};
        for (int tone = 0; tone < 4; ++tone) {
            Muscles muscles;
            muscles.tone = static_cast<Tone>(tone);
            const ToneCourse course = tone_course(muscles);
            CHECK(course.initial == expected[tone].initial);
            CHECK(course.final == expected[tone].final);
            CHECK(course.relaxation_time == expected[tone].relaxation_time);
            CHECK(stretch_reflex(muscles).active() == (tone >= 2));
        }
    }

    TEST_CASE("tone, friction and hip flexion resolve to overrides, else to their choice") {
        CHECK(
            tone_course({.tone = Tone::low_back_pain, .initial_activation = {}, .final_activation = {}, .relaxation_time = 60.0, .reflex = {}})
                .initial == 0.04);
        CHECK(
            tone_course({.tone = Tone::low_back_pain, .initial_activation = {}, .final_activation = {}, .relaxation_time = 60.0, .reflex = {}})
                .relaxation_time == 60.0);
        Muscles own;
        own.tone = Tone::guarding;
        own.reflex.length_gain = 0.0;
        own.reflex.delay = 0.1;
        CHECK(stretch_reflex(own).length_gain == 0.0);
        CHECK(stretch_reflex(own).rate_gain == 0.05);
        CHECK(stretch_reflex(own).delay == 0.1);
        CHECK(table_friction({.surface = Surface::split, .friction_lower = {}, .friction_upper = {}}).lower == 0.05);
        CHECK(table_friction({.surface = Surface::solid, .friction_lower = 0.3, .friction_upper = {}}).lower == 0.3);
        CHECK(hip_flexion({.position = Position::fowler, .hip_flexion = {}, .lordosis_change = {}}) == 90.0_deg);
        CHECK(hip_flexion({.position = Position::supine, .hip_flexion = {}, .lordosis_change = {}}) == 0.0);
    }
}
