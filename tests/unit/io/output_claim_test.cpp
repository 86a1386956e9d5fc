#include "io/output_claim.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "io/result_file.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen::io;
using namespace foramen::testing;

TEST_SUITE_BEGIN("unit/io");

TEST_CASE("two runs do not write one result: the second is refused with a sentence, the first keeps all that it wrote") {
    const TemporaryFolder folder;
    const std::string path = folder.file("run.h5");
    const std::string sentence = "another run is writing " + path + ": wait for it, or give this one another name with --output";
    const auto blocks = sample_blocks();
    {
        ResultWriter first(path, blocks, sample_series(), {}, {.flush_seconds = 1e9});
        append_sample_steps(first, blocks, 0, 1);
        CHECK(being_written(path));  // as path.part
        CHECK_THROWS_WITH_AS(ResultWriter(path, blocks, sample_series(), {}, {}), sentence.c_str(), FileError);
        first.commit();
        CHECK(being_written(path));  // under its name
        CHECK_THROWS_WITH_AS(ResultWriter(path, blocks, sample_series(), {}, {}), sentence.c_str(), FileError);
        append_sample_steps(first, blocks, 1, 3);
        first.finish(RunStatus::complete, {});
        CHECK_FALSE(being_written(path));
    }
    CHECK(ResultFile(path).field_times().size() == 4);
    ResultWriter next(path, blocks, sample_series(), {}, {});
    append_sample_steps(next, blocks, 0, 2);
    next.finish(RunStatus::complete, {});
    CHECK(ResultFile(path).field_times().size() == 2);
}

TEST_CASE("a claim ends with the process that made it, and what it left may be written over") {
    const TemporaryFolder folder;
    const std::string path = folder.file("run.h5");
    int ready[2];
    REQUIRE(pipe(ready) == 0);
    const pid_t child = fork();
    if (child == 0) {
        const OutputClaim claim(path, path + ".part");
        (void)!write(ready[1], "x", 1);
        pause();
        _exit(0);
    }
    char byte = 0;
    REQUIRE(read(ready[0], &byte, 1) == 1);
    CHECK(being_written(path));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    CHECK_FALSE(being_written(path));
    CHECK(std::filesystem::exists(path + ".part"));
    const OutputClaim mine(path, path + ".part");
    CHECK(being_written(path));
}

TEST_SUITE_END();
