#pragma once

#include "models/spine_model.hpp"

namespace foramen::models {

/// What the bone of a vertebra bears at present, from the static solution of its whole mesh under the forces with which discs and
/// pedicles pull at it.
struct BoneLoads {
    double cortex_von_mises;       ///< of the cortex, at the middles of its membranes; 2 % of its area are above it [MPa]
    double cancellous_compression; ///< compressive principal strain of cancellous bone, positive; 2 % of its volume are above it [-]
    double cancellous_tension;     ///< the same of the tensile one [-]
    double yield_fraction;         ///< the larger of both over its yield strain [-]
    std::array<double, 2> bulge;   ///< of the lower and the upper end-plate into the bone: farthest beyond the mean of its rim [mm]
    double reduction_error;        ///< of the shapes: area mean of the end-plates' displacement that they miss, over what it is [-]
};
/// @param bone  index in SpineModel::bones
[[nodiscard]] BoneLoads bone_loads(const SpineModel& model, const engine::NewtonSolver& newton, int bone);

/// Displacements of all nodes of a bone in its frame: of the whole mesh under the present forces [3 nodes].
[[nodiscard]] Eigen::VectorXd bone_displacement(const SpineModel& model, const engine::NewtonSolver& newton, int bone);

}  // namespace foramen::models
