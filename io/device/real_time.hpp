#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace foramen::io {

/// Monotonic time [ns].
[[nodiscard]] std::int64_t monotonic_ns();
/// Sleeps until a monotonic time, whatever signals come.
void sleep_until_ns(std::int64_t time_ns);

/// Of the threads of a session, under SCHED_FIFO. The solver's are below the loop's, and those that work ahead for it are below the
/// solver's: they fill what it leaves.
struct Priority {
    static constexpr int watchdog = 85, loop = 80, device = 70, solver = 40, reader = 35, factor = 30;
};

/// Names the calling thread and asks for a real-time priority (SCHED_FIFO). @return whether it was given
bool claim_priority(const char* name, int priority);

/// Keeps the calling thread on a core of those that the process may use, counted from the last. A thread that it starts inherits that.
/// @return whether there was such a core
bool pin_to_core(int from_last);

/// OpenMP's threads spin for milliseconds after each piece of work; at a real-time priority that leaves nothing to others. Whether they
/// sleep instead is read when the program is loaded: sets it (OMP_WAIT_POLICY) and starts the program anew with the same words. Returns
/// where it is set already, or where the program cannot be started anew.
void let_teams_sleep();

/// What the system gave, for screen and record.
struct RealTimeGrant {
    bool fifo = false;           ///< real-time scheduling
    bool locked = false;         ///< all memory stays in RAM
    int cores = 1;               ///< that the process may use
    std::vector<std::string> lines;  ///< scheduling, memory, kernel, load; what to do where something was refused
};

/// Locks the memory, tries the scheduling class, and looks around.
[[nodiscard]] RealTimeGrant claim_real_time();

}  // namespace foramen::io
