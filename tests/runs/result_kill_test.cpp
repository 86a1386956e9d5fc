// A result whose writer is killed at random moments, or watched while it grows.

#include <doctest/doctest.h>

#include <chrono>
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
void check_killed_run(const std::string& path, const Committed& last) {
    const ResultFile result(path);
    CHECK(result.status() == RunStatus::running);
    REQUIRE(result.field_times().size() >= static_cast<std::size_t>(last.steps));
    REQUIRE(result.times().size() >= static_cast<std::size_t>(last.rows));
    const auto blocks = sample_blocks(disc_divisions);
    for (int step = 0; step < static_cast<int>(result.field_times().size()); ++step) {
        check_step(result, blocks, step);
    }
    check_histories(result);
}

}  // namespace

TEST_SUITE("runs") {
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
            check_killed_run(path, last);
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
