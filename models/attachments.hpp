#pragma once

#include <string>
#include <vector>

#include "engine/system/system.hpp"
#include "models/spine_geometry.hpp"

namespace foramen::models {

/// Adds to each vertebra that deforms (spec.bone; those of the specimen, not the sacrum) a System::flexible without stiffness yet and, where there are
/// posterior elements, a rider that carries them.
void add_flexible_vertebrae(engine::System& system, const SpineSpec& spec);

/// The body of a vertebra's posterior elements: its rider, or itself where it is rigid.
[[nodiscard]] int posterior_body(const engine::System& system, int body);

/// Which cables of a System belong together.
struct CableGroup {
    std::string name;    ///< ligament (ALL ...) or fascicle
    std::string muscle;  ///< of a fascicle; empty for ligaments
    int disc = -1;       ///< of a ligament
    int first = 0;       ///< index of its first cable in System::cables
    int count = 0;
    double failure_strain = 0.0;  ///< of a ligament, NaN if unknown [-]
};

/// Strands of all ligaments (of those that a specimen has); slack lengths from the neutral stack. Appends to system.cables.
[[nodiscard]] std::vector<CableGroup> add_ligaments(engine::System& system, const SpineGeometry& geometry, const SpineSpec& spec);

/// All fascicles, left then right of each; fibre lengths refer to the neutral stack, hip flexion shortens the psoas.
/// PROPOSED: moment arm of the psoas at the hip 20 mm.
[[nodiscard]] std::vector<CableGroup> add_muscles(engine::System& system, const SpineGeometry& geometry, const SpineSpec& spec);

/// Ten facet joints (those that a specimen has), L1-L2 left, right, L2-L3 left ... A patch of points on the lower vertebra against a convex cylinder on the
/// upper one (facet_patch.hpp). Calibrated (docs/validation.md): pressure starts when the gap falls below 0.55 mm and is 0.35 MPa at contact.
void add_facets(engine::System& system, const SpineGeometry& geometry, const SpineSpec& spec);

/// The T12-L1 segment as springs between four pairs of points at the default adult's size: bending 1.8 (flexion) and 2.3 Nm/deg
/// (lateral), of Schmidt (1998) as AnyBody's model quotes it; PROPOSED: axial 610 N/mm, shear 440 N/mm, axial rotation
/// 3 Nm/deg (softer than the 8.4 of that source).
void add_thoracolumbar_joint(engine::System& system, const SpineGeometry& geometry);

/// A follower load: one tension along the bodies' centres from thorax to S1. It stands for what compresses a lying spine beyond
/// the muscles' tone and the ligaments' pre-tension (assumption). @return index of its cable
[[nodiscard]] int add_resting_load(engine::System& system, double tension);

}  // namespace foramen::models
