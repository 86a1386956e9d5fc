#include <doctest/doctest.h>

#include "io/result_file.hpp"
#include "io/summary.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen;
using namespace foramen::io;

namespace {

const std::vector<std::string> discs{"L4-L5", "L5-S1"};

std::vector<SeriesSpec> series() {
    std::vector<SeriesSpec> all;
    for (const char* axis : {"flexion", "left_bending", "left_rotation"}) {
        all.push_back({std::string("applied_") + axis, "N mm", "moment", "", "", {}});
        all.push_back({std::string("specimen_") + axis, "degree", "angle", "", "", {}});
        all.push_back({std::string("level_") + axis, "degree", "angle", "", "disc", discs});
    }
    for (const char* name : {"follower_load", "axial_load"}) all.push_back({name, "N", "force", "", "", {}});
    all.push_back({"axial_displacement", "mm", "displacement", "", "", {}});
    all.push_back({"idp", "MPa", "pressure", "", "disc", discs});
    all.push_back({"fluid_content", "mm3", "water", "", "disc", discs});
    return all;
}

/// flexion, bending, rotation (applied, whole, two levels each), follower, axial load, displacement, pressures, water
std::vector<double> row(double moment, double force, double pressure) {
    return {moment, moment * 3e-3, moment * 1e-3, moment * 2e-3, 0.0, 0.5, 0.2, 0.3, 0.0, 0.1, 0.04, 0.06,
            150.0,  -force,        -force / 1e3,  pressure,      pressure + 0.1, 9000.0 - force, 8000.0};
}

}  // namespace

TEST_SUITE("unit/io") {
    TEST_CASE("a test in the laboratory is summarised by direction and level, at the largest load each way") {
        const testing::TemporaryFolder folder;
        const std::string path = folder.file("test.h5");
        {
            ResultWriter writer(path, {}, series(), {{"title", "A segment", "name"}}, {});
            writer.append_history(0.0, row(0.0, 0.0, 0.2));
            writer.append_history(10.0, row(5000.0, 0.0, 0.4));
            writer.append_history(20.0, row(-7500.0, 0.0, 0.5));
            writer.append_history(30.0, row(0.0, 1000.0, 0.9));
            writer.append_history(60.0, row(0.0, 100.0, 0.3));
            writer.finish(RunStatus::complete, {});
        }
        const std::string text = summarize(ResultFile(path));
        CAPTURE(text);
        const auto has = [&](const char* line) { return text.find(line) != std::string::npos; };
        CHECK(has("A segment\ncomplete: 1 min 00 s of test in 4 steps\nlargest follower load 150.0 N\n"));
        CHECK(has("                                        L4-L5    L5-S1    whole\n"
                  "disc pressure without load     MPa      0.200    0.300\n"
                  "flexion at 5 Nm                deg       5.00    10.00    15.00\n"
                  "  disc pressure                MPa      0.400    0.500\n"
                  "extension at 7.5 Nm            deg       7.50    15.00    22.50\n"
                  "  disc pressure                MPa      0.500    0.600\n"
                  "compression 1000.0 N after 30 s: shorter by 1.000 mm\n"));
        CHECK(has("at the end 100.0 N: shorter by 0.100 mm\n"));
        CHECK(has("  water gained                 mm3     -100.0      0.0\n"));
        CHECK_FALSE(has("bending"));   // no such moment was applied
        CHECK_FALSE(has("facet"));     // a disc alone has none
        CHECK_FALSE(has("\ntension"));
    }
}
