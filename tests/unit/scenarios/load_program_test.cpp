#include "scenarios/load_program.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/rules.hpp"
#include "tests/support/close.hpp"
#include "tests/support/scenarios.hpp"

using namespace foramen;
using namespace foramen::scenarios;
using foramen::testing::scenario_with;
using foramen::testing::traction_of;

namespace {
bool has_corner(const LoadProgram& p, double t) {
    const auto near = std::lower_bound(p.corners().begin(), p.corners().end(), t - 1e-9);
    return near != p.corners().end() && *near < t + 1e-9;
}

void check_sound(const LoadProgram& p) {
    const auto& t = p.curve().x();
    const auto& f = p.curve().y();
    CHECK(f.front() == 0.0);
    CHECK(f.back() == 0.0);
    CHECK(*std::min_element(f.begin(), f.end()) >= 0.0);
    CHECK(p.phases().front().start == 0.0);
    CHECK(p.phases().back().end == t.back());
    for (std::size_t i = 1; i < p.phases().size(); ++i) CHECK(p.phases()[i].start == p.phases()[i - 1].end);
    for (const Phase& phase : p.phases()) CHECK(phase.end > phase.start);
    CHECK(p.corners().front() == 0.0);
    CHECK(p.corners().back() == t.back());
    for (std::size_t i = 1; i < p.corners().size(); ++i) CHECK(p.corners()[i] - p.corners()[i - 1] > 1e-6);
}
}  // namespace

