#include <doctest/doctest.h>

#include "io/data_folder.hpp"
#include "tests/unit/repository/source_tree.hpp"

namespace fs = std::filesystem;
using namespace foramen;
using namespace foramen::testing;

TEST_SUITE("unit/repository") {
    TEST_CASE("the script of the report's page was made from the sources that lie in tools/report-page") {
        const std::string script = read_text("data/report/page.js"), banner = script.substr(0, script.find("*/"));
        int sources = 0;
        for (const fs::path& file : tree_files()) {
            const fs::path name = file.lexically_relative("tools/report-page");
            const bool source = name.parent_path() == "src" || name == "build.mjs" || name == "package-lock.json";
            if (!source || name.native().starts_with("..")) continue;
            ++sources;
            INFO(name.string() << " has changed: npm ci && npm run build in tools/report-page");
            CHECK(banner.find(name.generic_string() + " " + io::file_sha256(fs::path(FORAMEN_SOURCE_DIR) / file)) != std::string::npos);
        }
        CHECK(sources >= 8);
        CHECK(read_text("tools/report-page/package-lock.json").find("\"resolved\"") == std::string::npos);
    }
}
