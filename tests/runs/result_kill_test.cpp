// A result whose writer is killed at random moments, or watched while it grows.

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>

#include "io/result_file.hpp"
#include "tests/runs/compare_run.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen::io;
using namespace foramen::testing;

namespace {

constexpr int disc_divisions = 6;

/// Writes steps until the process ends, and reports each commit.
void write_for_ever(const std::string& path, double flush_seconds, int pipe) {
    const auto blocks = sample_blocks(disc_divisions);
    ResultWriter writer(path, blocks, sample_series(), {}, {.mantissa_bits = 23, .flush_seconds = flush_seconds});
    for (int step = 0;; ++step) {
        append_sample_steps(writer, blocks, step, 1);
        if (writer.commit_if_due()) {
            send(pipe, Committed{step + 1, 5 * (step + 1)});
        }
    }
}

/// Opens what the kill left and compares everything that was committed.
void check_killed_run(const std::string& path, const Committed& last, const std::vector<BlockSpec>& blocks) {
    const ResultFile result(path);
    CHECK(result.status() == RunStatus::running);
    REQUIRE(result.field_times().size() >= static_cast<std::size_t>(last.steps));
    REQUIRE(result.times().size() >= static_cast<std::size_t>(last.rows));
    for (int step = 0; step < static_cast<int>(result.field_times().size()); ++step) {
        check_step(result, blocks, step);
    }
    check_histories(result);
}

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The file before a commit with the first pages of its chunk indices after it: a kill between two pages of each write.
/// @param torn  how many there are
std::string with_torn_indices(const std::string& before, const std::string& after, int& torn) {
    constexpr std::size_t page = 4096, header = 24;
    const auto entries = [](const std::string& file, std::size_t node) {
        return static_cast<unsigned char>(file[node + 6]) + 256 * static_cast<unsigned char>(file[node + 7]);
    };
    std::string result = before;
    torn = 0;
    for (std::size_t node = before.find("TREE"); node != std::string::npos && node + header < before.size(); node = before.find("TREE", node + 4)) {
        if (before[node + 4] != 1 || entries(after, node) != entries(before, node) + 1) continue;  // 1: of chunks
        std::copy_n(after.begin() + static_cast<std::ptrdiff_t>(node), page - node % page, result.begin() + static_cast<std::ptrdiff_t>(node));
        torn += entries(result, node) != entries(before, node);
    }
    return result;
}

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE("an index that is torn between two pages hides no committed step") {
        constexpr int steps = 191;  // the last entries stand beyond the first page, and a search by halves looks at the torn one first
        const TemporaryFolder folder;
        const std::string path = folder.file("run.h5");
        const auto blocks = sample_blocks();
        std::string before, after;
        {
            ResultWriter writer(path, blocks, sample_series(), {}, {.mantissa_bits = 23, .flush_seconds = 0.0});
            append_sample_steps(writer, blocks, 0, steps);
            writer.commit();
            before = bytes_of(path);
            append_sample_steps(writer, blocks, steps, 1);
            writer.commit();
            after = bytes_of(path);
        }
        int torn = 0;
        std::ofstream(folder.file("torn.h5"), std::ios::binary) << with_torn_indices(before, after, torn);
        CHECK(torn > 10);
        check_killed_run(folder.file("torn.h5"), {steps, 5 * steps}, blocks);
    }

    TEST_CASE("a run killed at any of twenty moments keeps every committed step") {
        std::mt19937_64 random(20);
        int steps_seen = 0;
        for (int trial = 0; trial < 20; ++trial) {
            const TemporaryFolder folder;
            const std::string path = folder.file("run.h5");
            const double flush_seconds = trial % 2 == 0 ? 0.0 : 0.005;
            ChildProcess writer([&](int pipe) { write_for_ever(path, flush_seconds, pipe); });
            Committed last{};
            REQUIRE(writer.receive(last));
            std::this_thread::sleep_for(std::chrono::microseconds(random() % 150000));
            writer.kill_now();
            for (Committed next{}; writer.receive(next);) {
                last = next;
            }
            INFO("trial " << trial << ", " << last.steps << " steps reported");
            check_killed_run(path, last, sample_blocks(disc_divisions));
            steps_seen += last.steps;
        }
        MESSAGE("20 of 20 killed runs opened; ", steps_seen, " committed steps compared");
    }

    TEST_CASE("a run can be read by another process while it is written") {
        const TemporaryFolder folder;
        const std::string path = folder.file("run.h5");
        ChildProcess writer([&](int pipe) { write_for_ever(path, 0.0, pipe); });
        const auto blocks = sample_blocks(disc_divisions);
        Committed last{};
        std::size_t before = 0;
        for (int look = 0; look < 30; ++look) {
            REQUIRE(writer.receive(last));
            const ResultFile result(path);
            REQUIRE(result.field_times().size() >= static_cast<std::size_t>(last.steps));
            CHECK(result.field_times().size() >= before);
            before = result.field_times().size();
            check_step(result, blocks, static_cast<int>(before) - 1);
            CHECK(result.history("idp", "L4-L5").back() == sample_row(static_cast<int>(result.times().size()) - 1)[2]);
        }
    }
}
