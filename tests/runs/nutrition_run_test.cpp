// A short session with solutes, by the program: the mechanics beside it does not change by a bit.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "io/history_table.hpp"
#include "io/result_file.hpp"
#include "tests/runs/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen::io;
using namespace foramen::testing;

namespace {

const char* const session = R"(foramen: 1
extends: quick
name: One short pull
session:
  - rest: 2 s
  - traction: {extends: intermittent-60-20, duration: ~, cycles: 1, hold: {time: 8 s}, ramp: {up: 60 N/s, down: 60 N/s}}
output: {fields: every 5 s}
)";

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE("a run with solutes: series, fields, rows of the summary; all other series are those of the run without") {
        const TemporaryFolder folder, logs;
        std::ofstream(folder.file("plain.yaml")) << session;
        std::ofstream(folder.file("solutes.yaml")) << session << "model: {transport: solutes}\n";
        const Outcome plain = run_program(folder.file(""), {"run", "plain.yaml", "--quiet"}, logs.file(""));
        REQUIRE_MESSAGE(plain.code == 0, plain.err);
        const Outcome run = run_program(folder.file(""), {"run", "solutes.yaml", "--quiet"}, logs.file(""));
        REQUIRE_MESSAGE(run.code == 0, run.err);
        for (const char* line : {"lowest oxygen at rest", "most that advection adds", "nucleus starved"})
            CHECK_MESSAGE(run.out.find(line) != std::string::npos, run.out);

        const ResultFile without(folder.file("plain.h5")), with(folder.file("solutes.h5"));
        CHECK(with.series().size() == without.series().size() + 16);
        const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
        for (const SeriesSpec& s : without.series()) {
            const std::vector<double> a = with.history(s.name), b = without.history(s.name);
            CHECK_MESSAGE(std::equal(a.begin(), a.end(), b.begin(), b.end(), same), s.name);
        }
        const HistoryTable oxygen(with, "oxygen_nucleus"), alone(with, "oxygen_nucleus_without_advection");
        CHECK(oxygen.at(0, 3) == alone.at(0, 3));
        CHECK(oxygen.at(oxygen.rows() - 1, 3) != alone.at(oxygen.rows() - 1, 3));
        CHECK(with.provenance("nutrition").find("steady state found in 5 of 5 discs") != std::string::npos);
        CHECK(with.provenance("nutrition").find(" 0 steps not solved") != std::string::npos);
        CHECK(with.provenance("assumptions").find("none dies") != std::string::npos);
        const auto disc =
            std::find_if(with.blocks().begin(), with.blocks().end(), [](const BlockSpec& b) { return b.name == "L4-L5"; });
        REQUIRE(disc != with.blocks().end());
        for (const char* name : {"oxygen", "glucose", "lactate", "ph"})
            CHECK(std::any_of(disc->point_fields.begin(), disc->point_fields.end(),
                              [&](const FieldSpec& f) { return f.name == name; }));
    }
}
