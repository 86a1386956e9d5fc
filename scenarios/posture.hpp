#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "engine/core/describe.hpp"

namespace foramen::scenarios {

enum class Position { supine, prone, fowler };
inline constexpr std::array<std::string_view, 3> position_words{"supine", "prone", "fowler"};

struct Posture {
    Position position = Position::supine;
    std::optional<double> hip_flexion;      ///< [rad]
    std::optional<double> lordosis_change;  ///< [rad]
    double resting_compression = 0.0;       ///< least, on L4-L5, lying at rest; 0: nothing is added [N]
    bool operator==(const Posture&) const = default;
};

/// Hip flexion [rad]: as given, else 90 deg in Fowler's position and 0 otherwise.
[[nodiscard]] double hip_flexion(const Posture& posture);

void describe(engine::FieldVisitor& v, Posture& p);

}  // namespace foramen::scenarios
