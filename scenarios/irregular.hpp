#pragma once

#include <cstdint>
#include <random>

#include "scenarios/traction.hpp"

namespace foramen::scenarios {

/// Draws a therapist's forces and times; the same seed gives the same pull with every compiler.
class Irregular {
public:
    static constexpr double drift_time = 5.0;  ///< about how long a hand keeps one direction [s]; an assumption

    explicit Irregular(const Irregularity& spread) : spread_(spread), engine_(static_cast<std::uint64_t>(spread.seed)) {}
    [[nodiscard]] double force(double mean) { return mean * (1.0 + spread_.force * symmetric()); }
    [[nodiscard]] double time(double mean) { return mean * (1.0 + spread_.time * symmetric()); }

private:
    /// Uniform in [-1, 1); own mapping, because the distributions of the standard library differ.
    [[nodiscard]] double symmetric() { return static_cast<double>(engine_() >> 11) * 0x1p-52 - 1.0; }

    Irregularity spread_;
    std::mt19937_64 engine_;
};

}  // namespace foramen::scenarios
