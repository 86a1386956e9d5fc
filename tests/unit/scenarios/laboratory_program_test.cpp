#include <doctest/doctest.h>

#include "engine/core/units.hpp"
#include "scenarios/laboratory_program.hpp"
#include "scenarios/assumptions.hpp"
#include "scenarios/rules.hpp"
#include "scenarios/session.hpp"

using namespace foramen;
using namespace foramen::scenarios;

namespace {

Scenario test_of(std::vector<LoadStep> steps) {
    Scenario s;
    s.name = "test";
    s.laboratory.emplace();
    s.laboratory->steps = std::move(steps);
    return s;
}

LoadStep flexion(double moment, double ramp, double hold = 0.0) {
    LoadStep s;
    s.flexion = moment;
    s.ramp = ramp;
    s.hold = hold;
    return s;
}

}  // namespace

TEST_SUITE("unit/scenarios") {
    TEST_CASE("a test's loads go straight from step to step, hold, and keep what a step does not name") {
        LoadStep press;
        press.compression = 500.0;
        press.follower = 200.0;
        press.ramp = 5.0;
        const LaboratoryProgram program(*test_of({flexion(6000.0, 12.0, 30.0), press, flexion(-6000.0, 24.0)}).laboratory);
        CHECK(program.corners() == std::vector<double>{0.0, 12.0, 42.0, 47.0, 71.0});
        CHECK(program.duration() == 71.0);
        CHECK(program.shortest_ramp() == 5.0);
        CHECK(program.loads(0.0).flexion == 0.0);
        CHECK(program.loads(6.0).flexion == doctest::Approx(3000.0));
        CHECK(program.loads(12.0).flexion == 6000.0);
        CHECK(program.loads(30.0).flexion == 6000.0);
        CHECK(program.loads(44.5).flexion == 6000.0);  // not named by the second step
        CHECK(program.loads(44.5).axial_force == doctest::Approx(-250.0));  // compression
        CHECK(program.loads(59.0).flexion == doctest::Approx(0.0));
        CHECK(program.loads(71.0).follower == 200.0);
        CHECK(program.loads(1e9).flexion == -6000.0);
        CHECK(program.largest().flexion == 6000.0);
        CHECK(program.largest().axial_force == 500.0);
    }

    TEST_CASE("what a specimen is built from are its words") {
        Scenario s = test_of({flexion(5000.0, 10.0)});
        s.laboratory->upper = UpperVertebra::L4;
        s.laboratory->lower = LowerVertebra::L5;
        s.laboratory->parts = SpecimenParts::discs;
        s.laboratory->upper_end = UpperEnd::driven;
        s.laboratory->moment_axes = MomentAxes::vertebra;
        s.laboratory->follower_shift = 3.0;
        const models::SpineSpec spec = spine_spec(s);
        REQUIRE(spec.specimen);
        CHECK(spec.specimen->upper == models::Body::L4);
        CHECK(spec.specimen->lower == models::Body::L5);
        CHECK_FALSE(spec.posterior_elements());
        CHECK(spec.specimen->slides);
        CHECK(spec.specimen->displaced);
        CHECK(spec.specimen->moments_follow);
        CHECK(spec.specimen->follower_shift == 3.0);
        CHECK(spec.specimen->endplate_share == 0.02);  // clotted, unless it says open
        s.laboratory->endplates = SpecimenEndplates::open;
        CHECK(spine_spec(s).specimen->endplate_share == 1.0);
        CHECK(spec.first_disc() == 3);
        CHECK(spec.last_disc() == 3);
        const models::SpineSpec person = spine_spec(Scenario{});
        CHECK_FALSE(person.specimen);
        CHECK(person.first_disc() == 0);
        CHECK(person.last_disc() == 4);
    }

    TEST_CASE("a test in the laboratory asks for no contraindications and rests on no assumption about lying people") {
        const Scenario s = test_of({flexion(5000.0, 10.0)});
        CHECK(problems(s).empty());
        CHECK(assumptions(s).empty());
    }

    TEST_CASE("a test without steps, upside down or beside a session is refused") {
        const auto paths = [](const Scenario& s) {
            std::vector<std::string> all;
            for (const Problem& p : problems(s)) all.push_back(p.path);
            return all;
        };
        CHECK(paths(test_of({})) == std::vector<std::string>{"laboratory.steps"});
        Scenario s = test_of({flexion(5000.0, 10.0)});
        s.laboratory->upper = UpperVertebra::L5;
        s.laboratory->lower = LowerVertebra::L4;
        CHECK(paths(s) == std::vector<std::string>{"laboratory.lower"});
        s.laboratory->lower = LowerVertebra::S1;
        CHECK(paths(s).empty());
        s.session.resize(1);
        CHECK(paths(s) == std::vector<std::string>{"session"});
    }
}
