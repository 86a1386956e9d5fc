#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/viz/picture_file.hpp"

using namespace foramen;
using namespace foramen::testing;

namespace {

constexpr int not_installed = 77;

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

int shell(const std::string& command, const std::string& log) { return WEXITSTATUS(std::system((command + " > " + log + " 2>&1").c_str())); }

/// Opens a page in a browser; false where there is none.
bool browse(const SmallResult& result, const std::string& page) {
    const std::string log = result.path("log");
    const int status = shell("timeout 240 /usr/bin/python3 " FORAMEN_SOURCE_DIR "/tests/report/browse.py " + result.path(page) + " " + result.path("shots"), log);
    if (status == not_installed) {
        MESSAGE("skipped: " << text_of(log));
        return false;
    }
    INFO(text_of(log));
    CHECK(status == 0);
    return true;
}

}  // namespace

TEST_CASE("the report of a run opens in a browser, plays and moves the mesh") {
    const SmallResult result;
    REQUIRE(shell(FORAMEN_BINARY_DIR "/foramen report " + result.path("run.h5"), result.path("log")) == 0);
    if (browse(result, "run.html")) CHECK(std::filesystem::file_size(result.path("shots/phone.png")) > 5000);
}

TEST_CASE("the report of two runs holds both, side by side") {
    const SmallResult result;
    write_synthetic_result(result.path("other.h5"), {.across = 6, .layers = 4, .bone_cell = 4.5, .field_outputs = 9, .session = 450.0, .history_step = 5.0});
    const std::string words = "/foramen report " + result.path("run.h5") + " " + result.path("other.h5") + " --title 'A & B' -o " + result.path("both.html");
    REQUIRE(shell(FORAMEN_BINARY_DIR + words, result.path("log")) == 0);
    CHECK(text_of(result.path("both.html")).find("<title>A &amp; B</title>") != std::string::npos);
    browse(result, "both.html");
}

TEST_CASE("a report of what is no result is refused") {
    const SmallResult result;
    std::ofstream(result.path("no.h5")) << "nothing";
    CHECK(shell(FORAMEN_BINARY_DIR "/foramen report " + result.path("no.h5"), result.path("log")) == 5);
    CHECK(shell(FORAMEN_BINARY_DIR "/foramen report " + result.path("run.h5") + " --frames many", result.path("log")) == 2);
}

TEST_CASE("the Python file for ParaView runs in ParaView and shows the spine") {
    if (std::system("command -v pvbatch >/dev/null 2>&1 && command -v Xvfb >/dev/null 2>&1") != 0) {
        MESSAGE("skipped: pvbatch or Xvfb is not installed (packages paraview, python3-paraview, xvfb)");
        return;
    }
    const SmallResult result;
    const std::string log = result.path("log"), scripts = FORAMEN_SOURCE_DIR "/tests/paraview/";
    REQUIRE(shell(FORAMEN_BINARY_DIR "/foramen paraview " + result.path("run.h5"), log) == 0);
    const int status = shell(scripts + "with_display.sh timeout 120 pvbatch --force-offscreen-rendering " + scripts + "run_script.py " + result.path("run.py") +
                                 " " + result.path("paraview.png") + " 300", log);
    INFO(text_of(log));
    if (status == not_installed) {
        MESSAGE("skipped: " << text_of(log) << "(package python3-paraview, or its folder in FORAMEN_PARAVIEW_PYTHON)");
        return;
    }
    REQUIRE(status == 0);
    const Picture picture(result.path("paraview.png"));
    CHECK(picture.part(0.05, 0.4, is_ink) > 0.1);
    CHECK(picture.part(0.05, 0.4, [](const Pixel& p) { return p[2] > p[0] + 40 && p[0] < 110; }) > 0.005);  // viridis' low pressures
    CHECK(picture.part(0.6, 1.0, is_ink) > 0.02);
}

TEST_CASE("the examples of docs/examples draw what they say") {
    if (std::system("/usr/bin/python3 -c 'import h5py, h5netcdf, matplotlib, xarray' >/dev/null 2>&1") != 0) {
        MESSAGE("skipped: python3-h5py, python3-h5netcdf, python3-matplotlib and python3-xarray are not all installed");
        return;
    }
    const SmallResult result;
    const std::string python = "/usr/bin/python3 " FORAMEN_SOURCE_DIR "/docs/examples/", log = result.path("log");
    for (const std::string name : {"session", "disc_section"}) {
        CAPTURE(name);
        const int status = shell(python + name + ".py " + result.path("run.h5") + " " + result.path(name + ".png"), log);
        INFO(text_of(log));
        REQUIRE(status == 0);
        CHECK(Picture(result.path(name + ".png")).part(0.1, 0.95, is_ink) > 0.003);
    }
    CHECK(shell(python + "every_observable.py " FORAMEN_SOURCE_DIR "/docs/observables.md " + result.path("") + " " + result.path("run.h5"), log) == 0);
    INFO(text_of(log));
    CHECK(text_of(log).find("in none of these results:") != std::string::npos);
    CHECK(Picture(result.path("observables-discs.png")).part(0.1, 0.95, is_ink) > 0.003);
    CHECK(shell(python + "compare.py " + result.path("run.h5") + " " + result.path("run.h5"), log) == 0);
    CHECK(text_of(log).find("300") != std::string::npos);
}
