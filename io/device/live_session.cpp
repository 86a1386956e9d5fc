#include "io/device/live_session.hpp"

#include <omp.h>
#include <pthread.h>

#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "io/device/real_time.hpp"

namespace foramen::io {

namespace {

constexpr std::chrono::milliseconds listen{2};     // how long the device's thread waits for bytes before it looks for commands
constexpr std::int64_t start_delay_ns = 50'000'000;
constexpr std::int64_t least_silence_ns = 500'000'000;  // of the loop, before the watchdog stops the device
constexpr int most_stale_reads = 10000;                  // of what came while the spine was built
constexpr std::size_t largest_chunk = 512, most_events = 64;  // a read; a tick

struct Chunk {
    std::int64_t received_ns;
    std::uint32_t size;
    std::array<std::uint8_t, largest_chunk> bytes;
};

/// What the solver is asked for, and when.
struct Asked {
    SolverInput input;
    std::int64_t wake_ns = 0;
};

/// Rows and steps on their way from the solver to the recorder; the loop has no part in it.
struct Handover {
    std::mutex mutex;
    std::deque<std::pair<StepRecord, std::optional<SolverRow>>> items;
};

class LiveSession {
public:
    LiveSession(ForceSource& source, const LoopSetup& setup, LoopSolver& solver, const std::vector<SessionSink*>& sinks, SessionView& view)
        : source_(source), setup_(setup), solver_(solver), sinks_(sinks), view_(view), core_(setup), period_ns_(static_cast<std::int64_t>(1e9 / setup.rate)),
          stop_bytes_(source.protocol->encode({CommandKind::stop, 0.0, 0, 0})) {}

    SessionReport run() {
        std::thread solver([this] { solve(); });
        ready_.wait(false);
        view_.solution.write(solver_.solution());
        std::thread recorder([this] { record(); }), device([this] { talk(); }), watchdog([this] { watch(); }), loop([this] { beat(); });
        loop.join();
        over_ = true;
        ticks_asked_.fetch_add(1);
        ticks_asked_.notify_all();
        solver.join();
        device.join();
        watchdog.join();
        written_ = true;
        recorder.join();
        if (trouble_) std::rethrow_exception(trouble_);
        return report();
    }

private:
    void beat() {
        claim_priority("foramen-loop", Priority::loop);
        std::array<DeviceEvent, most_events> events;
        std::uint32_t taken = 0;
        Solution solution;
        const std::int64_t start = monotonic_ns() + start_delay_ns;
        for (std::int64_t tick = 0; !core_.over(); ++tick) {
            std::int64_t deadline = start + tick * period_ns_;
            sleep_until_ns(deadline);
            const std::int64_t wake = monotonic_ns(), behind = (wake - deadline) / period_ns_;
            tick += behind;  // left out, never made up
            wake_.add(wake - deadline);
            std::size_t count = 0;
            while (count < most_events && events_.pop(events[count])) ++count;
            taken += static_cast<std::uint32_t>(count);
            view_.solution.read(solution);
            if (view_.stop.load(std::memory_order_relaxed)) core_.stop_by_operator();
            const TickOutput out = core_.tick(tick, wake, static_cast<std::uint32_t>(behind), {events.data(), count}, taken, solution);
            if (!ticks_.push(out.record)) ++lost_;
            view_.tick.write(out.record);
            view_.accounting.write(core_.accounting());
            view_.wake.write(wake_);
            input_.write({out.input, wake});
            ticks_asked_.fetch_add(1, std::memory_order_release);
            ticks_asked_.notify_one();
            for (std::size_t i = 0; i < out.command_count; ++i)
                if (!commands_.push(out.commands[i])) ++lost_;
            beats_.fetch_add(1, std::memory_order_release);
        }
    }

    void talk() {
        claim_priority("foramen-device", Priority::device);
        std::array<std::uint8_t, largest_chunk> buffer;
        std::vector<DeviceEvent> events;
        bool lost = false;
        std::int64_t next_request = 0;
        for (int stale = 0; stale < most_stale_reads && source_.link->receive(buffer, std::chrono::nanoseconds(0)).state == Link::State::bytes;) ++stale;
        source_.link->send(source_.protocol->greeting());
        const std::vector<std::uint8_t> request = source_.protocol->request();
        while (!over_) {
            if (!request.empty() && monotonic_ns() >= next_request) {
                next_request = monotonic_ns() + source_.protocol->period_ns();
                source_.link->send(request);
            }
            DeviceCommand command;
            while (commands_.pop(command)) {
                const std::vector<std::uint8_t> bytes = source_.protocol->encode(command);
                if (!bytes.empty() && !lost) source_.link->send(bytes);
            }
            if (lost) {
                std::this_thread::sleep_for(listen);
                continue;
            }
            const Link::Reception got = source_.link->receive(buffer, listen);
            if (got.state == Link::State::quiet) continue;
            const std::int64_t now = monotonic_ns();
            events.clear();
            lost = got.state == Link::State::lost;
            if (lost) events.push_back({EventKind::lost, {.received_ns = now}});
            else source_.protocol->decode({buffer.data(), got.size}, now, events);
            Chunk chunk{now, static_cast<std::uint32_t>(lost ? 0 : got.size), buffer};
            if (!chunks_.push(chunk)) ++lost_;
            for (const DeviceEvent& event : events)
                if (!events_.push(event)) ++lost_;
        }
        DeviceCommand last;
        while (commands_.pop(last))
            if (!lost) source_.link->send(source_.protocol->encode(last));
    }

