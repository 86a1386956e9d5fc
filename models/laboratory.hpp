#pragma once

#include "engine/system/system.hpp"
#include "models/spine_geometry.hpp"

namespace foramen::models {

/// What a testing machine asks of a specimen, about and along the machine's axes: x anterior, y left, z from the middle of the
/// lowest end-plate to that of the highest one in the neutral stack.
struct LaboratoryLoads {
    double flexion = 0.0, left_bending = 0.0, left_rotation = 0.0;  ///< pure moments on the upper vertebra [N mm]
    double follower = 0.0;                                          ///< compression along the bodies' centres [N]
    double axial_force = 0.0;                                       ///< on the upper vertebra, tension positive [N]
    double displacement = 0.0;                                      ///< of the upper vertebra, lengthening positive [mm]
};

/// The moment vector of three anatomical moments: flexion turns z towards x, bending to the left z towards y, rotation to the left
/// x towards y.
[[nodiscard]] inline Eigen::Vector3d moment_vector(const LaboratoryLoads& loads) {
    return {-loads.left_bending, loads.flexion, loads.left_rotation};
}

/// The machine: which of the System's lists load the specimen, and where its upper end stood when it was mounted.
struct Laboratory {
    Body upper, lower;
    bool slides, displaced;
    int moment = -1;       ///< System::moments
    int force = -1;        ///< System::forces, at the upper body's centre, its direction fixed in space
    int follower = -1;     ///< System::cables
    engine::Pose mounted;  ///< of the upper vertebra without load
    LaboratoryLoads loads; ///< present

    /// Puts the loads on; the displacement only where it is prescribed.
    void apply(engine::System& system, const LaboratoryLoads& asked);
    /// Takes the present place of the upper vertebra as that of no displacement, and locks what the machine guides.
    void mount(engine::System& system);
    /// What the machine holds the upper vertebra with, given the gradient of all else on it [N, N mm]: 0 where it is free.
    [[nodiscard]] engine::Vector6 reaction(const engine::System& system, const Eigen::VectorXd& body_gradient) const;
};

/// Turns the neutral stack into the machine's axes.
void align_to_machine(SpineGeometry& geometry, const SpecimenSpec& specimen);

/// Fixes the lowest vertebra (and the bodies that the specimen has not), and adds moment, force and follower load to the upper one.
/// The follower load is one cable of constant tension over frictionless guides at the bodies' centres, shifted forwards by
/// `follower_shift` along each body's x axis; the sacral guide is the middle of its end-plate. Between two guides it compresses
/// along the chord that joins them. Source: Patwardhan et al. (1999) Spine 24:1003.
[[nodiscard]] Laboratory add_laboratory(engine::System& system, const SpecimenSpec& specimen);

}  // namespace foramen::models
