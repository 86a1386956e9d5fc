// The session on real threads: accounting, not latency. A replay of the spine's session to the bit.

#include <doctest/doctest.h>
#include <pthread.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <new>
#include <thread>

#include "io/device/frame.hpp"
#include "io/device/hil_session.hpp"
#include "io/device/real_time.hpp"
#include "io/scenario_reader.hpp"
#include "tests/device/peers.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/device/virtual_session.hpp"

namespace {
std::atomic<bool> counting = false;
std::atomic<long> loop_allocations = 0, other_allocations = 0;

void count_allocation() {
    if (!counting.load(std::memory_order_relaxed)) return;
    char name[16] = "";
    pthread_getname_np(pthread_self(), name, sizeof name);
    ++(std::strcmp(name, "foramen-loop") == 0 ? loop_allocations : other_allocations);
}
}  // namespace

void* operator new(std::size_t size) {
    count_allocation();
    if (void* const p = std::malloc(size)) return p;
    throw std::bad_alloc();
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }

namespace {

using namespace foramen::io;
using foramen::testing::TemporaryFolder;

/// A solver that takes as long as it is told.
class SlowSolver : public LoopSolver {
public:
    explicit SlowSolver(double seconds) : seconds_(seconds) {}
    StepChoices step(const SolverInput& input, const std::optional<StepChoices>&) override {
        std::this_thread::sleep_for(std::chrono::duration<double>(seconds_));
        ++solution_.version;
        ++solution_.steps;
        solution_.tick = input.tick;
        return {};
    }
    const Solution& solution() const override { return solution_; }

private:
    double seconds_;
    Solution solution_;
};

/// Passes everything on, and notes when a command went out by the urgent path.
class ListeningLink : public Link {
public:
    explicit ListeningLink(std::unique_ptr<Link> link) : link_(std::move(link)) {}
    Reception receive(std::span<std::uint8_t> buffer, std::chrono::nanoseconds timeout) override { return link_->receive(buffer, timeout); }
    bool send(std::span<const std::uint8_t> bytes) override { return link_->send(bytes); }
    bool send_urgently(std::span<const std::uint8_t> bytes) override {
        if (stopped_ns == 0 && frame_kind(bytes) == CommandKind::stop) stopped_ns = monotonic_ns();
        return link_->send_urgently(bytes);
    }
    std::atomic<std::int64_t> stopped_ns = 0;

private:
    static CommandKind frame_kind(std::span<const std::uint8_t> bytes) { return static_cast<CommandKind>(FrameParser().feed(bytes).frames.at(0).kind); }
    std::unique_ptr<Link> link_;
};

/// Sends a signal to a thread of this process by its name. @return whether there is one
bool signal_thread(const std::string& name, int signal) {
    for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream file(task.path() / "comm");
        std::string line;
        if (std::getline(file, line) && line == name) return tgkill(getpid(), std::stoi(task.path().filename()), signal) == 0;
    }
    return false;
}

/// Counts what it is given.
class CountingSink : public SessionSink {
public:
    void tick(const TickRecord& t) override {
        grid += 1 + t.skipped;
        missed += t.missed;
        ++ticks;
        last = t.tick;
    }
    std::int64_t ticks = 0, grid = 0, missed = 0, last = -1;
};

HilOptions quick_test() {
    HilOptions options;
    options.checks.tare_time = 0.2;
    options.checks.timeout_least = 5.0;  // the machine of a test may stand still for long
    options.policy.longest_hold = 5.0;
    options.policy.disable_after = 0.1;
    options.policy.misses_in_a_row = 1000000;
    options.policy.misses_share = 1.0;
    options.checks.follow_time = 60.0;
    return options;
}

SessionReport live(double solver_seconds, double seconds, CountingSink& sink, HilOptions options = quick_test(), const std::string& uri = "emulated:") {
    ForceSource source = open_source(uri);
    const LoopSetup setup = loop_setup(foramen::testing::short_pull(), options, *source.protocol, 100.0, seconds);
    SlowSolver solver(solver_seconds);
    const auto view = std::make_unique<SessionView>();
    return run_live(source, setup, solver, {&sink}, *view);
}

}  // namespace

