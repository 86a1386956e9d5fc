#include <doctest/doctest.h>

#include <algorithm>

#include "io/scenario_reader.hpp"
#include "io/scenario_writer.hpp"
#include "scenarios/rules.hpp"
#include "tests/support/random_fields.hpp"
#include "tests/support/scenarios.hpp"

using namespace foramen;

namespace {
bool valid(const scenarios::Scenario& s) {
    const auto found = scenarios::problems(s);
    return std::all_of(found.begin(), found.end(), [](const auto& problem) { return problem.warning; });
}

/// A valid scenario with random fields; about a quarter of the section's draws is valid, so that a few are tried.
std::optional<scenarios::Scenario> random_scenario(scenarios::TractionMode mode, std::uint64_t seed) {
    scenarios::Scenario s = testing::scenario_with(testing::traction_of(mode));
    if (mode == scenarios::TractionMode::progressive || mode == scenarios::TractionMode::measured)
        s.session[1].traction.duration.reset();
    testing::RandomFields random(seed);
    const auto change = [&](auto& part) {
        const auto before = part;
        describe(random, part);
        if (!valid(s)) part = before;
    };
    random.on_text("name", s.name, {.help = ""});
    random.on_text("description", s.description, {.help = ""});
    change(s.patient.muscles);
    change(s.patient);
    change(s.posture);
    change(s.table);
    change(s.harness);
    change(s.device);
    change(s.model);
    change(s.output);
    change(s.session[1].traction.ramp);
    change(s.session[1].traction.steps);
    change(s.session[1].traction.irregularity);
    change(s.session[1].traction);
    if (!valid(s)) return {};
    return s;
}
}  // namespace

TEST_SUITE("unit/io") {
    TEST_CASE("a random valid test in the laboratory, written and read, is the same to the last bit") {
        int tried = 0;
        for (std::uint64_t seed = 0; seed < 400; ++seed) {
            scenarios::Scenario s;
            s.name = "test";
            s.patient.contraindications = {scenarios::Contraindication::none};
            s.laboratory.emplace();
            s.laboratory->steps.resize(3);
            testing::RandomFields random(seed);
            describe(random, *s.laboratory);
            if (!valid(s)) continue;
            ++tried;
            const std::string text = io::scenario_text(s);
            CAPTURE(text);
            try {
                const auto again = io::read_scenario_text(text, "random.yaml", {});
                CHECK(io::scenario_text(again.scenario) == text);
                CHECK(io::read_scenario_text(again.resolved, "resolved.yaml", {}).scenario == again.scenario);
                CHECK(again.scenario.laboratory->steps.size() == 3);
                CHECK(again.scenario.laboratory->upper == s.laboratory->upper);
            } catch (const io::ScenarioError& e) {
                FAIL_CHECK(e.what());
            }
        }
        CHECK(tried > 150);
    }

    TEST_CASE("a random valid scenario, written and read, is the same to the last bit") {
        int tried = 0, with_harness = 0;
        for (std::size_t mode = 0; mode < scenarios::traction_mode_words.size(); ++mode) {
            for (std::uint64_t seed = 0; seed < 60; ++seed) {
                const auto s = random_scenario(static_cast<scenarios::TractionMode>(mode), 1000 * mode + seed);
                if (!s) continue;
                ++tried;
                with_harness += s->harness == scenarios::Harness{} ? 0 : 1;
                const std::string text = io::scenario_text(*s);
                CAPTURE(text);
                try {
                    const auto again = io::read_scenario_text(text, "random.yaml", {});
                    CHECK(io::scenario_text(again.scenario) == text);
                    CHECK(again.scenario.patient == s->patient);
                    CHECK(again.scenario.name == s->name);
                    CHECK(again.scenario.description == s->description);
                    CHECK(io::read_scenario_text(again.resolved, "resolved.yaml", {}).scenario == again.scenario);
                } catch (const io::ScenarioError& e) {
                    FAIL_CHECK(e.what());
                }
            }
        }
        CHECK(tried > 250);
        CHECK(with_harness > 100);
    }
}
