#pragma once

#include <array>

#include "models/spine_model.hpp"

namespace foramen::models {

/// A force and a moment about the middle of a level's lower end-plate, in the axes of the lower vertebra [N, N mm].
struct SectionLoad {
    Eigen::Vector3d force = Eigen::Vector3d::Zero(), moment = Eigen::Vector3d::Zero();
};

/// What carries the load through a level, as the part above puts it on each: what bends the level is positive. `outside` is minus
/// what is applied to (and holds) the part above: in equilibrium the six sum to zero. `follower` is the follower load of a specimen
/// or the resting load of a person; a specimen has no muscles.
struct LevelLoads {
    SectionLoad disc, ligaments, facets, follower, outside, muscles;
    [[nodiscard]] SectionLoad unbalanced() const;
};

/// The disc's share is read at the end-plate below it, which Newton's sums for the bodies above do not use.
/// Levels that a specimen has not stay zero.
[[nodiscard]] std::array<LevelLoads, disc_count> level_loads(const SpineModel& model, const engine::NewtonSolver& newton);

/// Turn of a body as it is described anatomically: flexion about the fixed y, then bending about the new x, then axial rotation
/// about the new z (Wu et al. 2002 J Biomech 35:543). R = R_y(flexion) R_x(-left bending) R_z(left rotation) [rad]
struct AnatomicalAngles {
    double flexion, left_bending, left_rotation;
};
[[nodiscard]] AnatomicalAngles anatomical_angles(const Eigen::Matrix3d& rotation);

}  // namespace foramen::models
