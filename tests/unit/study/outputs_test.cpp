// Numbers of a run: a series reduced over a session, against what can be counted by hand.

#include <doctest/doctest.h>

#include "io/scenario_reader.hpp"
#include "io/study/output_recorder.hpp"
#include "scenarios/load_program.hpp"
#include "tests/support/close.hpp"

using namespace foramen;

TEST_SUITE("unit/study") {
    TEST_CASE("a rise in one pull is that of the pull alone, not what earlier pulls left or a rest between them added") {
        const scenarios::Scenario scenario = io::read_scenario("quick", {{FORAMEN_SOURCE_DIR "/scenarios/library"}}).scenario;
        const scenarios::LoadProgram program = scenarios::load_program(scenario);
        const auto pulls = [](scenarios::PhaseKind kind) {
            return kind == scenarios::PhaseKind::pretension || kind == scenarios::PhaseKind::ramp_up || kind == scenarios::PhaseKind::hold;
        };
        // a staircase that only climbs: 2 in the whole of each pull, 5 in the whole of all that lies between two pulls
        std::vector<double> times{0.0}, values{0.0};
        double longest = 0.0;
        const auto& phases = program.phases();
        for (std::size_t k = 0; k < phases.size();) {
            std::size_t last = k;
            while (last + 1 < phases.size() && pulls(phases[last + 1].kind) == pulls(phases[k].kind)) ++last;
            const double rise = pulls(phases[k].kind) ? 2.0 : 5.0;
            for (const double share : {0.5, 1.0}) {
                times.push_back(phases[k].start + share * (phases[last].end - phases[k].start));
                values.push_back(values.back() + 0.5 * rise);
            }
            longest = std::max(longest, rise);
            k = last + 1;
        }
        REQUIRE(longest == 5.0);
        scenarios::Output output;
        output.reduce = scenarios::Reduction::rise_in_pull;
        CHECK_CLOSE(io::reduced(times, values, output, &program), 2.0, 1e-14);
        CHECK_CLOSE(io::reduced(times, values, output, nullptr), values.back(), 1e-14);  // no program: one pull
        for (double& v : values) v = -v;
        CHECK(io::reduced(times, values, output, &program) == 0.0);
        output.reduce = scenarios::Reduction::rise;
        CHECK(io::reduced(times, values, output, &program) == 0.0);
    }
}
