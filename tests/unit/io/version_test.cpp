#include "io/version.hpp"

#include <doctest/doctest.h>

#include <regex>

TEST_SUITE("unit/io") {
    TEST_CASE("the version names a release and a commit") {
        CHECK(
            std::regex_match(foramen::io::version_text(), std::regex(R"(\d+\.\d+\.\d+ \((unknown|[0-9a-f]{7,40}(-dirty)?)\))")));
    }

    TEST_CASE("every entry about the build has a value and a long name") {
        const auto entries = foramen::io::build_provenance();
        CHECK(entries.size() == 7);
        for (const auto& entry : entries) {
            INFO(entry.name);
            CHECK(entry.value != "");
            CHECK(entry.long_name != "");
        }
    }
}
