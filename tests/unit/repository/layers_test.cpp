// Decision 1: engine <- models <- scenarios <- io <- viz.

#include <doctest/doctest.h>

#include <array>
#include <optional>
#include <regex>
#include <string_view>
#include <utility>

#include "tests/unit/repository/source_tree.hpp"

namespace {

using namespace foramen::testing;

constexpr std::array<std::string_view, 5> layers{"engine", "models", "scenarios", "io", "viz"};

std::optional<std::size_t> layer_of(std::string_view folder) {
    const auto found = std::find(layers.begin(), layers.end(), folder);
    if (found == layers.end()) return std::nullopt;
    return static_cast<std::size_t>(found - layers.begin());
}

/// What is wrong with one include of a file in `folder`; empty if nothing is.
std::string complaint(const std::string& folder, const std::string& included, bool quoted) {
    if (quoted) {
        const std::string target = top_folder(included);
        if (folder != "tests" && target == "tests") return "only tests may include tests/";
        const auto from = layer_of(folder);
        const auto to = layer_of(target);
        if (from && to && *to > *from) return "an include to the right";
        if (target != "tests" && !to) return "a quoted include is written from the root";
        return "";
    }
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> owners{
        {{"yaml-cpp/", "io"}, {"hdf5", "io"}, {"H5", "io"}, {"CLI/", "io"}, {"vtk", "viz"}, {"doctest/", "tests"}}};
    for (const auto& [prefix, owner] : owners) {
        if (included.starts_with(prefix) && folder != owner && folder != "tests")
            return "belongs into " + std::string(owner) + "/ alone";
    }
    return "";
}

}  // namespace

TEST_SUITE("unit/repository") {
    TEST_CASE("includes go to the left only, and each library stays in its folder") {
        const std::regex include(R"re(^\s*#\s*include\s*(["<])([^">]+)[">])re");
        int seen = 0;
        for (const auto& file : tree_files()) {
            if (!is_cpp(file)) continue;
            for (const std::string& line : read_lines(file)) {
                std::smatch match;
                if (!std::regex_search(line, match, include)) continue;
                ++seen;
                const bool quoted = match[1] == "\"";
                INFO(file.string() << ": " << line);
                CHECK(complaint(top_folder(file), match[2], quoted) == "");
                if (quoted) CHECK(std::filesystem::exists(std::filesystem::path(FORAMEN_SOURCE_DIR) / match[2].str()));
            }
        }
        CHECK(seen > 100);
    }

    TEST_CASE("the rule itself refuses what it must") {
        CHECK(complaint("engine", "models/anatomy.hpp", true) == "an include to the right");
        CHECK(complaint("io", "viz/picture.hpp", true) == "an include to the right");
        CHECK(complaint("io", "models/anatomy.hpp", true) == "");
        CHECK(complaint("viz", "tests/support/close.hpp", true) == "only tests may include tests/");
        CHECK(complaint("io", "result_file.hpp", true) == "a quoted include is written from the root");
        CHECK(complaint("scenarios", "yaml-cpp/yaml.h", false) == "belongs into io/ alone");
        CHECK(complaint("io", "vtkNew.h", false) == "belongs into viz/ alone");
        CHECK(complaint("tests", "hdf5.h", false) == "");
    }

    TEST_CASE("the engine neither prints nor reads files, and clocks only to say where the time went") {
        const std::regex forbidden(R"re(#\s*include\s*<(iostream|fstream|cstdio|filesystem|chrono|fmt/.*)>)re");
        for (const auto& file : tree_files()) {
            const std::string folder = top_folder(file);
            const bool stopwatch = file == "engine/core/profile.hpp";  // nothing is decided by what it shows
            if (!is_cpp(file) || stopwatch || (folder != "engine" && folder != "models")) continue;
            for (const std::string& line : read_lines(file)) {
                INFO(file.string() << ": " << line);
                CHECK_FALSE(std::regex_search(line, forbidden));
            }
        }
    }
}
