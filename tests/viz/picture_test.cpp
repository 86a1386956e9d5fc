#include <doctest/doctest.h>

#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "io/result_file.hpp"
#include "tests/viz/picture_file.hpp"
#include "viz/moment.hpp"
#include "viz/ticks.hpp"

using namespace foramen;
using namespace foramen::testing;

namespace {

bool is_bone(const Pixel& p) { return p[0] > p[1] && p[1] > p[2] + 8 && p[0] > 150 && p[0] - p[2] < 90; }
bool is_low_pressure(const Pixel& p) { return p[2] > p[1] + 35 && p[2] > p[0] + 15 && p[1] < 110 && p[2] > 70; }
bool is_device_force(const Pixel& p) { return p[0] > 180 && p[1] < 110 && p[2] < 110; }

}  // namespace

TEST_CASE("a result becomes a picture with bones, coloured discs and charts") {
    if (!can_draw()) return;
    const SmallResult result;
    REQUIRE(view("render " + result.path("run.h5") + " -o " + result.path("run.png") + " --size 1200x750") == 0);
    const Picture picture(result.path("run.png"));
    CHECK(picture.width == 1200);
    CHECK(picture.height == 750);
    CHECK(std::set<Pixel>(picture.pixels.begin(), picture.pixels.end()).size() > 500);
    CHECK(picture.part(0.0, 1.0, is_ink) > 0.08);
    CHECK(picture.part(0.08, 0.47, is_bone) > 0.05);
    CHECK(picture.part(0.08, 0.47, is_low_pressure) > 0.01);
    CHECK(picture.part(0.50, 0.92, is_device_force) > 0.001);
}

TEST_CASE("without a display the program starts its own and leaves none behind") {
    if (!can_draw()) return;
    const SmallResult result;
    std::filesystem::create_directories(result.path("bin"));
    const std::string noted = result.path("pid"), path = std::getenv("PATH");
    std::ofstream(result.path("bin/Xvfb")) << "#!/bin/sh\necho $$ > " << noted << "\nPATH='" << path << "' exec Xvfb \"$@\"\n";
    std::filesystem::permissions(result.path("bin/Xvfb"), std::filesystem::perms::owner_all);
    CHECK(view("render " + result.path("run.h5"), "env -u DISPLAY PATH=" + result.path("bin") + ":/usr/bin:/bin") == 0);
    CHECK(std::filesystem::exists(result.path("run.png")));
    pid_t server = 0;
    std::ifstream(noted) >> server;
    REQUIRE(server > 0);
    CHECK(kill(server, 0) != 0);
}

TEST_CASE("with neither a display nor Xvfb the program says so") {
    const SmallResult result;
    CHECK(view("render " + result.path("run.h5"), "env DISPLAY=:9971 PATH=/nowhere") == 5);
}

TEST_CASE("the moment is the end of the last hold at full force, or the output time next to the one asked for") {
    const SmallResult result;
    const io::ResultFile file(result.path("run.h5"));
    const viz::Moment pull = viz::greatest_pull(file);
    CHECK(viz::value_at(file, "device_force", "", pull.time) == doctest::Approx(300.0));
    for (std::size_t later = static_cast<std::size_t>(pull.step) + 1; later < file.field_times().size(); ++later) {
        CHECK(viz::value_at(file, "device_force", "", file.field_times()[later]) < 297.0);
    }
    CHECK(viz::nearest_moment(file, -5.0).step == 0);
    CHECK(viz::nearest_moment(file, file.field_times()[3] + 1.0).step == 3);
    CHECK(std::isnan(viz::value_at(file, "no_such_series", "", 0.0)));
}

TEST_CASE("ticks are round and inside the range") {
    const auto ticks = viz::round_ticks(0.012, 0.154, 6);
    REQUIRE(ticks.size() == 3);
    CHECK(ticks[0].label == "0.05");
    CHECK(ticks[2].label == "0.15");
    CHECK(viz::round_ticks(-10.0, 290.0, 6).front().label == "0");
    CHECK(viz::round_ticks(1.0, 1.0, 6).empty());
}

TEST_CASE("exit codes: 0 done, 2 usage, 5 file") {
    const SmallResult result;
    CHECK(view("--help") == 0);
    CHECK(view("") == 2);
    CHECK(view("paint " + result.path("run.h5")) == 2);
    CHECK(view("render") == 2);
    CHECK(view("render " + result.path("run.h5") + " --time 12") == 2);
    CHECK(view("render " + result.path("run.h5") + " --size 20x20") == 2);
    CHECK(view("render " + result.path("run.h5") + " --loud") == 2);
    CHECK(view("render " + result.path("none.h5")) == 5);
    if (can_draw()) CHECK(view("render " + result.path("run.h5") + " -o /no/such/folder/run.png") == 5);
}