    void solve() {
        claim_priority("foramen-solver", Priority::solver);
        solver_.begin();
        take_row({-1, 0, 0});
        ready_ = true;
        ready_.notify_all();
        std::uint64_t seen = 0;
        std::int64_t last = -1;
        while (!over_) {
            ticks_asked_.wait(seen, std::memory_order_acquire);
            seen = ticks_asked_.load(std::memory_order_acquire);
            Asked asked;
            input_.read(asked);
            const SolverInput& input = asked.input;
            if (over_ || input.tick <= last || !solver_.solution().sound) continue;
            last = input.tick;
            const StepChoices taken = solver_.step(input, std::nullopt);
            view_.solution.write(solver_.solution());
            solve_.add(monotonic_ns() - asked.wake_ns);
            view_.solve.write(solve_);
            take_row({input.tick, solver_.solution().steps, taken.exchanged, taken.collected});
        }
    }

    void take_row(const StepRecord& step) {
        auto row = solver_.take_row();
        const std::lock_guard lock(handover_.mutex);
        handover_.items.emplace_back(step, std::move(row));
    }

    void watch() {
        claim_priority("foramen-watch", Priority::watchdog);
        std::uint64_t seen = 0;
        std::int64_t since = monotonic_ns();
        const std::int64_t patience = std::max(20 * period_ns_, least_silence_ns);
        while (!over_) {
            std::this_thread::sleep_for(std::chrono::nanoseconds(period_ns_));
            const std::uint64_t now = beats_.load(std::memory_order_acquire);
            if (now != seen) since = monotonic_ns();
            seen = now;
            if (monotonic_ns() - since < patience || stop_bytes_.empty()) continue;
            source_.link->send_urgently(stop_bytes_);
            watchdog_fired_ = true;
            view_.stop = true;  // a loop that comes back does not go on pulling
            since = monotonic_ns();
        }
    }

    void record() {
        pthread_setname_np(pthread_self(), "foramen-record");
        omp_set_num_threads(1);  // the file's chunks are coded beside the solver, not in its place
        for (bool last = false; !last;) {
            last = written_;
            try {
                drain();
            } catch (...) {
                if (!trouble_) trouble_ = std::current_exception();
                view_.stop = true;
            }
            if (!last) std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
    }

    void drain() {
        Chunk chunk;
        while (chunks_.pop(chunk)) tell([&](SessionSink& s) { s.chunk({chunk.received_ns, {chunk.bytes.begin(), chunk.bytes.begin() + chunk.size}}); });
        TickRecord tick;
        while (ticks_.pop(tick)) {
            digest_.add_values(std::span<const TickRecord>(&tick, 1));
            tell([&](SessionSink& s) { s.tick(tick); });
        }
        std::deque<std::pair<StepRecord, std::optional<SolverRow>>> items;
        {
            const std::lock_guard lock(handover_.mutex);
            items.swap(handover_.items);
        }
        for (auto& [step, row] : items) {
            if (step.step > 0) tell([&](SessionSink& s) { s.step(step); });
            if (!row) continue;
            rows_.add_values(std::span<const double>(row->values));
            for (SessionSink* s : sinks_) s->row(SolverRow(*row));
        }
        tell([](SessionSink& s) { s.idle(); });
    }

    template <class Action>
    void tell(const Action& action) {
        if (trouble_) return;
        for (SessionSink* s : sinks_) action(*s);
    }

    SessionReport report() const {
        const Supervisor& s = core_.supervisor();
        Digest both = digest_;
        const std::uint64_t rows = rows_.value();
        both.add_values(std::span(&rows, 1));
        return {core_.accounting(), s.state(), s.reason(), s.finished(), 1e-9 * static_cast<double>(s.reaction_ns()), core_.plausibility().counts(), wake_, solve_,
                lost_, watchdog_fired_, both.value()};
    }

    ForceSource& source_;
    const LoopSetup& setup_;
    LoopSolver& solver_;
    const std::vector<SessionSink*>& sinks_;
    SessionView& view_;
    LoopCore core_;
    std::int64_t period_ns_;
    std::vector<std::uint8_t> stop_bytes_;
    Queue<DeviceEvent, 4096> events_;
    Queue<DeviceCommand, 256> commands_;
    Queue<TickRecord, 8192> ticks_;
    Queue<Chunk, 4096> chunks_;
    Latest<Asked> input_;
    Handover handover_;
    LatencyHistogram wake_, solve_;
    Digest digest_, rows_;
    std::exception_ptr trouble_;
    std::atomic<std::int64_t> lost_ = 0;
    std::atomic<std::uint64_t> ticks_asked_ = 0, beats_ = 0;
    std::atomic<bool> ready_ = false, over_ = false, written_ = false, watchdog_fired_ = false;
};

}  // namespace

SessionReport run_live(ForceSource& source, const LoopSetup& setup, LoopSolver& solver, const std::vector<SessionSink*>& sinks, SessionView& view) {
    const auto session = std::make_unique<LiveSession>(source, setup, solver, sinks, view);  // its queues are too large for a stack
    return session->run();
}

}  // namespace foramen::io
