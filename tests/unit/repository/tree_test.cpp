#include <doctest/doctest.h>

#include <array>
#include <map>
#include <regex>
#include <string_view>

#include "tests/unit/repository/source_tree.hpp"

namespace fs = std::filesystem;

namespace {

using namespace foramen::testing;

bool is_text(const fs::path& file) {
    const std::string text = read_text(file);
    return text.find('\0') == std::string::npos;
}

/// Paths that exist on one machine only. The words are put together here so that this file is not its own finding.
const std::regex& machine_path() {
    const std::string s = "/";
    static const std::regex found("(^|[^A-Za-z0-9_.$}/*-])(" + s + "root|" + s + "home/[a-z][a-z0-9_.-]*|" + s + "work|" + s +
                                  "Users/[A-Za-z][A-Za-z0-9_.-]*|" + s + "mnt/[a-z][a-z0-9_.-]*)($|[^A-Za-z0-9_])|" +
                                  "[A-Z]:\\\\Users");
    return found;
}

/// Names of CSV files that a text mentions.
std::set<std::string> csv_names(const std::string& text) {
    static const std::regex name(R"([A-Za-z0-9_-]+\.csv)");
    return {std::sregex_token_iterator(text.begin(), text.end(), name), std::sregex_token_iterator()};
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
    return parts;
}

struct Budget {
    std::size_t lines;  ///< asked for
    std::size_t limit;  ///< refused above
};

Budget budget(const fs::path& file) {
    if (top_folder(file) == "tests") return {250, 600};
    return file.extension() == ".hpp" ? Budget{150, 300} : Budget{300, 600};
}

}  // namespace

