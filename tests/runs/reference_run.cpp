#include "tests/runs/reference_run.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstring>
#include <thread>

namespace foramen::testing {

namespace {

using Clock = std::chrono::steady_clock;

template <class Number>
bool same_bits(const std::vector<Number>& a, const std::vector<Number>& b, std::size_t count) {
    return a.size() >= count && b.size() >= count && std::memcmp(a.data(), b.data(), count * sizeof(Number)) == 0;
}
template <class Number>
bool same_bits(const std::vector<Number>& a, const std::vector<Number>& b) {
    return a.size() == b.size() && same_bits(a, b, a.size());
}

void check_same_block(const io::ResultFile& actual, const io::ResultFile& expected, std::size_t number, int steps) {
    const io::BlockSpec& ours = actual.blocks()[number];
    const io::BlockSpec& theirs = expected.blocks()[number];
    CAPTURE(theirs.name);
    REQUIRE(ours.name == theirs.name);
    CHECK(same_bits(ours.points, theirs.points));
    CHECK(same_bits(ours.connectivity, theirs.connectivity));
    REQUIRE(ours.static_cell_fields.size() == theirs.static_cell_fields.size());
    for (std::size_t i = 0; i < theirs.static_cell_fields.size(); ++i)
        CHECK(same_bits(ours.static_cell_fields[i].second, theirs.static_cell_fields[i].second));
    for (int step = 0; step < steps; ++step) {
        CAPTURE(step);
        for (const io::FieldSpec& field : theirs.point_fields)
            CHECK_MESSAGE(
                same_bits(actual.point_field(ours.name, field.name, step), expected.point_field(ours.name, field.name, step)),
                field.name);
        for (const io::FieldSpec& field : theirs.cell_fields)
            CHECK_MESSAGE(
                same_bits(actual.cell_field(ours.name, field.name, step), expected.cell_field(ours.name, field.name, step)),
                field.name);
    }
}

}  // namespace

ReferenceRun::ReferenceRun() {
    write_text(scenario(), short_scenario);
    const auto start = Clock::now();
    const auto since_start = [start] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    Program program(folder(), {"run", "short.yaml", "--threads", "1", "--flush", "0", "--quiet"}, folder());
    while (program.running()) {
        if (first_commit_ == 0.0 && std::filesystem::exists(path())) first_commit_ = since_start();
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    seconds_ = since_start();
    printed_ = program.out();
    if (program.wait() != 0) throw std::runtime_error("the undisturbed run failed: " + program.err());
}

void check_same_bits(const io::ResultFile& actual, const io::ResultFile& expected, std::size_t rows) {
    const std::size_t count = rows == 0 ? expected.times().size() : rows;
    REQUIRE(expected.times().size() >= count);
    if (rows == 0) CHECK(actual.times().size() == count);
    CHECK(same_bits(actual.times(), expected.times(), count));
    REQUIRE(actual.series().size() == expected.series().size());
    for (const io::SeriesSpec& series : expected.series())
        CHECK_MESSAGE(same_bits(actual.history(series.name), expected.history(series.name),
                                count * std::max<std::size_t>(1, series.labels.size())),
                      series.name);

    std::size_t steps = actual.field_times().size();
    if (rows == 0) CHECK(steps == expected.field_times().size());
    // a run that was stopped has the fields of its last step too, which the other has not
    while (rows != 0 && steps > 0 && !same_bits(actual.field_times(), expected.field_times(), steps)) --steps;
    CHECK(steps + 1 >= actual.field_times().size());
    REQUIRE(same_bits(actual.field_times(), expected.field_times(), steps));
    REQUIRE(actual.blocks().size() == expected.blocks().size());
    for (std::size_t b = 0; b < expected.blocks().size(); ++b) check_same_block(actual, expected, b, static_cast<int>(steps));
}

}  // namespace foramen::testing
