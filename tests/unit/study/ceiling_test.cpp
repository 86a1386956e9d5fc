// The search for a ceiling, against functions with known roots; the program of a session with a sudden release.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "io/scenario_reader.hpp"
#include "io/study/ceiling_study.hpp"
#include "scenarios/study/ceiling_search.hpp"
#include "tests/support/close.hpp"

using namespace foramen::scenarios;

namespace {

SessionUse use_of(std::vector<double> use) {
    SessionUse u;
    u.computed = true;
    u.where.assign(use.size(), "here");
    u.use = std::move(use);
    return u;
}

const Scenario& quick() {
    static const Scenario scenario = foramen::io::read_scenario("quick", {{FORAMEN_SOURCE_DIR "/scenarios/library"}}).scenario;
    return scenario;
}

}  // namespace

TEST_SUITE("unit/study") {
    TEST_CASE("the ceiling is bracketed to the tolerance, and its lower end was computed and kept") {
        for (const double root : {60.0, 123.4, 500.0, 880.0}) {
            CAPTURE(root);
            const auto curved = [root](double f) { return use_of({0.3, std::pow(f / root, 1.7)}); };
            const PatientCeiling c = find_ceiling(curved, 20.0, 900.0, 5.0);
            CHECK(c.end == CeilingEnd::found);
            CHECK(c.force <= root);
            CHECK(c.exceeded >= root);
            CHECK(c.exceeded - c.force <= 5.0);
            CHECK(c.limit == 1);
            CHECK(c.sessions <= 10);  // the highest force, then bisection's 8 and at most one more
        }
    }

    TEST_CASE("a search takes fewer sessions than halving, whichever limit governs") {
        int sessions = 0, most = 0, searches = 0;
        for (double root = 300.0; root < 880.0; root += 17.0, ++searches) {
            const auto two = [root](double f) { return use_of({std::pow(f / root, 0.8), 0.6 + 0.4 * std::pow(f / (root + 60.0), 5.0)}); };
            const PatientCeiling c = find_ceiling(two, 20.0, 900.0, 5.0);
            CHECK(c.force <= root);
            CHECK(c.exceeded >= root);
            CHECK(c.exceeded - c.force <= 5.0);
            sessions += c.sessions;
            most = std::max(most, c.sessions);
        }
        CHECK(most <= 10);
        CHECK(sessions <= 7 * searches);  // halving: 9 each
    }

    TEST_CASE("a root just above the lowest force is found, and the lowest force is tried only then") {
        bool lowest = false;
        const auto at = [&lowest](double root) {
            return [root, &lowest](double f) {
                lowest = lowest || f == 20.0;
                return use_of({f / root});
            };
        };
        const PatientCeiling near = find_ceiling(at(21.0), 20.0, 900.0, 5.0);
        CHECK(near.end == CeilingEnd::found);
        CHECK(near.force == 20.0);
        CHECK(lowest);
        lowest = false;
        CHECK(find_ceiling(at(500.0), 20.0, 900.0, 5.0).end == CeilingEnd::found);
        CHECK_FALSE(lowest);
    }

    TEST_CASE("no limit reached, none kept, and a session that cannot be computed counts as exceeded") {
        CHECK(find_ceiling([](double f) { return use_of({f / 1000.0}); }, 20.0, 900.0, 5.0).end == CeilingEnd::above_high);
        const PatientCeiling none = find_ceiling([](double f) { return use_of({1.5 + f}); }, 20.0, 900.0, 5.0);
        CHECK(none.end == CeilingEnd::below_low);
        CHECK(none.force == 0.0);
        const auto breaks = [](double f) {
            SessionUse u = use_of({0.1});
            if (f > 400.0) {
                u = SessionUse{};
                u.computed = false;
                u.why = "no convergence";
            }
            return u;
        };
        const PatientCeiling c = find_ceiling(breaks, 20.0, 900.0, 5.0);
        CHECK(c.force <= 400.0);
        CHECK(c.force > 394.9);
        CHECK(c.why == "no convergence");
    }

    TEST_CASE("terms are taken off as the formula says, and never below nothing") {
        const foramen::io::CeilingTerms t = foramen::io::ceiling_terms(500.0, {.sensor_uncertainty = 10.0, .delay = 0.5, .rate = {}, .overshoot = 0.05}, 60.0);
        CHECK_CLOSE(t.ceiling, (500.0 - 10.0 - 30.0) / 1.05, 1e-14);
        CHECK_CLOSE(t.ceiling + t.overshoot + t.sensor + t.delay, 500.0, 1e-14);
        CHECK(foramen::io::ceiling_terms(5.0, {.sensor_uncertainty = 10.0, .delay = 0.0, .rate = {}, .overshoot = 0.0}, 60.0).ceiling == 0.0);
    }

    TEST_CASE("a session at another peak keeps its times of hold and its rates; the release is sudden and at the end of the last hold") {
        const LoadProgram own = load_program(quick()), scaled = load_program(with_peak(quick(), 600.0));
        CHECK_CLOSE(scaled.peak(), 600.0, 1e-12);
        const LoadProgram released = with_sudden_release(own, 0.05, 10.0);
        double last_hold = 0.0;
        for (const Phase& p : own.phases())
            if (p.kind == PhaseKind::hold) last_hold = p.end;
        CHECK(released.force(last_hold) == own.force(last_hold));
        CHECK(released.force(last_hold + 0.05) == 0.0);
        CHECK_CLOSE(released.force(last_hold + 0.025), 0.5 * own.force(last_hold), 1e-9);
        CHECK_CLOSE(released.duration(), last_hold + 10.05, 1e-12);
        for (double t = 0.0; t < last_hold; t += 1.7) {
            CHECK(released.force(t) == own.force(t));
            CHECK(released.angle(t) == own.angle(t));
            CHECK(released.phase(t).kind == own.phase(t).kind);
        }
    }
}
