#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/sample_result.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen::io;
using namespace foramen::testing;

namespace {

bool installed(const std::string& program) { return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0; }

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE("ParaView opens a result with its steps, block names and values") {
        if (!installed("pvbatch") || !installed("Xvfb")) {
            MESSAGE("skipped: pvbatch or Xvfb is not installed (packages paraview, python3-paraview, xvfb)");
            return;
        }
        const TemporaryFolder folder;
        const auto blocks = sample_blocks();
        constexpr int steps = 7;
        {
            ResultWriter writer(folder.file("run.h5"), blocks, sample_series(), {}, {.title = "sample"});
            append_sample_steps(writer, blocks, 0, steps);
            writer.finish(RunStatus::complete, {});
        }
        const std::string scripts = FORAMEN_SOURCE_DIR "/tests/paraview/";
        const std::string command = scripts + "with_display.sh timeout 120 pvbatch --force-offscreen-rendering " + scripts +
                                    "open_sample.py " + folder.file("") + " " + std::to_string(steps) + " >" +
                                    folder.file("log") + " 2>&1";
        const int status = std::system(command.c_str());
        const std::string log = text_of(folder.file("log"));
        constexpr int no_module = 77;
        if (WEXITSTATUS(status) == no_module) {
            MESSAGE("skipped: ", log, "(package python3-paraview, or its folder in FORAMEN_PARAVIEW_PYTHON)");
            return;
        }
        INFO(log);
        CHECK(WEXITSTATUS(status) == 0);
        MESSAGE(log);
    }
}
