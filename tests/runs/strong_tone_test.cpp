#include <doctest/doctest.h>

#include <fstream>

#include "io/result_file.hpp"
#include "tests/runs/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen;
using namespace foramen::testing;

TEST_SUITE_BEGIN("runs");

TEST_CASE("a patient in spasm finds a start: fourteen hundred newtons at once on discs that cannot lose water") {
    const TemporaryFolder folder;
    std::ofstream(folder.file("spasm.yaml"))
        << "extends: " FORAMEN_SOURCE_DIR "/scenarios/why/spasm.yaml\nname: start\nsession:\n  - rest: 1 s\nmodel: {resolution: coarse}\noutput: {fields: every 1 s}\n";
    const Outcome run = run_program(folder.file(""), {"run", "spasm.yaml", "-o", "spasm.h5", "--quiet"}, folder.file(""));
    CHECK(run.err == "");
    REQUIRE(run.code == 0);
    const io::ResultFile result(folder.file("spasm.h5"));
    CHECK(result.history("axial_force_disc", "L3-L4").front() < -1300.0);
}

TEST_SUITE_END();
