#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <sys/wait.h>
#include <vector>

#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPNGReader.h>

#include "io/result_file.hpp"
#include "tests/viz/synthetic_result.hpp"
#include "viz/moment.hpp"
#include "viz/ticks.hpp"
#include "viz/x_display.hpp"

using namespace foramen;

namespace {

/// A folder of its own, with one small result; removed at the end.
class SmallResult {
public:
    SmallResult() : folder_(std::filesystem::path(FORAMEN_BINARY_DIR) / "tests" / "picture_test") {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        testing::write_synthetic_result(path("run.h5"), {.across = 6, .layers = 4, .bone_cell = 3.5, .field_outputs = 21, .session = 600.0, .history_step = 5.0});
    }
    ~SmallResult() { std::filesystem::remove_all(folder_); }
    [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

private:
    std::filesystem::path folder_;
};

bool can_draw() {
    try {
        const viz::XDisplay display;
        return true;
    } catch (const viz::SystemError& error) {
        MESSAGE("skipped: " << error.what());
        return false;
    }
}

/// Exit code of foramen-view.
int view(const std::string& arguments, const std::string& environment = "") {
    const std::string command = environment + " " + FORAMEN_BINARY_DIR + "/foramen-view " + arguments + " > /dev/null 2>&1";
    return WEXITSTATUS(std::system(command.c_str()));
}

using Pixel = std::array<int, 3>;

struct Picture {
    int width, height;
    std::vector<Pixel> pixels;

    explicit Picture(const std::string& path) {
        vtkNew<vtkPNGReader> reader;
        reader->SetFileName(path.c_str());
        reader->Update();
        int size[3];
        reader->GetOutput()->GetDimensions(size);
        width = size[0];
        height = size[1];
        const auto* values = static_cast<unsigned char*>(reader->GetOutput()->GetScalarPointer());
        const int channels = reader->GetOutput()->GetNumberOfScalarComponents();
        for (int p = 0; p < width * height; ++p) pixels.push_back({values[channels * p], values[channels * p + 1], values[channels * p + 2]});
    }

    /// Part of the pixels in columns [from, to) of the width for which a claim holds.
    template <class Claim>
    [[nodiscard]] double part(double from, double to, Claim claim) const {
        int count = 0, all = 0;
        for (std::size_t p = 0; p < pixels.size(); ++p) {
            const double x = static_cast<double>(p % static_cast<std::size_t>(width)) / width;
            if (x < from || x >= to) continue;
            ++all;
            count += claim(pixels[p]);
        }
        return static_cast<double>(count) / all;
    }
};

bool is_ink(const Pixel& p) { return p[0] < 250 || p[1] < 250 || p[2] < 250; }
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
