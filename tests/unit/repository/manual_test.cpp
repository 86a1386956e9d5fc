// The manual is built as a site: every page has its place, every link and anchor leads somewhere.

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <string>

#include "tests/support/temporary_folder.hpp"
#include "tests/unit/repository/source_tree.hpp"

using namespace foramen::testing;

namespace {

constexpr int not_installed = 77;

/// Exit status of a command whose output goes to a file.
int shell(const std::string& command, const std::string& log) { return WEXITSTATUS(std::system((command + " > " + log + " 2>&1").c_str())); }

}  // namespace

TEST_SUITE("unit/repository") {
    TEST_CASE("the manual is built without a warning, and a wrong anchor is found") {
        const TemporaryFolder folder;
        const std::string site = folder.file("site"), log = folder.file("log"), tools = FORAMEN_SOURCE_DIR "/tools/";
        const int status = shell("'" + tools + "manual' '" + site + "'", log);
        if (status == not_installed) {
            MESSAGE("skipped: mkdocs is not installed (packages mkdocs, mkdocs-material)");
            return;
        }
        INFO(read_text(log));
        REQUIRE(status == 0);
        CHECK(read_text(site + "/docs/first-session.html").find("src=\"http") == std::string::npos);
        CHECK(shell("grep -l 'Limits of use' '" + site + "/index.html'", log) == 0);
        CHECK(shell("echo '<a href=\"limits.html#nowhere\">x</a>' >> '" + site + "/docs/howto.html' && '" + tools + "manual-anchors' '" + site + "'", log) == 1);
        CHECK(read_text(log) == "docs/howto.html: limits.html#nowhere\n");
    }
}