TEST_SUITE("unit/repository") {
    TEST_CASE("no tracked file names a path of somebody's machine") {
        for (const auto& file : tree_files()) {
            if (!is_text(file)) continue;
            int number = 0;
            for (const std::string& line : read_lines(file)) {
                ++number;
                INFO(file.string() << ":" << number << ": " << line.substr(0, 160));
                CHECK_FALSE(std::regex_search(line, machine_path()));
            }
        }
    }

    TEST_CASE("the search for machine paths finds them and nothing else") {
        const std::string s = "/";
        for (const std::string& bad : {"see " + s + "root/x", "\"" + s + "home/ann/x.h\"", "cd " + s + "work", s + "Users/Ann"}) {
            CAPTURE(bad);
            CHECK(std::regex_search(bad, machine_path()));
        }
        for (const std::string& good :
             {"build" + s + "root", "$dir" + s + "work", "a" + s + "workflow", "~" + s + "data", "../" + s + "root"}) {
            CAPTURE(good);
            CHECK_FALSE(std::regex_search(good, machine_path()));
        }
    }

    TEST_CASE("every table of numbers is named by the README beside it, and every name there exists") {
        std::map<fs::path, std::set<std::string>> tables;
        for (const auto& file : tree_files()) {
            if (top_folder(file) == "data" && file.extension() == ".csv")
                tables[file.parent_path()].insert(file.filename().string());
        }
        CHECK(tables.size() >= 5);
        for (const auto& [folder, names] : tables) {
            CAPTURE(folder.string());
            CHECK(csv_names(read_text(folder / "README.md")) == names);
        }
    }

    TEST_CASE("every number has a status word and a source that the README lists") {
        const std::set<std::string> words{"FOUND", "COMPUTED", "RECALLED", "PROPOSED", "CALIBRATED"};
        for (const char* folder : {"anatomy", "ligaments", "muscles", "materials", "body", "calibration", "validation"}) {
            const std::string readme = read_text(fs::path("data") / folder / "README.md");
            for (const auto& entry : fs::directory_iterator(fs::path(FORAMEN_SOURCE_DIR) / "data" / folder)) {
                if (entry.path().extension() != ".csv") continue;
                bool header = true;
                for (const std::string& line : read_lines(entry.path().lexically_relative(FORAMEN_SOURCE_DIR))) {
                    if (line.empty() || line.front() == '#') continue;
                    INFO(entry.path().filename().string() << ": " << line);
                    std::vector<std::string> cells = split(line + " ", ',');  // the space keeps an empty last cell
                    REQUIRE(cells.size() >= 3);
                    cells.back().pop_back();
                    if (header) {
                        CHECK(cells[cells.size() - 2] == "status");
                        CHECK(cells.back() == "source");
                        header = false;
                        continue;
                    }
                    const std::vector<std::string> status = split(cells[cells.size() - 2], '+');
                    CHECK_FALSE(status.empty());
                    for (const std::string& word : status) CHECK(words.contains(word));
                    CHECK((!cells.back().empty() || status == std::vector<std::string>{"PROPOSED"}));
                    for (const std::string& key : split(cells.back(), ' '))
                        CHECK(readme.find("| " + key + " |") != std::string::npos);
                }
            }
        }
    }

    TEST_CASE("no source file is longer than anybody wants to read") {
        std::string over;
        for (const auto& file : tree_files()) {
            if (!is_cpp(file)) continue;
            const std::size_t lines = read_lines(file).size();
            CAPTURE(file.string());
            CHECK(lines <= budget(file).limit);
            if (lines > budget(file).lines) {
                over += "\n  " + file.string() + ": " + std::to_string(lines) + " lines, budget " +
                        std::to_string(budget(file).lines);
            }
        }
        if (!over.empty()) MESSAGE("over budget (a sentence in review, or split):" << over);
    }

    TEST_CASE("what a stranger looks for is there") {
        for (const std::string file : {"README.md", "LICENSE", "CITATION.cff", "CONTRIBUTING.md", "CHANGELOG.md",
                                       "CMakePresets.json", ".clang-format", ".clang-tidy", "docs/index.md", "data/README.md"}) {
            CAPTURE(file);
            CHECK(fs::exists(fs::path(FORAMEN_SOURCE_DIR) / file));
        }
        for (const std::string program : {"bootstrap", ".ci/run", "tools/format"}) {
            CAPTURE(program);
            const fs::path path = fs::path(FORAMEN_SOURCE_DIR) / program;
            REQUIRE(fs::exists(path));
            CHECK((fs::status(path).permissions() & fs::perms::owner_exec) != fs::perms::none);
        }
        CHECK(read_text("LICENSE").find("Apache License") != std::string::npos);
    }

    TEST_CASE("the list of documents is complete and every link between files leads somewhere") {
        const std::string index = read_text("docs/index.md");
        const std::regex link(R"re(\]\(([^)#\s]+)(#[^)]*)?\))re");
        for (const auto& file : tree_files()) {
            if (file.extension() != ".md") continue;
            if (top_folder(file) == "docs" && file != "docs/index.md") {
                CAPTURE(file.string());
                CHECK(index.find("(" + file.lexically_relative("docs").generic_string() + ")") != std::string::npos);
            }
            const std::string text = read_text(file);
            for (std::sregex_iterator found(text.begin(), text.end(), link), end; found != end; ++found) {
                const std::string target = (*found)[1];
                if (target.find("://") != std::string::npos || target.starts_with("mailto:")) continue;
                INFO(file.string() << " links to " << target);
                CHECK(fs::exists(fs::path(FORAMEN_SOURCE_DIR) / file.parent_path() / target));
            }
        }
    }

    TEST_CASE("a decision is numbered, has every heading and fits a page") {
        int expected = 0;
        for (const auto& file : tree_files()) {
            if (file.parent_path() != "docs/decisions") continue;
            ++expected;
            CAPTURE(file.string());
            const std::string text = read_text(file);
            CHECK(std::stoi(file.filename().string().substr(0, 4)) == expected);
            CHECK(text.starts_with("# " + std::to_string(expected) + ". "));
            for (const std::string heading :
                 {"**Status**", "**Date**", "## Context", "## Alternatives", "## Decision", "## Consequences"}) {
                CAPTURE(heading);
                CHECK(text.find(heading) != std::string::npos);
            }
            CHECK(read_lines(file).size() <= 60);
        }
        CHECK(expected >= 10);
    }

    TEST_CASE("every fault that the tests are tried with finds the lines that it changes, and is in the list") {
        const std::string table = read_text("docs/mutants.md");
        int count = 0;
        for (const auto& file : tree_files()) {
            if (file.parent_path() != "tests/mutants" || file.extension() != ".patch") continue;
            ++count;
            CAPTURE(file.string());
            CHECK(table.find("| " + file.stem().string() + " |") != std::string::npos);
            std::string target, removed;
            for (const std::string& line : read_lines(file)) {
                if (line.starts_with("+++ b/")) target = read_text(split(line.substr(6), '\t').front());
                else if (line.starts_with("-") && !line.starts_with("--- ")) removed += line.substr(1) + "\n";
                else {
                    CHECK(target.find(removed) != std::string::npos);
                    removed.clear();
                }
            }
        }
        CHECK(count > 100);
    }
}
