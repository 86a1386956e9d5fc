#pragma once

#include <array>
#include <chrono>
#include <string_view>

namespace foramen::engine {

/// Where the time of a computation goes.
enum class Phase { element_residuals, stiffness, factorisation, substitution, bodies, steering };
inline constexpr int phase_count = 6;
inline constexpr std::array<std::string_view, phase_count> phase_words{
    "element residuals", "element stiffness and assembly", "factorisation and condensation", "substitution",
    "bodies, cables, facets", "norms, acceleration, line search",
};

/// Seconds of each phase, added over threads: with two threads busy all the time they make twice the wall time.
struct Profile {
    std::array<double, phase_count> seconds{};

    void add(Phase phase, double time) { seconds[static_cast<std::size_t>(phase)] += time; }
    Profile& operator+=(const Profile& other) {
        for (std::size_t i = 0; i < seconds.size(); ++i) seconds[i] += other.seconds[i];
        return *this;
    }
    Profile& operator-=(const Profile& other) {
        for (std::size_t i = 0; i < seconds.size(); ++i) seconds[i] -= other.seconds[i];
        return *this;
    }
    [[nodiscard]] double total() const {
        double sum = 0.0;
        for (const double s : seconds) sum += s;
        return sum;
    }
};

/// Measures a stretch of one thread.
class Stopwatch {
public:
    /// Seconds since it was made or last read.
    double lap() {
        const Clock::time_point now = Clock::now();
        const double passed = std::chrono::duration<double>(now - last_).count();
        last_ = now;
        return passed;
    }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point last_ = Clock::now();
};

}  // namespace foramen::engine
