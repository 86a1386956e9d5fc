#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>

#include "io/field_docs.hpp"
#include "io/scenario_reader.hpp"
#include "io/scenario_writer.hpp"
#include "scenarios/laboratory_program.hpp"
#include "scenarios/load_program.hpp"

using namespace foramen::io;
namespace fs = std::filesystem;

namespace {
const fs::path root = FORAMEN_SOURCE_DIR;
const ReadOptions with_library{{root / "scenarios/library"}};

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<fs::path> library_files() {
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator(root / "scenarios/library")) {
        if (file.path().extension() == ".yaml") files.push_back(file.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// Whether the first page of a file says that it is refused.
bool says_refused(const std::string& text) { return text.find("\n# Refused") != std::string::npos; }
}  // namespace

TEST_SUITE("unit/io") {
    TEST_CASE("every scenario of the library passes the check without a warning, or is refused as its first page says") {
        const auto files = library_files();
        CHECK(files.size() >= 19);
        for (const fs::path& file : files) {
            CAPTURE(file.filename().string());
            const std::string text = text_of(file);
            CHECK(text.find("What to look for") != std::string::npos);
            CHECK(text.starts_with("# yaml-language-server: $schema=../scenario.schema.json\n"));
            if (says_refused(text)) {
                CHECK_THROWS_AS((void)read_scenario(file, with_library), ScenarioError);
                continue;
            }
            try {
                const LoadedScenario loaded = read_scenario(file, with_library);
                CHECK(loaded.warnings.empty());
                const auto& lab = loaded.scenario.laboratory;
                const double duration = lab ? foramen::scenarios::LaboratoryProgram(*lab).duration()
                                            : foramen::scenarios::load_program(loaded.scenario).duration();
                CHECK(duration > 0.0);
            } catch (const ScenarioError& e) {
                FAIL_CHECK(e.what());
            }
        }
    }

    TEST_CASE("every scenario of the battery passes the check without a warning; all but those of a person are tests in the laboratory") {
        int seen = 0;
        for (const auto& file : fs::directory_iterator(root / "scenarios/battery")) {
            CAPTURE(file.path().string());
            CHECK(text_of(file.path()).find("What to look for") != std::string::npos);
            try {
                const LoadedScenario loaded = read_scenario(file.path(), with_library);
                CHECK(loaded.warnings.empty());
                CHECK(loaded.scenario.laboratory.has_value() == (file.path().stem() != "lying" && file.path().stem() != "night"));
                ++seen;
            } catch (const ScenarioError& e) {
                FAIL_CHECK(e.what());
            }
        }
        CHECK(seen >= 13);
    }

    TEST_CASE("the refused scenarios of the library are refused for the stated reason") {
        const auto reason = [](const std::string& name) {
            try {
                (void)read_scenario(name, with_library);
            } catch (const ScenarioError& e) {
                return e.diagnostics().front().field + ": " + e.diagnostics().front().reason;
            }
            return std::string("accepted");
        };
        CHECK(reason("spondylolisthesis") ==
              "patient.contraindications: traction is contraindicated (spondylolisthesis, instability): the scenario is refused");
        CHECK(reason("osteoporosis") ==
              "patient.contraindications: traction is contraindicated (severe_osteoporosis): the scenario is refused");
    }

    TEST_CASE("every part of the library is used by a scenario or can be, and begins with what it is") {
        for (const char* part : {"patients", "devices", "tables", "protocols"}) {
            for (const auto& file : fs::directory_iterator(root / "scenarios/library" / part)) {
                CAPTURE(file.path().string());
                CHECK(text_of(file.path()).starts_with("# "));
                const std::string name = file.path().stem().string();
                const std::string kind = std::string(part).substr(0, std::string(part).size() - 1);
                std::string text = "extends: default\n" + kind + ": " + name + "\n";
                if (kind == "protocol") text = "extends: default\nsession: [{traction: " + name + "}]\n";
                if (name == "decompression") text += "session: [{traction: decompression-15x60-30}]\n";
                if (name == "hands" || name == "home-pneumatic")
                    text += "session: [{traction: {mode: static, hold: {force: 200 N}, duration: 5 min}}]\n";
                CHECK_NOTHROW((void)read_scenario_text(text, "part.yaml", with_library));
            }
        }
    }

    TEST_CASE("a written scenario reads back equal, with no other file, and writes the same again") {
        for (const fs::path& file : library_files()) {
            if (says_refused(text_of(file))) continue;
            CAPTURE(file.filename().string());
            const LoadedScenario loaded = read_scenario(file, with_library);
            const LoadedScenario again = read_scenario_text(loaded.resolved, "resolved.yaml", {});
            CHECK(again.scenario == loaded.scenario);
            CHECK(scenario_text(again.scenario) == scenario_text(loaded.scenario));
            CHECK(read_scenario_text(scenario_text(loaded.scenario), "plain.yaml", {}).scenario == loaded.scenario);
        }
    }

    TEST_CASE("every template passes the check and holds a comment on each value") {
        for (const std::string& kind : template_kinds()) {
            CAPTURE(kind);
            const std::string text = template_text(kind);
            const LoadedScenario loaded = read_scenario_text(text, "template.yaml", {});
            CHECK(loaded.warnings.empty());
            CHECK(loaded.scenario == read_scenario_text(loaded.resolved, "again.yaml", {}).scenario);
        }
    }

    TEST_CASE("the manual page and the schema in the tree are those that the program makes") {
        CHECK(text_of(root / "docs/scenario.md") == scenario_reference());
        CHECK(text_of(root / "scenarios/scenario.schema.json") == scenario_schema());
    }

    TEST_CASE("a part of the reference can be asked for") {
        CHECK(scenario_reference("patient.muscles").starts_with("## `patient.muscles`"));
        CHECK(scenario_reference("nosuch").empty());
    }

    TEST_CASE("a library file with random damage is read or refused, never worse") {
        std::mt19937_64 random(7);
        const std::string letters = "{}[]:,-#&*!|>'\"%@`\n\t 0aN\xff\x00~?<";
        for (const fs::path& file : library_files()) {
            const std::string text = text_of(file);
            for (int round = 0; round < 60; ++round) {
                std::string damaged = text;
                for (int change = 0; change < 3; ++change) {
                    const std::size_t at = random() % damaged.size();
                    switch (random() % 3) {
                        case 0:
                            damaged[at] = letters[random() % letters.size()];
                            break;
                        case 1:
                            damaged.erase(at, random() % 20);
                            break;
                        default:
                            damaged.insert(at, damaged.substr(random() % damaged.size(), random() % 40));
                            break;
                    }
                }
                try {
                    (void)read_scenario_text(damaged, "damaged.yaml", with_library);
                } catch (const ScenarioError&) {
                } catch (const std::exception& e) {
                    FAIL_CHECK(e.what() << "\n" << damaged);
                }
            }
        }
    }
}