TEST_SUITE("device/live") {
    TEST_CASE("latencies are counted in bins of an eighth of an octave") {
        LatencyHistogram h;
        CHECK(h.quantile_ms(0.5) == 0.0);
        for (int us = 1; us <= 1000; ++us) h.add(1000 * us);
        for (const double share : {0.1, 0.5, 0.9, 0.99}) {
            CHECK(h.quantile_ms(share) >= share);  // upper edges of bins
            CHECK(h.quantile_ms(share) <= 1.0906 * share);
        }
        h.add(60'000'000'000);  // beyond the last bin
        CHECK(h.quantile_ms(1.0) == doctest::Approx(60'000.0));
        CHECK(h.count() == 1001);
    }

    TEST_CASE("two seconds on threads: every tick is accounted for, and the loop allocates nothing") {
        CountingSink sink;
        counting = true;
        const SessionReport r = live(0.001, 2.0, sink);
        counting = false;
        CHECK(r.finished);
        CHECK(r.accounting.ticks == r.accounting.solved + r.accounting.missed);
        CHECK(r.accounting.ticks == sink.ticks);
        CHECK(r.accounting.grid() == sink.grid);
        CHECK(r.accounting.grid() == sink.last + 1);
        CHECK(r.accounting.missed == sink.missed);
        CHECK(r.lost_records == 0);
        CHECK(other_allocations > 0);  // the counter counts
        CHECK(loop_allocations == 0);
    }

    TEST_CASE("a solver that takes three ticks misses two of three, and nothing is made up") {
        CountingSink sink;
        const SessionReport r = live(0.025, 1.0, sink);
        CHECK(r.accounting.missed > r.accounting.ticks / 3);
        CHECK(r.accounting.ticks == r.accounting.solved + r.accounting.missed);
        HilOptions strict = quick_test();
        strict.policy.misses_in_a_row = 20;
        CountingSink again;
        const SessionReport stopped = live(0.5, 10.0, again, strict);
        CHECK(stopped.reason == Fault::overrun);
    }

    TEST_CASE("a loop that stands still: the watchdog stops the device by a path of its own, and a loop that comes back does not go on") {
        std::signal(SIGUSR1, [](int) { usleep(900'000); });  // in whichever thread it is sent to
        ForceSource source = open_source("emulated:");
        auto listening = std::make_unique<ListeningLink>(std::move(source.link));
        const ListeningLink& heard = *listening;
        source.link = std::move(listening);
        const LoopSetup setup = loop_setup(foramen::testing::short_pull(), quick_test(), *source.protocol, 100.0, 30.0);
        SlowSolver solver(0.0005);
        const auto view = std::make_unique<SessionView>();
        std::int64_t stalled_ns = 0;
        std::thread staller([&] {
            TickRecord tick;
            while (view->tick.read(tick) == 0 || tick.state != State::running) std::this_thread::sleep_for(std::chrono::milliseconds(5));
            stalled_ns = monotonic_ns();
            CHECK(signal_thread("foramen-loop", SIGUSR1));
        });
        CountingSink sink;
        const SessionReport r = run_live(source, setup, solver, {&sink}, *view);
        staller.join();
        std::signal(SIGUSR1, SIG_DFL);
        CHECK(r.watchdog_fired);
        CHECK((r.reason == Fault::operator_stop || r.reason == Fault::device_stopped));  // the device may say so first
        CHECK_FALSE(r.finished);
        CHECK(r.accounting.skipped > 50);  // left out, never made up
        CHECK(r.accounting.grid() == sink.last + 1);
        CHECK(r.accounting.ticks == r.accounting.solved + r.accounting.missed);
        REQUIRE(heard.stopped_ns > 0);
        const double after = 1e-9 * static_cast<double>(heard.stopped_ns - stalled_ns);
        CHECK(after >= 0.45);  // not before its patience of half a second, less a look
        MESSAGE("watchdog: stop sent " << after << " s after the loop stood still");
    }

    TEST_CASE("a session with the spine, recorded, repeats to the bit with another number of threads") {
        const TemporaryFolder folder;
        const LoadedScenario loaded = read_scenario_text(
            "extends: quick\nname: short\nsession:\n- traction: {extends: intermittent-60-20, ramp: {up: 40 N/s}, hold: {force: 120 N, time: 4 s}, rest: {force: 0 N, time: 2 s}, duration: ~, cycles: 1}\n",
            folder.file("short.yaml"), ReadOptions{{std::string(FORAMEN_SOURCE_DIR) + "/scenarios/library"}});
        HilSettings settings;
        settings.device = "emulated:?seed=3&rate=50 Hz";
        settings.options = "checks: {tare_time: 200 ms, timeout_least: 5 s, follow_time: 60 s}\npolicy: {disable_after: 100 ms, misses_in_a_row: 1000000, misses_share: 100 %, longest_hold: 5 s}\n";
        settings.rate = 20.0;
        settings.seconds = 3.0;
        settings.quiet = true;
        settings.record = folder.file("run.hil");
        settings.output = folder.file("live.h5");
        const bool watched = foramen::testing::python_has("h5py");
        FILE* const watcher = watched ? popen(("/usr/bin/python3 " FORAMEN_SOURCE_DIR "/tests/device/peers/watch_result.py " + settings.output).c_str(), "r") : nullptr;
        const HilOutcome first = run_hil(loaded, settings);
        REQUIRE(first.ran);
        CHECK(first.report.finished);
        CHECK(first.solution.steps > 10);
        if (watched) {  // the result was opened by another program while it grew
            int lengths = 0;
            std::array<char, 8> in_order{}, whole{};
            CHECK(std::fscanf(watcher, "%d %7s %7s", &lengths, in_order.data(), whole.data()) == 3);
            pclose(watcher);
            CHECK(lengths >= 2);
            CHECK(std::string(in_order.data()) == "True");
            CHECK(std::string(whole.data()) == "True");
        } else {
            MESSAGE("not looked at while it grew: python3-h5py is not installed");
        }
        HilSettings again;
        again.device = "replay:" + settings.record;
        again.output = folder.file("again.h5");
        again.threads = 2;
        again.quiet = true;
        const HilOutcome second = run_hil(loaded, again);
        CHECK(second.report.digest == first.report.digest);
        CHECK(second.solution == first.solution);
        const ResultFile a(settings.output), b(again.output);
        for (const char* series : {"idp", "foramen_area", "loop_force", "loop_missed", "loop_ceiling"}) CHECK(a.history(series) == b.history(series));
        CHECK(a.provenance("digest") == b.provenance("digest"));
        // another force somewhere: the digest would tell
        Recording changed = read_recording(settings.record);
        for (RecordedChunk& chunk : changed.chunks)
            if (chunk.bytes.size() == frame_size && chunk.received_ns > changed.ticks[60].wake_ns) chunk.bytes[30] ^= 1;
        CHECK(changed.complete);
        CHECK(changed.digest == first.report.digest);
    }
}