TEST_SUITE("unit/scenarios") {
    TEST_CASE("two intermittent cycles have the closed-form length, impulse and corners") {
        Traction t = traction_of(TractionMode::intermittent);
        t.duration.reset();
        t.cycles = 2;
        const LoadProgram p = load_program(scenario_with(t));
        check_sound(p);
        CHECK_CLOSE(p.duration(), 100.0 + 195.0 + 50.0, 1e-14);
        CHECK_CLOSE(p.curve().integral(0.0, p.duration()), 10.0 + 2240.0 + 18000.0 + 1600.0 + 3000.0 + 2000.0 + 18000.0 + 1800.0,
                    1e-13);
        for (const double corner : {0.0, 100.0, 101.0, 115.0, 175.0, 183.0, 213.0, 223.0, 283.0, 295.0, 345.0})
            CHECK(has_corner(p, corner));
        CHECK(p.corners().size() == 11);
        CHECK_CLOSE(p.force(108.0), 160.0, 1e-13);
        CHECK(p.peak() == 300.0);
    }

    TEST_CASE("phases name what the device does, with the cycle and the activity") {
        Traction t = traction_of(TractionMode::intermittent);
        t.duration.reset();
        t.cycles = 2;
        const LoadProgram p = load_program(scenario_with(t));
        CHECK(p.phase(50.0).kind == PhaseKind::rest);
        CHECK(p.phase(100.5).kind == PhaseKind::pretension);
        CHECK(p.phase(110.0).kind == PhaseKind::ramp_up);
        CHECK(p.phase(120.0).kind == PhaseKind::hold);
        CHECK(p.phase(120.0).cycle == 1);
        CHECK(p.phase(180.0).kind == PhaseKind::ramp_down);
        CHECK(p.phase(200.0).kind == PhaseKind::low);
        CHECK(p.phase(250.0).cycle == 2);
        CHECK(p.phase(250.0).activity == 1);
        CHECK(p.phase(290.0).kind == PhaseKind::ramp_down);
        CHECK(p.phase(300.0).activity == 2);
    }

    TEST_CASE("a duration ends exactly then, with a slack rope, wherever the cycle is cut") {
        for (const RampShape shape : {RampShape::linear, RampShape::smooth, RampShape::logarithmic}) {
            for (double duration = 30.0; duration < 320.0; duration += 3.7) {
                CAPTURE(duration);
                CAPTURE(static_cast<int>(shape));
                Traction t = traction_of(TractionMode::intermittent);
                t.ramp.shape = shape;
                t.duration = duration;
                const LoadProgram p = load_program(scenario_with(t));
                check_sound(p);
                CHECK(p.duration() == 100.0 + duration + 50.0);
                CHECK(p.force(100.0 + duration) == 0.0);
                CHECK(p.force(100.0 + duration - 0.5) > 0.0);
                CHECK(p.peak() <= 300.0);
            }
        }
    }

    TEST_CASE("the last ramp of a cut cycle falls at its own rate") {
        Traction t = traction_of(TractionMode::static_pull);
        const LoadProgram p = load_program(scenario_with(t));
        CHECK_CLOSE(p.force(100.0 + 600.0 - 12.0), 300.0, 1e-12);
        CHECK_CLOSE(p.force(100.0 + 600.0 - 4.0), 100.0, 1e-10);
    }

    TEST_CASE("a twenty-five minute session at 45 and 20 percent ends at 25 min and holds at full force before its last ramp") {
        Traction t = traction_of(TractionMode::intermittent);
        t.duration = 1500.0;
        const LoadProgram p = load_program(scenario_with(t));
        CHECK(p.phases()[p.phases().size() - 2].end == 1600.0);
        CHECK(has_corner(p, 1600.0));
    }

    TEST_CASE("a ramp given as a time takes that time whatever the force") {
        Traction t = traction_of(TractionMode::intermittent);
        t.ramp.up = {7.0, engine::Dimension::time};
        t.ramp.down = {3.0, engine::Dimension::time};
        t.duration.reset();
        t.cycles = 1;
        const LoadProgram p = load_program(scenario_with(t));
        CHECK_CLOSE(p.duration(), 100.0 + 7.0 + 7.0 + 60.0 + 3.0 + 50.0, 1e-14);
    }

    TEST_CASE("a smooth ramp has its mean rate, sixteen pieces, and corners at its ends and middle only") {
        Traction t = traction_of(TractionMode::static_pull);
        t.ramp.shape = RampShape::smooth;
        t.pretension = 0.0;
        const LoadProgram p = load_program(scenario_with(t));
        CHECK_CLOSE(p.force(107.5), 150.0, 1e-12);
        CHECK_CLOSE(p.curve().integral(100.0, 115.0), 150.0 * 15.0, 1e-12);
        CHECK_CLOSE(p.force(103.75), 300.0 * 0.5 * (1.0 - std::sqrt(0.5)), 1e-12);
        CHECK(p.next_corner(100.0) == doctest::Approx(107.5));
        CHECK(p.next_corner(107.6) == doctest::Approx(115.0));
        const auto& x = p.curve().x();
        CHECK(std::count_if(x.begin(), x.end(), [](double s) { return s > 100.0 && s < 115.0 + 1e-9; }) == 16);
    }

    TEST_CASE("a logarithmic ramp is fast first") {
        CHECK(ramp_shape_words[2] == "logarithmic");
        Traction t = traction_of(TractionMode::static_pull);
        t.ramp.shape = RampShape::logarithmic;
        t.pretension = 0.0;
        const LoadProgram p = load_program(scenario_with(t));
        CHECK_CLOSE(p.force(100.0 + 7.5), 300.0 * std::log10(1.0 + 4.5), 1e-12);
    }

    TEST_CASE("the rope is never slacker than the pretension until the end") {
        Traction t = traction_of(TractionMode::intermittent);
        t.rest.force = 0.0;
        const LoadProgram p = load_program(scenario_with(t));
        for (double s = 101.0; s < 698.0; s += 0.5) CHECK(p.force(s) >= 20.0 - 1e-9);
    }

    TEST_CASE("next_corner goes through all corners and ends at infinity") {
        const LoadProgram p = load_program(scenario_with(traction_of(TractionMode::intermittent)));
        std::size_t count = 1;
        for (double t = 0.0; p.next_corner(t) < std::numeric_limits<double>::infinity(); ++count) t = p.next_corner(t);
        CHECK(count == p.corners().size());
    }

    TEST_CASE("progressive traction climbs and comes down in equal steps") {
        Traction t = traction_of(TractionMode::progressive);
        t.duration.reset();
        t.steps = {.up = 4, .down = 2, .time = 40.0};
        const LoadProgram p = load_program(scenario_with(t));
        check_sound(p);
        std::vector<double> levels;
        for (const Phase& phase : p.phases()) {
            if (phase.kind == PhaseKind::hold) levels.push_back(p.force(0.5 * (phase.start + phase.end)));
        }
        CHECK(levels == std::vector<double>{150.0, 200.0, 250.0, 300.0, 200.0});
        CHECK_CLOSE(p.duration(), 150.0 + 1.0 + 14.0 + 3 * 40.0 + 60.0 + 4.0 + 40.0 + 8.0, 1e-13);
    }

    TEST_CASE("sinusoidal traction swings about its mean with its amplitude") {
        const LoadProgram p = load_program(scenario_with(traction_of(TractionMode::sinusoidal)));
        check_sound(p);
        CHECK_CLOSE(p.force(110.0 + 2.5), 300.0, 1e-12);
        CHECK_CLOSE(p.force(110.0 + 7.5), 100.0, 1e-12);
        CHECK_CLOSE(p.curve().integral(110.0, 110.0 + 500.0), 200.0 * 500.0, 1e-12);
        CHECK(p.force(700.0) == 0.0);
    }

    TEST_CASE("manual traction is the same for the same seed, another for another, and within its spread") {
        Traction t = traction_of(TractionMode::manual);
        const LoadProgram a = load_program(scenario_with(t));
        const LoadProgram b = load_program(scenario_with(t));
        check_sound(a);
        CHECK(a.curve().y() == b.curve().y());
        CHECK(a.peak() <= 300.0 * 1.15);
        CHECK(a.peak() > 300.0);
        t.irregularity.seed = 2;
        CHECK(load_program(scenario_with(t)).curve().y() != a.curve().y());
        CHECK(a.duration() == 750.0);
    }

    TEST_CASE("a measured pull is followed, with corners where it bends and ramps where it does not begin slack") {
        Traction t = traction_of(TractionMode::measured);
        t.measured.points = {{}, {}};
        for (int i = 0; i <= 600; ++i) {
            const double time = 0.1 * i;
            t.measured.points.x.push_back(time);
            t.measured.points.y.push_back(time < 10.0   ? 40.0 + 20.0 * time
                                          : time < 50.0 ? 240.0 + 0.5 * std::sin(7.0 * time)
                                                        : 240.0 - 20.0 * (time - 50.0));
        }
        const LoadProgram p = load_program(scenario_with(t));
        check_sound(p);
        CHECK_CLOSE(p.duration(), 150.0 + 2.0 + 60.0 + 2.0, 1e-13);
        CHECK_CLOSE(p.force(102.0 + 5.0), 140.0, 1e-10);
        CHECK(has_corner(p, 102.0 + 10.0));
        CHECK(has_corner(p, 102.0 + 50.0));
        CHECK(p.corners().size() < 14);
    }

    TEST_CASE("the angle is that of the traction that runs or ran last") {
        Scenario s = scenario_with(traction_of(TractionMode::static_pull));
        Activity second = s.session[1];
        second.traction.angle = 0.25;
        s.session.push_back(second);
        const LoadProgram p = load_program(s);
        CHECK(p.angle(0.0) == 10.0_deg);
        CHECK(p.angle(720.0) == 10.0_deg);
        CHECK(p.angle(749.9) == 10.0_deg);
        CHECK(p.angle(750.0) == 0.25);
        CHECK(p.angle(2000.0) == 0.25);
    }

    TEST_CASE("every mode builds a sound program from a scenario without errors") {
        for (int mode = 0; mode < static_cast<int>(traction_mode_words.size()); ++mode) {
            CAPTURE(traction_mode_words[static_cast<std::size_t>(mode)]);
            const Scenario s = scenario_with(traction_of(static_cast<TractionMode>(mode)));
            for (const Problem& problem : problems(s)) CHECK_MESSAGE(problem.warning, problem.path << ": " << problem.reason);
            check_sound(load_program(s));
        }
    }
}
