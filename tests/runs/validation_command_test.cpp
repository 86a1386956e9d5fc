#include <doctest/doctest.h>

#include "tests/runs/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen::testing;

namespace {

Outcome verify(const TemporaryFolder& folder, std::vector<std::string> options,
               const std::string& data = FORAMEN_SOURCE_DIR "/data") {
    options.insert(options.begin(), {"verify"});
    return run_program(folder.file(""), std::move(options), folder.file(""), data);
}

}  // namespace

TEST_SUITE_BEGIN("runs");

TEST_CASE("validation ends with 0 although a target is missed, and with 1 when that is asked for") {
    const TemporaryFolder folder;  // with the tables, and a target that nothing meets
    std::filesystem::copy(FORAMEN_SOURCE_DIR "/data", folder.file("data"), std::filesystem::copy_options::recursive);
    std::ofstream(folder.file("data/validation/steel.yaml"))
        << "title: Steel\nabout: not annulus\nsource: nobody\nstatus: PROPOSED\ntargets:\n  - {what: modulus, unit: MPa, median: "
           "2e5, "
           "tolerance: 10 %, measure: annulus_modulus, input: {least: 1 %, largest: 2 %}}\n";
    const Outcome missed =
        verify(folder, {"--validation", "--only", "steel", "--csv", "t.csv", "--plot", "t.svg"}, folder.file("data"));
    CHECK(missed.code == 0);
    CHECK(missed.out.find("1 targets: 0 in, 0 unclear, 1 missed, 0 not computed\n") != std::string::npos);
    CHECK(text_of(folder.file("t.csv")).find(",missed,validation,PROPOSED,nobody,") != std::string::npos);
    CHECK(text_of(folder.file("t.svg")).starts_with("<svg"));
    CHECK(verify(folder, {"--validation", "--only", "steel", "--strict"}, folder.file("data")).code == 1);
    CHECK(verify(folder, {"--validation", "--only", "steel", "--page", "none.md"}, folder.file("data")).code == 5);
}

TEST_CASE("validation on the tree's own targets: a test that runs, its list, and what is misspelt") {
    const TemporaryFolder folder;
    const Outcome day = verify(folder, {"--validation", "--only", "day-height,annulus*"});
    CHECK(day.code == 0);
    CHECK(day.out.find("0 not computed\n") != std::string::npos);
    CHECK(day.err.find("day ") != std::string::npos);
    CHECK(verify(folder, {"--validation", "--list"}).out.find("spine-motion             calibration  3 targets") !=
          std::string::npos);
    const Outcome nearly = verify(folder, {"--validation", "--only", "spine-notion"});
    CHECK(nearly.code == 2);
    CHECK(nearly.err == "foramen: no published test is called spine-notion; did you mean \"spine-motion\"?\n");
    CHECK(verify(folder, {"--strict"}).err == "foramen: --strict belongs to --validation\n");
    CHECK(verify(folder, {"--validation", "--full"}).code == 2);
}

TEST_SUITE_END();
