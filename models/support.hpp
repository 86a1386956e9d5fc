#pragma once

#include "engine/system/system.hpp"
#include "models/spine_geometry.hpp"

namespace foramen::models {

/// Where the table, the harnesses and gravity act: indices into the System's lists.
struct Support {
    int friction_lower = -1, friction_upper = -1, thoracic_harness = -1;  ///< System::sticks
    int pull = -1, weight_pelvis = -1, weight_thorax = -1;                ///< System::forces
    double pelvis_weight = 0.0, thorax_weight = 0.0;                      ///< [N]
};

/// The device's force and what of it reaches the pelvis.
struct Pull {
    double device = 0.0;      ///< [N]
    double angle = 0.0;       ///< of the rope above the table's plane [rad]
    double at_pelvis = 0.0;   ///< after the harness' loss [N]
    double gravity = 0.0;     ///< part of the pulled weight along a tilted table [N]
};

/// Springs under pelvis and thorax about their present places (soft tissue on the table), friction along the table, the
/// thoracic harness, weights on an inclined table.
/// Supine: the table lies behind (-x); prone: in front. The lumbar slices between pelvis and thorax are taken to rest on their own
/// soft tissue (assumption).
/// The pulled weight is that of pelvis and both legs, also where the legs lie on a stool. The springs hold both ways: a lift beyond
/// the weight would be held, not lost (assumptions).
/// PROPOSED: 4 springs of 15 N/mm (across) and 10 N/mm (sideways) under each; stick 20 N/mm; see docs/model.md.
[[nodiscard]] Support add_support(engine::System& system, const SpineGeometry& geometry, const SpineSpec& spec);

/// Takes a person off the table and out of the thoracic harness by a share, and holds the pelvis.
/// @param upright  0 lying .. 1 standing
void stand_up(engine::System& system, const Support& support, double upright);

/// Sets pull, weights along the table and friction limits: the upward part of the pull unloads the table under the pelvis.
/// @param tilt  of the table, feet lower than head positive [rad]
[[nodiscard]] Pull set_pull(engine::System& system, const Support& support, const SpineSpec& spec, double device_force, double angle,
                            double tilt);

}  // namespace foramen::models
