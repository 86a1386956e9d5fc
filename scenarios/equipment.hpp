#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/describe.hpp"
#include "engine/core/units.hpp"

namespace foramen::scenarios {

enum class Surface { split, solid, custom };
inline constexpr std::array<std::string_view, 3> surface_words{"split", "solid", "custom"};

struct Table {
    Surface surface = Surface::split;
    std::optional<double> friction_lower;  ///< under pelvis and legs [-]
    std::optional<double> friction_upper;  ///< under the thorax [-]
    double incline = 0.0;                  ///< feet lower than head positive [rad]
    bool operator==(const Table&) const = default;
};

struct Friction {
    double lower, upper;  ///< [-]
};

/// Friction coefficients: as given, else those of the surface.
[[nodiscard]] Friction table_friction(const Table& table);

struct Harness {
    double stiffness = 20.0;           ///< of one harness with the soft tissue under it [N/mm]
    double loss = 0.10;                ///< share of the device's force that it takes [-]
    std::optional<double> slip_limit;  ///< force at which it slips [N]
    bool operator==(const Harness&) const = default;
};

/// What a traction device can do; its limits are checked against the session before anything is run.
struct Device {
    std::string name = "motorised unit";
    double max_force = 900.0;     ///< [N]
    double max_angle = 30.0_deg;  ///< [rad]
    double max_ramp = 100.0;      ///< [N/s]
    bool operator==(const Device&) const = default;
};

void describe(engine::FieldVisitor& v, Table& t);
void describe(engine::FieldVisitor& v, Harness& h);
void describe(engine::FieldVisitor& v, Device& d);

}  // namespace foramen::scenarios
