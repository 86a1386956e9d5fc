#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "tests/viz/picture_file.hpp"
#include "viz/sequence.hpp"
#include "viz/view.hpp"

using namespace foramen;
using namespace foramen::testing;

namespace {

bool is_nerve(const Pixel& p) { return p[0] > 150 && p[1] > 115 && p[2] < 120 && p[0] > p[1]; }
bool is_dark_strain(const Pixel& p) { return p[2] > p[0] + 20 && p[0] < 90 && p[1] < 100; }

}  // namespace

TEST_CASE("every view draws something of its own") {
    if (!can_draw()) return;
    const SmallResult result;
    std::set<double> inks;
    for (const viz::ViewName& v : viz::view_names) {
        CAPTURE(v.name);
        const std::string file = result.path(std::string(v.name) + ".png");
        REQUIRE(view("render " + result.path("run.h5") + " --view " + v.name + " --size 900x600 -o " + file) == 0);
        const Picture picture(file);
        inks.insert(picture.part(0.0, 1.0, is_ink));
        CHECK(picture.part(0.0, 1.0, is_ink) > 0.04);
        if (v.view == viz::View::foramen || v.view == viz::View::posterior || v.view == viz::View::frontal) CHECK(picture.part(0.2, 1.0, is_nerve) > 0.001);
        if (v.view == viz::View::disc) CHECK(picture.part(0.2, 1.0, is_nerve) < 0.02);
    }
    CHECK(inks.size() == viz::view_names.size());
}

TEST_CASE("a level that is not there, and options that do not go together, are refused") {
    const SmallResult result;
    const std::string run = "render " + result.path("run.h5");
    CHECK(view(run + " --view foramen --level L9-S1") == 5);
    CHECK(view(run + " --view sideways") == 2);
    CHECK(view(run + " --sheet --time 3s") == 2);
    CHECK(view(run + " --from 3s") == 2);
    CHECK(view(run + " --movie -o film.gif") == 2);
    CHECK(view(run + " --movie --from 9s --to 3s") == 2);
}

TEST_CASE("the last cycle is as long as a pull and a rest; a sheet shows moments of it") {
    const SmallResult result;
    const io::ResultFile file(result.path("run.h5"));
    const auto cycle = viz::last_cycle(file);
    CHECK(cycle[1] - cycle[0] == doctest::Approx(90.0).epsilon(0.06));
    const auto moments = viz::moments_between(file, cycle[0], cycle[1], 8);
    CHECK(moments.size() >= 2);
    for (std::size_t i = 1; i < moments.size(); ++i) CHECK(moments[i].step > moments[i - 1].step);
    if (!can_draw()) return;
    CHECK(view("render " + result.path("run.h5") + " --sheet --from 0s --to 600s --size 1000x600 -o " + result.path("sheet.png")) == 0);
    const Picture sheet(result.path("sheet.png"));
    for (int column = 0; column < 4; ++column) CHECK(sheet.part(0.25 * column, 0.25 * (column + 1), is_ink) > 0.02);
}

TEST_CASE("a movie is written, or the missing program is named") {
    if (!can_draw()) return;
    const SmallResult result;
    const std::string movie = "render " + result.path("run.h5") + " --movie --view sagittal --frames 3 --seconds 1 --size 800x500 -o " + result.path("m.mp4");
    CHECK(view(movie, "env PATH=/nowhere") == 5);
    if (std::system("command -v ffmpeg >/dev/null 2>&1") != 0) {
        MESSAGE("skipped: ffmpeg is not installed");
        return;
    }
    REQUIRE(view(movie) == 0);
    CHECK(std::filesystem::file_size(result.path("m.mp4")) > 3000);
    const std::string animated = result.path("m.webp");
    REQUIRE(view("render " + result.path("run.h5") + " --movie --view sagittal --frames 3 --seconds 1 --size 800x500 -o " + animated) == 0);
    std::ifstream file(animated, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    CHECK(bytes.starts_with("RIFF"));
    CHECK(bytes.substr(8, 4) == "WEBP");
    CHECK(bytes.find("ANIM") != std::string::npos);
    int pictures = 0;
    for (std::size_t at = bytes.find("ANMF"); at != std::string::npos; at = bytes.find("ANMF", at + 4)) ++pictures;
    CHECK(pictures >= 3);
}

TEST_CASE("ligaments are coloured by their strain in the views of the whole spine") {
    if (!can_draw()) return;
    const SmallResult result;
    REQUIRE(view("render " + result.path("run.h5") + " --view posterior --size 900x600 -o " + result.path("p.png")) == 0);
    CHECK(Picture(result.path("p.png")).part(0.2, 1.0, is_dark_strain) > 0.0005);
}
