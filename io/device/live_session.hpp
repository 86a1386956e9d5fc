#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "io/device/force_source.hpp"
#include "io/device/latency.hpp"
#include "io/device/lock_free.hpp"
#include "io/device/loop_solver.hpp"
#include "io/device/recording.hpp"

namespace foramen::io {

/// Takes what a session leaves, in the recorder's thread.
class SessionSink {
public:
    virtual ~SessionSink() = default;
    virtual void chunk(const RecordedChunk&) {}
    virtual void tick(const TickRecord&) {}
    virtual void step(const StepRecord&) {}
    virtual void row(SolverRow&&) {}
    virtual void idle() {}  ///< some ten times a second
};

struct SessionReport {
    Accounting accounting;
    State state = State::disconnected;
    Fault reason = Fault::none;
    bool finished = false;            ///< by the programme
    double reaction_s = 0.0;          ///< from the onset of the reason to the tick that reacted
    std::array<std::uint32_t, fault_count> counts{};
    LatencyHistogram wake;            ///< how late the loop woke
    LatencyHistogram solve;           ///< from the tick to its solution
    std::int64_t lost_records = 0;    ///< that the recorder could not take
    bool watchdog_fired = false;
    std::uint64_t digest = 0;         ///< of all ticks and rows
};

/// What other threads may look at or ask for while a session runs.
struct SessionView {
    Latest<TickRecord> tick;
    Latest<Solution> solution;
    Latest<Accounting> accounting;
    Latest<LatencyHistogram> wake, solve;  ///< as in the report
    std::atomic<bool> stop = false;  ///< asks for the safe state
};

/// Runs a session in real time: threads for the loop, the device, the solver, the watchdog and the recorder.
/// Priorities where the system gives them: those of Priority.
/// @throws FileError  what a sink threw, after the session has been stopped
[[nodiscard]] SessionReport run_live(ForceSource& source, const LoopSetup& setup, LoopSolver& solver, const std::vector<SessionSink*>& sinks, SessionView& view);

/// Repeats a recorded session, as fast as the solver can. @throws FileError  where a tick comes out differently from its record
[[nodiscard]] SessionReport run_replay(const Recording& recording, const LoopSetup& setup, LoopSolver& solver, const std::vector<SessionSink*>& sinks);

}  // namespace foramen::io
