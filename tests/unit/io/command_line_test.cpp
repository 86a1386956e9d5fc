// The program itself, run as a user would. The tests are passed over, with a message, where only the tests were built.

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace fs = std::filesystem;

namespace {
const fs::path program = fs::path(FORAMEN_BINARY_DIR) / "foramen";
const std::string library = std::string(FORAMEN_SOURCE_DIR) + "/scenarios/library";
const std::string wrong = std::string(FORAMEN_SOURCE_DIR) + "/tests/unit/io/wrong";

struct Outcome {
    int code;
    std::string text;
};

/// @param redirection  what becomes of the two streams: "2>&1", "2>/dev/null", "2>&1 >/dev/null"
Outcome foramen(const std::string& arguments, const std::string& redirection = "2>&1") {
    const std::string command = "FORAMEN_LIBRARY='" + library + "' '" + program.string() + "' " + arguments + " " + redirection;
    FILE* const pipe = popen(command.c_str(), "r");
    REQUIRE(pipe);
    std::string text;
    std::array<char, 4096> buffer{};
    while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), n);
    return {WEXITSTATUS(pclose(pipe)), text};
}

bool built() {
    if (fs::exists(program)) return true;
    MESSAGE("the program foramen is not built; its command line was not tested");
    return false;
}
}  // namespace

TEST_SUITE("unit/io") {
    TEST_CASE("the first screen says what the program is not, lists the commands, and asks for one") {
        if (!built()) return;
        const Outcome first = foramen("");
        CHECK(first.code == 2);
        CHECK(first.text.find("Research software. Not a medical device; no clinical advice.") != std::string::npos);
        const Outcome help = foramen("--help");
        CHECK(help.code == 0);
        for (const std::string command : {"check", "describe", "new", "schema", "reference"}) {
            CAPTURE(command);
            CHECK(help.text.find("\n  " + command + " ") != std::string::npos);
            const Outcome its = foramen(command + " --help");
            CHECK(its.code == 0);
            CHECK(its.text.find("Example: foramen " + command) != std::string::npos);
        }
        CHECK(foramen("--version").text.starts_with("foramen "));
    }

    TEST_CASE("measure asks for an anatomy that is there, a sex and a stature that people have") {
        if (!built()) return;
        const Outcome nobody = foramen("measure no-such-spine");
        CHECK(nobody.code == 5);
        CHECK(nobody.text == "foramen: no-such-spine: there is no such file or folder here or in FORAMEN_ANATOMY\n");
        const Outcome sex = foramen("measure no-such-spine --sex both");
        CHECK(sex.code == 2);
        CHECK(sex.text == "foramen: --sex both: expected female or male\n");
        const Outcome stature = foramen("measure no-such-spine --stature '3 m'");
        CHECK(stature.code == 2);
        CHECK(stature.text == "foramen: --stature 3 m: expected a length from 130 cm to 220 cm, such as \"180 cm\"\n");
    }

    TEST_CASE("the environment chooses the kernels' instruction set, and one that is not there is refused") {
        if (!built()) return;
        setenv("FORAMEN_INSTRUCTION_SET", "baseline", 1);
        const Outcome named = foramen("--version");
        setenv("FORAMEN_INSTRUCTION_SET", "avx1024", 1);
        const Outcome unknown = foramen("--version");
        unsetenv("FORAMEN_INSTRUCTION_SET");
        CHECK(named.text.find("\nkernels: baseline\n") != std::string::npos);
        CHECK(unknown.code == 2);
        CHECK(unknown.text.starts_with("foramen: FORAMEN_INSTRUCTION_SET is \"avx1024\"; this build on this processor has baseline"));
    }

    TEST_CASE("check says ok on the standard output, errors on the other, and tells the worst by its exit code") {
        if (!built()) return;
        const std::string good = library + "/default.yaml", bad = wrong + "/key-misspelled.yaml";
        CHECK(foramen("check " + good, "2>/dev/null").text == good + ": ok: 40 min, peak 308.909 N, 0 warnings, 6 assumptions\n");
        CHECK(foramen("check " + good).code == 0);
        CHECK(foramen("check " + good + " " + bad, "2>/dev/null").code == 3);
        CHECK(foramen("check " + bad, "2>/dev/null").text.empty());
        CHECK(foramen("check " + bad, "2>&1 >/dev/null").text.find("hint: did you mean \"angle\"?") != std::string::npos);
        CHECK(foramen("check nosuch.yaml " + bad).code == 5);
        CHECK(foramen("check").code == 2);
        CHECK(foramen("chekc x").code == 2);
        CHECK(foramen("new nosuch").code == 2);
        CHECK(foramen("reference nosuch").code == 2);
        CHECK(foramen("describe " + bad).code == 3);
    }

    TEST_CASE("what describe and new print can be checked again, and a printed program pulled again") {
        if (!built()) return;
        const fs::path folder = fs::path(FORAMEN_BINARY_DIR) / "command_line_test";
        fs::create_directories(folder);
        const auto keep = [&](const std::string& name, const std::string& arguments) {
            std::ofstream(folder / name) << foramen(arguments, "2>/dev/null").text;
            return (folder / name).string();
        };
        CHECK(foramen("check " + keep("described.yaml", "describe quick")).code == 0);
        CHECK(foramen("check " + keep("new.yaml", "new progressive")).code == 0);
        keep("program.csv", "describe quick --program");
        std::ofstream(folder / "again.yaml")
            << "extends: quick\nsession: [{traction: {mode: measured, angle: 18 deg, measured: {file: program.csv}}}]\n";
        const Outcome again = foramen("check " + (folder / "again.yaml").string());
        CHECK(again.code == 0);
        CHECK(again.text.find("ok: 5.26769 min, peak 308.909 N") != std::string::npos);
        fs::remove_all(folder);
    }

    TEST_CASE(
        "an internal path or a stack of C++ words never reaches the user: every wrong file ends with the count of its errors") {
        if (!built()) return;
        const Outcome all = foramen("check " + wrong + "/*.yaml", "2>&1 >/dev/null");
        CHECK(all.code == 3);
        CHECK(all.text.find("internal error") == std::string::npos);
        CHECK(all.text.find("std::") == std::string::npos);
        CHECK(all.text.find("YAML::") == std::string::npos);
    }
}
