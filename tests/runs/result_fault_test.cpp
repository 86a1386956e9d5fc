// A result whose writer is killed, or runs out of disk, at one chosen write call. FORAMEN_FAULT_STRIDE=1 tries every call.

#include <doctest/doctest.h>

#include <cstdlib>
#include <cstring>
#include <set>

#include "io/hdf5_file.hpp"
#include "io/result_file.hpp"
#include "tests/runs/compare_run.hpp"
#include "tests/runs/faulty_disk.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen::io;
using namespace foramen::testing;

namespace {

constexpr int short_run_steps = 24;

/// A short run with a commit at every step, then finish; for a fault at one write call of it.
void write_short_run(const std::string& path, int pipe) {
    const auto blocks = sample_blocks();
    ResultWriter writer(path, blocks, sample_series(), {{"scenario", "name: sample\n", "scenario"}},
                        {.planned_field_outputs = short_run_steps, .mantissa_bits = 23, .flush_seconds = 0.0});
    for (int step = 0; step < short_run_steps; ++step) {
        append_sample_steps(writer, blocks, step, 1);
        writer.commit();
        send(pipe, Committed{step + 1, 5 * (step + 1)});
    }
    writer.finish(RunStatus::complete, {{"steps", "24", "accepted steps"}});
}

struct Survivor {
    Committed last{};
    bool opened = false;
    bool lengths_agree = true;  // as readers see them who do not know committed_rows
    bool steps_agree = true;    // NSteps of the blocks: some versions of ParaView show nothing if they differ
    std::string message{};
};

void judge_lengths(const std::string& path, Survivor& out) {
    const Hdf5File file = Hdf5File::open(path);
    const Hdf5Group history = file.root().open_group("history");
    std::set<std::uint64_t> lengths;
    for (const char* name : {"time", "device_force", "idp", "facet_gap"}) {
        lengths.insert(history.open_dataset(name).extent()[0]);
    }
    out.lengths_agree = lengths.size() == 1;
    std::set<std::int64_t> steps;
    for (const BlockSpec& block : sample_blocks()) {
        steps.insert(file.root().open_group("VTKHDF/" + block.name + "/Steps").integer("NSteps"));
    }
    out.steps_agree = steps.size() == 1;
}

/// Runs the short run with a fault at one call and compares everything that was committed.
Survivor run_with_fault(long call, DiskFault fault) {
    const TemporaryFolder folder;
    const std::string path = folder.file("run.h5");
    ChildProcess writer([&](int pipe) {
        break_disk_at(call, fault);
        try {
            write_short_run(path, pipe);
        } catch (const FileError& error) {
            char message[512] = {};
            std::strncpy(message, error.what(), sizeof(message) - 1);
            send(pipe, Committed{-1, 0});
            send(pipe, message);
        }
    });
    Survivor survivor;
    Committed next{};
    while (writer.receive(next) && next.steps >= 0) {
        survivor.last = next;
    }
    if (next.steps < 0) {
        char message[512] = {};
        writer.receive(message);
        survivor.message = message;
    }
    writer.exit_status();
    if (survivor.last.steps == 0) {
        return survivor;
    }
    alarm(60);  // a library that hangs on what it reads is a failure too
    INFO("fault at call " << call << ", " << survivor.last.steps << " steps reported");
    try {
        const ResultFile result(path);
        CHECK(result.field_times().size() >= static_cast<std::size_t>(survivor.last.steps));
        CHECK(result.times().size() >= static_cast<std::size_t>(survivor.last.rows));
        const auto blocks = sample_blocks();
        const int steps = static_cast<int>(result.field_times().size());
        for (int step = 0; step < steps; ++step) {
            check_step(result, blocks, step);
        }
        check_histories(result);
        CHECK(result.provenance("scenario") == "name: sample\n");
        survivor.opened = true;
        judge_lengths(path, survivor);
        alarm(0);
    } catch (const FileError& error) {
        FAIL_CHECK(std::string(error.what()));
    }
    return survivor;
}

long calls_of_a_short_run() {
    const TemporaryFolder folder;
    ChildProcess writer([&](int pipe) {
        break_disk_at(0, DiskFault::none);
        write_short_run(folder.file("run.h5"), pipe);
        send(pipe, Committed{-1, static_cast<int>(disk_call_count())});
    });
    Committed record{};
    while (writer.receive(record) && record.steps >= 0) {
    }
    return record.rows;
}

/// Every stride-th write call of the short run goes wrong once.
void check_faults(DiskFault fault, long stride) {
    const long calls = calls_of_a_short_run();
    REQUIRE(calls > 100);
    int opened = 0;
    int judged = 0;
    int unequal = 0;
    int unequal_steps = 0;
    for (long call = 1 + calls % stride; call <= calls; call += stride) {
        const Survivor survivor = run_with_fault(call, fault);
        judged += survivor.last.steps > 0 ? 1 : 0;
        opened += survivor.opened ? 1 : 0;
        unequal += survivor.lengths_agree ? 0 : 1;
        unequal_steps += survivor.steps_agree ? 0 : 1;
        if (fault == DiskFault::disk_full && survivor.message.empty()) {
            CHECK(survivor.last.steps == short_run_steps);
        }
        if (!survivor.message.empty()) {
            CHECK(survivor.message.find("No space left on device") != std::string::npos);
        }
    }
    CHECK(opened == judged);
    if (fault != DiskFault::tear) {  // a write torn between two pages can part them; ResultFile takes the smallest
        CHECK(unequal == 0);
        CHECK(unequal_steps == 0);
    }
    MESSAGE(opened, " of ", judged, " opened, of ", calls, " calls; unequal lengths of series: ", unequal, ", of steps: ", unequal_steps);
}

long stride_or(long usual) {
    const char* dense = std::getenv("FORAMEN_FAULT_STRIDE");
    return dense == nullptr ? usual : std::atol(dense);
}

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE("a run killed at a write call keeps every committed step") { check_faults(DiskFault::kill, stride_or(7)); }

    TEST_CASE("a run killed in the middle of a write call keeps every committed step") {
        check_faults(DiskFault::tear, stride_or(11));
    }

    TEST_CASE("a full disk ends the run with a sentence and keeps every committed step") {
        check_faults(DiskFault::disk_full, stride_or(13));
    }
}
