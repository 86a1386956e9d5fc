#include "scenarios/posture.hpp"

#include "engine/core/units.hpp"

namespace foramen::scenarios {

using engine::Dimension;

double hip_flexion(const Posture& posture) {
    return posture.hip_flexion.value_or(posture.position == Position::fowler ? 90.0_deg : 0.0);
}

void describe(engine::FieldVisitor& v, Posture& p) {
    v.word("position", p.position, position_words, {.help = "fowler is supine with hips and knees bent over a stool"});
    v.quantity(
        "hip_flexion", p.hip_flexion, Dimension::angle, {0.0_deg, 120.0_deg},
        {.help = "shortens psoas and flattens the lordosis", .absent = "90 deg for fowler, else 0 deg", .example = "60 deg"});
    v.quantity("lordosis_change", p.lordosis_change, Dimension::angle, {-40.0_deg, 20.0_deg},
               {.help = "of the L1-S1 angle, imposed on the supports before the spine finds its equilibrium; flattening negative",
                .source = "assumption: about -20 deg at 90 deg of hip flexion (several MRI studies, recalled)",
                .absent = "from hip_flexion",
                .example = "-15 deg"});
    v.quantity("resting_compression", p.resting_compression, Dimension::force, {0.0_N, 600.0_N},
               {.help = "least force on L4-L5 lying at rest, before any pull: what tone, muscles and ligaments lack of it is added as a follower "
                        "load; 0 N adds nothing"});
}

}  // namespace foramen::scenarios
