#include <doctest/doctest.h>
#include <fmt/core.h>

#include <algorithm>

#include "tests/runs/reference_run.hpp"

using namespace foramen::io;
using namespace foramen::testing;

namespace {

bool installed(const std::string& program) { return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0; }

int corners_of(CellType type) {
    switch (type) {
        case CellType::line:
            return 2;
        case CellType::triangle:
            return 3;
        case CellType::quad:
            return 4;
        case CellType::hexahedron:
            break;
    }
    return 8;
}

/// One line of what tests/paraview/open_result.py expects: nine digits give back a float.
std::string array_line(int step, const std::string& block, const char* kind, const FieldSpec& field,
                       const std::vector<float>& v) {
    const auto [least, most] = std::minmax_element(v.begin(), v.end());
    return fmt::format("array {}/{}/{}/{}/{}/{:.9g}/{:.9g}/{:.9g}/{:.9g}\n", step, block, kind, field.name, field.components,
                       v.front(), v.back(), *least, *most);
}

std::string expectations(const ResultFile& result) {
    std::string text;
    const int last = static_cast<int>(result.field_times().size()) - 1;
    for (int step = 0; step <= last; ++step) text += fmt::format("time {} {}\n", step, result.field_times()[step]);
    for (const BlockSpec& block : result.blocks()) {
        text += fmt::format("block {}/{}/{}\n", block.name, block.points.size() / 3,
                            block.connectivity.size() / corners_of(block.cell_type));
        for (const int step : {0, last / 2, last}) {
            for (const FieldSpec& field : block.point_fields)
                text += array_line(step, block.name, "point", field, result.point_field(block.name, field.name, step));
            for (const FieldSpec& field : block.cell_fields)
                text += array_line(step, block.name, "cell", field, result.cell_field(block.name, field.name, step));
            for (const auto& [field, values] : block.static_cell_fields)
                text += array_line(step, block.name, "cell", field, values);
        }
    }
    return text;
}

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE("ParaView opens the result of a run with its times, blocks and fields") {
        if (!installed("pvbatch") || !installed("Xvfb")) {
            MESSAGE("skipped: pvbatch or Xvfb is not installed (packages paraview, python3-paraview, xvfb)");
            return;
        }
        const TemporaryFolder folder;
        const std::string path = ReferenceRun::get().path();
        write_text(folder.file("expected"), expectations(ResultFile(path)));
        const std::string scripts = FORAMEN_SOURCE_DIR "/tests/paraview/";
        const std::string command = scripts + "with_display.sh timeout 120 pvbatch --force-offscreen-rendering " + scripts +
                                    "open_result.py " + path.substr(0, path.size() - 3) + " " + folder.file("expected") + " >" +
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
