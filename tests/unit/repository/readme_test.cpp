// What README.md and docs/ say a user can type and read is tried here: commands, file names, names of series and fields.

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <map>
#include <regex>
#include <set>

#include "io/data_folder.hpp"
#include "io/recorder.hpp"
#include "io/scenario_reader.hpp"
#include "io/verify/case.hpp"
#include "tests/support/spine_rows.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/repository/source_tree.hpp"

namespace fs = std::filesystem;
using namespace foramen;
using namespace foramen::testing;

namespace {

/// A fenced block of a page: ```language name
struct Block {
    std::string language, name;
    std::vector<std::string> lines;
};

std::vector<Block> blocks_of(const fs::path& page) {
    std::vector<Block> blocks;
    bool inside = false;
    for (const std::string& line : read_lines(page)) {
        if (line.starts_with("```")) {
            inside = !inside;
            if (!inside) continue;
            Block block;
            std::istringstream(line.substr(3)) >> block.language >> block.name;
            blocks.push_back(block);
        } else if (inside) {
            blocks.back().lines.push_back(line);
        }
    }
    return blocks;
}

/// README.md and the pages of docs/, without the decisions.
std::vector<fs::path> pages() {
    std::vector<fs::path> found{"README.md"};
    for (const fs::path& file : tree_files())
        if (file.parent_path() == "docs" && file.extension() == ".md") found.push_back(file);
    return found;
}

/// The cells of the rows below each table whose header begins with the given cells.
std::vector<std::vector<std::string>> table_rows(const fs::path& page, const std::vector<std::string>& header) {
    std::vector<std::vector<std::string>> rows;
    bool wanted = false, first = true;
    for (const std::string& line : read_lines(page)) {
        if (!line.starts_with("|")) {
            first = true;
            continue;
        }
        std::vector<std::string> cells;
        std::istringstream text(line.substr(1));
        for (std::string cell; std::getline(text, cell, '|');) {
            cell.erase(0, cell.find_first_not_of(" `"));
            cell.erase(cell.find_last_not_of(" `") + 1);
            cells.push_back(cell);
        }
        if (first) wanted = cells.size() >= header.size() && std::equal(header.begin(), header.end(), cells.begin());
        if (!first && wanted && !cells[0].starts_with("---")) rows.push_back(cells);
        first = false;
    }
    return rows;
}

const models::SpineModel& spine() {
    static const models::SpineModel model = [] {
        models::SpineSpec spec = coarse_spec();
        spec.solutes = true;
        spec.discs[3].herniation = models::Herniation{2.6, 2.0};
        return models::build_spine(source_tables(), spec);
    }();
    return model;
}

using Names = std::map<std::string, std::string>;  // name to unit

const models::SpineModel& specimen() {
    models::SpineSpec spec = coarse_spec();
    spec.specimen = models::SpecimenSpec{};
    spec.bone = models::BoneState::normal;
    static const models::SpineModel model = models::build_spine(source_tables(), spec);
    return model;
}

Names series_of_the_program() {
    Names names;
    for (const models::SpineModel* model : {&spine(), &specimen()}) {
        const models::SpineObserver observer(*model);
        for (const models::Observable& o : io::recorded(*model, observer, models::Dose(observer))) names[o.name] = o.units;
    }
    return names;
}

/// A result of the quick scenario that holds two steps and no field: enough for every command but render and view.
void write_result(const std::string& path) {
    const std::string library = FORAMEN_SOURCE_DIR "/scenarios/library";
    const models::SpineObserver observer(spine());
    std::size_t width = 0;
    for (const models::Observable& o : observer.observables()) width += o.size();
    io::ResultWriter writer(
        path, {}, io::series_of(observer.observables()),
        {{"title", "a test", "name"}, {"scenario_resolved", io::read_scenario("quick", {{library}}).resolved, "scenario"}}, {});
    for (const double time : {0.0, 1.0}) writer.append_history(time, std::vector<double>(width, 1.0));
    writer.finish(io::RunStatus::complete, {});
}

/// Types the foramen commands of a page, one after another, in a folder of their own.
class Reader {
public:
    struct Outcome {
        int code;
        std::string text;
    };

    void keep(const Block& block) {
        std::ofstream file(folder_.file(block.name));
        for (const std::string& line : block.lines) file << line << "\n";
    }

    /// hil only with --dry-run; reduce without its check and with few elements; run only with --dry-run, after which its result is put there; render and view only as far as their
    /// options.
    Outcome type(const std::string& line) {
        prepare_results(line);
        if (line.starts_with("foramen run ")) {
            const Outcome outcome = shell("foramen run --dry-run " + line.substr(12));
            const std::regex wrote(R"(would write (\S+))");
            for (std::sregex_iterator m(outcome.text.begin(), outcome.text.end(), wrote), end; m != end; ++m)
                write_result(folder_.file((*m)[1]));
            return outcome;
        }
        if (line.starts_with("foramen reduce ")) return shell(line + " --no-check --tolerance 0.05");
        if (line.starts_with("foramen hil ")) return shell("foramen hil --dry-run " + line.substr(12));
        const std::string command = line.substr(8, line.find(' ', 8) - 8);
        if (command != "render" && command != "view") return shell(line);
        const Outcome help = shell("foramen " + command + " --help");
        const std::regex option(R"( (--?[a-z-]+))");
        for (std::sregex_iterator m(line.begin(), line.end(), option), end; m != end; ++m)
            if (help.text.find((*m)[1].str()) == std::string::npos) return {2, command + " has no option " + (*m)[1].str()};
        std::smatch input;
        const bool known =
            std::regex_search(line, input, std::regex(R"((?:render|view) (\S+\.h5))")) && fs::exists(folder_.file(input[1]));
        return known ? help : Outcome{5, "the result was not made by a command above"};
    }

private:
    /// What ./bootstrap run leaves.
    void prepare_results(const std::string& line) {
        const std::string made = "results/default.h5";
        if (line.find(made) == std::string::npos || fs::exists(folder_.file(made))) return;
        fs::create_directory(folder_.file("results"));
        write_result(folder_.file(made));
    }

