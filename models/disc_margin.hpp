#pragma once

#include <vector>

#include "engine/system/biphasic_domain.hpp"
#include "models/anatomy.hpp"
#include "models/disc_mesh.hpp"

namespace foramen::models {

/// A point of the disc's margin on a sagittal cut.
struct MarginPoint {
    EdgePoint edge;
    Eigen::Vector3d bow = Eigen::Vector3d::Zero();  ///< from the mesh's edge to the outer surface that was meshed [mm]
};

/// The margin of a disc behind on the cut at `y` of the lower body's frame, from the lower to the upper rim, without both.
/// @param side  on which the cut lies
[[nodiscard]] std::vector<MarginPoint> disc_margin(const DiscMesh& disc, double y, Side side);

/// Where it is now, in the table's frame.
[[nodiscard]] Eigen::Vector3d present_place(const engine::BiphasicDomain& disc, const MarginPoint& point);

/// x of an end-plate's posterior rim at a y, in the plate's frame [mm].
[[nodiscard]] double posterior_rim(double y, double width, double depth, double concavity);

}  // namespace foramen::models
