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