    [[nodiscard]] Outcome shell(const std::string& line) const {
        const std::string command = "cd '" + folder_.file("") +
                                    "' && export FORAMEN_LIBRARY='" FORAMEN_SOURCE_DIR
                                    "/scenarios/library' PATH='" FORAMEN_BINARY_DIR ":'$PATH && (" +
                                    line + ") 2>&1";
        FILE* const pipe = popen(command.c_str(), "r");
        REQUIRE(pipe);
        std::string text;
        std::array<char, 4096> buffer{};
        while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), n);
        return {WEXITSTATUS(pclose(pipe)), text};
    }

    TemporaryFolder folder_;
};

}  // namespace

TEST_SUITE("unit/repository") {
    TEST_CASE("every foramen command of README.md and docs/ does what a reader would type it for") {
        if (!fs::exists(FORAMEN_BINARY_DIR "/foramen")) {
            MESSAGE("skipped: the program foramen is not built");
            return;
        }
        int typed = 0;
        for (const fs::path& page : pages()) {
            Reader reader;
            for (const Block& block : blocks_of(page)) {
                if (!block.name.empty()) reader.keep(block);
                if (block.language != "sh") continue;
                for (const std::string& line : block.lines) {
                    if (!line.starts_with("foramen ")) continue;
                    ++typed;
                    const auto [code, text] = reader.type(line);
                    INFO(page.string() << ": " << line << "\n" << text);
                    CHECK(code == 0);
                }
            }
        }
        CHECK(typed > 20);
    }

    TEST_CASE("bootstrap knows every word that README.md and docs/ give it") {
        const std::string bootstrap = read_text("bootstrap");
        const std::regex call(R"(\./bootstrap ([a-z]+))");
        int seen = 0;
        for (const fs::path& page : pages()) {
            const std::string text = read_text(page);
            for (std::sregex_iterator m(text.begin(), text.end(), call), end; m != end; ++m, ++seen) {
                INFO(page.string() << ": " << (*m)[0].str());
                CHECK(bootstrap.find("\n    " + (*m)[1].str() + ") ") != std::string::npos);
            }
        }
        CHECK(seen > 2);
    }

    TEST_CASE("docs/verification.md shows every case of data/verification, by title, and no other") {
        std::set<std::string> shown, there;
        for (const std::string& line : read_lines("docs/verification.md"))
            if (line.starts_with("## ")) shown.insert(line.substr(3));
        for (const io::VerificationCase& c : io::read_cases(io::data_folder() / "verification")) there.insert(c.title);
        CHECK(shown == there);
    }

    TEST_CASE("every file that README.md names is there") {
        const std::regex span(R"re(`(\./)?([A-Za-z.][A-Za-z0-9_.-]*/[A-Za-z0-9_./-]*)`)re");
        const std::string text = read_text("README.md");
        int seen = 0;
        for (std::sregex_iterator m(text.begin(), text.end(), span), end; m != end; ++m) {
            const std::string path = (*m)[2];
            if (path.starts_with("build/") || path.starts_with("results/")) continue;  // made by bootstrap
            CAPTURE(path);
            CHECK(fs::exists(fs::path(FORAMEN_SOURCE_DIR) / path));
            ++seen;
        }
        CHECK(seen > 2);
    }

    TEST_CASE("docs/observables.md defines every series, with its unit, and no other; docs/result-file.md lists them all") {
        Names documented;
        for (const auto& cells : table_rows("docs/observables.md", {"series", "unit"})) documented[cells[0]] = cells[1];
        const Names real = series_of_the_program();
        CHECK(real.size() > 40);
        for (const auto& [name, unit] : real) {
            CAPTURE(name);
            CHECK(documented.contains(name));
            if (documented.contains(name)) CHECK(documented[name] == unit);
            CHECK(read_text("docs/result-file.md").find("`" + name + "`") != std::string::npos);
        }
        for (const auto& [name, unit] : documented) {
            CAPTURE(name);
            CHECK(real.contains(name));
        }
    }

    TEST_CASE(
        "docs/observables.md defines every field, with its unit, and no other; docs/result-file.md lists them and the blocks") {
        std::set<std::string> documented, real;  // name [unit]
        for (const auto& cells : table_rows("docs/observables.md", {"block", "field", "unit"}))
            documented.insert(cells[1] + " [" + cells[2] + "]");
        const std::string contract = read_text("docs/result-file.md");
        const models::SpineNutrition nutrition(spine());
        const io::SpineBlocks blocks(spine(), models::foramen_landmarks(spine()), &nutrition);
        for (const io::BlockSpec& block : blocks.specs()) {
            if (block.group != "discs" && block.group != "vertebrae")
                CHECK(contract.find("`" + block.name + "`") != std::string::npos);
            for (const auto* fields : {&block.point_fields, &block.cell_fields})
                for (const io::FieldSpec& f : *fields) real.insert(f.name + " [" + f.units + "]");
            for (const auto& [f, values] : block.static_cell_fields) real.insert(f.name + " [" + f.units + "]");
        }
        for (const std::string& field : real) {
            CAPTURE(field);
            CHECK(documented.contains(field));
            CHECK(contract.find("`" + field.substr(0, field.find(' ')) + "`") != std::string::npos);
        }
        for (const std::string& field : documented) {
            CAPTURE(field);
            CHECK(real.contains(field));
        }
    }
}
