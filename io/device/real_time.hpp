#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace foramen::io {

/// Monotonic time [ns].
[[nodiscard]] std::int64_t monotonic_ns();
/// Sleeps until a monotonic time, whatever signals come.
void sleep_until_ns(std::int64_t time_ns);

/// Names the calling thread and asks for a real-time priority (SCHED_FIFO). @return whether it was given
bool claim_priority(const char* name, int priority);

/// What the system gave, for screen and record.
struct RealTimeGrant {
    bool fifo = false;           ///< real-time scheduling
    bool locked = false;         ///< all memory stays in RAM
    std::vector<std::string> lines;  ///< scheduling, memory, kernel, load; what to do where something was refused
};

/// Locks the memory, tries the scheduling class, and looks around.
[[nodiscard]] RealTimeGrant claim_real_time();

}  // namespace foramen::io
