// A test in the laboratory from the text to the table, by the program.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "io/history_table.hpp"
#include "io/result_file.hpp"
#include "tests/runs/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen::io;
using namespace foramen::testing;

namespace {

const char* const segment = R"(foramen: 1
name: A short test
patient: reference-woman
laboratory:
  upper: L4
  lower: L5
  steps:
    - {follower: 200 N, ramp: 2 s}
    - {flexion: 4 Nm, ramp: 4 s, hold: 10 s}
    - {flexion: -4 Nm, ramp: 8 s}
model: {resolution: coarse, max_step: 2 s, force_tolerance: 1e-7}
)";

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE("a test in the laboratory is run, balanced at every step, summarised, exported and repeated to the bit") {
        const TemporaryFolder folder, logs;
        std::ofstream(folder.file("segment.yaml")) << segment;
        const Outcome run = run_program(folder.file(""), {"run", "segment.yaml", "--quiet"}, logs.file(""));
        REQUIRE_MESSAGE(run.code == 0, run.err);
        for (const char* line : {"flexion at 4 Nm", "extension at 4 Nm", "largest follower load 200.0 N", "stiffness at the end"})
            CHECK_MESSAGE(run.out.find(line) != std::string::npos, run.out);

        const ResultFile result(folder.file("segment.h5"));
        CHECK(result.times().back() == 24.0);
        const HistoryTable moment(result, "applied_flexion"), balance(result, "moment_balance"), force(result, "force_balance"),
            disc(result, "disc_moment_flexion"), ligaments(result, "ligament_moment_flexion"), facets(result, "facet_moment_flexion"),
            angle(result, "level_flexion");
        for (std::size_t i = 0; i < moment.rows(); ++i) {
            CAPTURE(result.times()[i]);
            const double t = result.times()[i];
            const double asked = 4000.0 * (t < 2.0 ? 0.0 : t < 6.0 ? (t - 2.0) / 4.0 : t < 16.0 ? 1.0 : 1.0 - (t - 16.0) / 4.0);
            CHECK(std::abs(moment.at(i) - asked) < 1e-6);
            CHECK(balance.at(i) < 1e-5);
            CHECK(force.at(i) < 1e-5);
            // the follower load's chord passes the cut within a few millimetres: the rest is carried by disc, ligaments and facets
            CHECK(std::abs(disc.at(i) + ligaments.at(i) + facets.at(i) - moment.at(i)) < 200.0 * 10.0);
        }
        CHECK(angle.extreme(0, 0, true) > 1.0);
        CHECK(angle.extreme(0, 0, false) < -0.5);

        const Outcome again = run_program(folder.file(""), {"run", "segment.h5", "--quiet", "--threads", "2"}, logs.file(""));
        REQUIRE_MESSAGE(again.code == 0, again.err);
        const ResultFile repeated(folder.file("segment-again.h5"));
        CHECK(repeated.times() == result.times());
        for (const char* name : {"level_flexion", "idp", "ligament_force", "facet_force"}) CHECK(repeated.history(name) == result.history(name));
        CHECK(repeated.provenance("stiffness") == result.provenance("stiffness"));
        CHECK(run_program(folder.file(""), {"export", "segment.h5"}, logs.file("")).code == 0);
    }
}
