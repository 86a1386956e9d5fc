#include <doctest/doctest.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <sstream>

#include "tests/runs/reference_run.hpp"

using namespace foramen::io;
using namespace foramen::testing;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

/// A scenario without the comments that say where each value came from.
std::string without_comments(const std::string& yaml) {
    std::string text;
    for (const std::string& line : lines_of(yaml)) {
        const std::string value = line.substr(0, line.find('#'));
        if (const std::size_t last = value.find_last_not_of(' '); last != std::string::npos)
            text += value.substr(0, last + 1) + "\n";
    }
    return text;
}

/// Cells of a line without quotes in it.
std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
    return cells;
}

/// A number as text gives back every bit of the number; what is not a number stays so.
bool says(const std::string& cell, double value) {
    double read = 0.0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), read);
    if (error != std::errc() || end != cell.data() + cell.size()) return false;
    return std::isnan(value) ? std::isnan(read) : std::bit_cast<std::uint64_t>(read) == std::bit_cast<std::uint64_t>(value);
}

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE("a result holds all that repeats its run: the same bits, beside it and under another name") {
        const ReferenceRun& reference = ReferenceRun::get();
        const TemporaryFolder folder;
        std::filesystem::copy_file(reference.path(), folder.file("short.h5"));
        const std::string before = text_of(folder.file("short.h5"));
        const Outcome run = run_program(folder.file(""), {"run", "short.h5", "--quiet"}, reference.folder());
        REQUIRE_MESSAGE(run.code == 0, run.err);
        CHECK(text_of(folder.file("short.h5")) == before);
        const ResultFile again(folder.file("short-again.h5")), first(reference.path());
        check_same_bits(again, first);
        CHECK(again.status() == RunStatus::complete);
        CHECK(without_comments(again.provenance("scenario_resolved")) == without_comments(first.provenance("scenario_resolved")));
        CHECK(again.provenance("data_hashes") == first.provenance("data_hashes"));
        CHECK(again.provenance("title") == "One short pull");
    }

    TEST_CASE("summarize prints the table that the run printed") {
        const ReferenceRun& reference = ReferenceRun::get();
        const Outcome again = run_program(reference.folder(), {"summarize", "short.h5"}, reference.folder());
        CHECK(again.code == 0);
        CHECK(again.err.empty());
        CHECK(reference.printed() == again.out + "\nresult: short.h5\nParaView: short.xdmf2\n");
        CHECK(again.out.find("Research software. Not a medical device; no clinical advice.") != std::string::npos);
    }

    TEST_CASE("export writes every value of every history so that it reads back to the same bits, with a unit on every column") {
        const ReferenceRun& reference = ReferenceRun::get();
        const TemporaryFolder folder;
        const std::string csv = folder.file("table.csv");
        REQUIRE(run_program(reference.folder(), {"export", "short.h5", "-o", csv}, folder.file("")).code == 0);
        const ResultFile result(reference.path());
        std::vector<std::string> header{"time [s]"};
        std::vector<std::vector<double>> columns{result.times()};
        for (const SeriesSpec& series : result.series()) {
            if (series.labels.empty()) {
                header.push_back(series.name + " [" + series.units + "]");
                columns.push_back(result.history(series.name));
            }
            for (const std::string& label : series.labels) {
                header.push_back(series.name + "[" + label + "] [" + series.units + "]");
                columns.push_back(result.history(series.name, label));
            }
        }
        const std::vector<std::string> lines = lines_of(text_of(csv));
        REQUIRE(lines.size() == result.times().size() + 1);
        CHECK(cells_of(lines[0]) == header);
        int wrong = 0;
        for (std::size_t row = 0; row < result.times().size(); ++row) {
            const std::vector<std::string> cells = cells_of(lines[row + 1]);
            REQUIRE(cells.size() == columns.size());
            for (std::size_t c = 0; c < columns.size(); ++c) wrong += says(cells[c], columns[c][row]) ? 0 : 1;
        }
        CHECK(wrong == 0);
    }
}
