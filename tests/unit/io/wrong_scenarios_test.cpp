// tests/unit/io/wrong/NAME.yaml is a scenario with errors, NAME.txt all that is printed about it, to the letter.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "io/scenario_reader.hpp"

using namespace foramen::io;
namespace fs = std::filesystem;

namespace {
const fs::path folder = fs::path(FORAMEN_SOURCE_DIR) / "tests/unit/io/wrong";

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string without(std::string text, const std::string& part) {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
    return text;
}

/// What `foramen check` says when it runs beside the file.
std::string printed(const fs::path& file) {
    try {
        (void)read_scenario(file, {{fs::path(FORAMEN_SOURCE_DIR) / "scenarios/library"}});
    } catch (const ScenarioError& e) {
        return without(std::string(e.what()) + "\n", folder.string() + "/");
    }
    return "no error\n";
}

std::vector<fs::path> wrong_files() {
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator(folder)) {
        if (file.path().extension() == ".yaml") files.push_back(file.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}
}  // namespace

TEST_SUITE("unit/io") {
    TEST_CASE("every wrong scenario is refused with exactly the text beside it") {
        const auto files = wrong_files();
        CHECK(files.size() >= 75);
        for (const fs::path& file : files) {
            CAPTURE(file.stem().string());
            fs::path expected = file;
            CHECK(printed(file) == text_of(expected.replace_extension(".txt")));
        }
    }

    TEST_CASE("every message about a place shows the line, a caret under it, and is no longer than a screen is wide") {
        for (const fs::path& file : wrong_files()) {
            CAPTURE(file.stem().string());
            try {
                (void)read_scenario(file, {{fs::path(FORAMEN_SOURCE_DIR) / "scenarios/library"}});
            } catch (const ScenarioError& e) {
                CHECK_FALSE(e.diagnostics().empty());
                for (const Diagnostic& d : e.diagnostics()) {
                    CHECK(d.line >= 1);
                    CHECK(d.column >= 1);
                    CHECK(to_text(d).find('^') != std::string::npos);
                }
            }
        }
    }

    TEST_CASE("a file of many megabytes is refused before it is parsed") {
        const std::string big = "foramen: 1\n#" + std::string(5u << 20, 'x') + "\n";
        try {
            (void)read_scenario_text(big, "big.yaml", {});
            FAIL("was read");
        } catch (const ScenarioError& e) {
            CHECK(std::string(e.what()) ==
                  "big.yaml:1:1: error: the file has 5 MB; a scenario has at most 4\n"
                  "  1 | foramen: 1\n"
                  "    | ^\n"
                  "  hint: is it a result file?\n"
                  "big.yaml: 1 error; nothing was run");
        }
    }

    TEST_CASE("twenty thousand brackets are refused, not followed") {
        for (const char* open : {"[", "{a: ", "- "}) {
            std::string deep = "foramen: 1\nsession: ";
            for (int i = 0; i < 20000; ++i) deep += open;
            CHECK_THROWS_AS((void)read_scenario_text(deep, "deep.yaml", {}), ScenarioError);
        }
    }

    TEST_CASE("carets stand under the right character behind letters of several bytes and tabs") {
        Diagnostics diagnostics;
        const int file = diagnostics.add_source("a.yaml", "n\xc3\xa4me: \tx\n");
        diagnostics.error({file, 0, 8, 1}, "f", "is wrong");
        CHECK(to_text(diagnostics.sorted().front()) ==
              "a.yaml:1:8: error: f: is wrong\n  1 | n\xc3\xa4me: \tx\n    |       \t^\n");
    }
}
