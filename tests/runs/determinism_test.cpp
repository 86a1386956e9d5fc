#include <doctest/doctest.h>

#include "tests/runs/reference_run.hpp"

using namespace foramen::io;
using namespace foramen::testing;

TEST_SUITE("runs") {
    TEST_CASE("a run with two or three threads writes the same bits as with one: meshes, histories and fields") {
        const ReferenceRun& reference = ReferenceRun::get();
        const ResultFile one(reference.path());
        REQUIRE(one.provenance("threads") == "1");
        REQUIRE(one.times().size() > 10);
        REQUIRE(one.field_times().size() > 5);
        for (const std::string threads : {"2", "3"}) {
            CAPTURE(threads);
            const TemporaryFolder folder;
            const Outcome run =
                run_program(reference.folder(),
                            {"run", "short.yaml", "--threads", threads, "-o", folder.file("run.h5"), "--quiet"}, folder.file(""));
            REQUIRE_MESSAGE(run.code == 0, run.err);
            const ResultFile result(folder.file("run.h5"));
            CHECK(result.provenance("threads") == threads);
            check_same_bits(result, one);
        }
    }
}
