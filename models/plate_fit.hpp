#pragma once

#include "models/imported_anatomy.hpp"

namespace foramen::models {

/// One end-plate of a disc, measured.
struct PlateFit {
    engine::Pose frame;      ///< origin in the middle of its rim's extent, x anterior, z cranial, in the frame of the mesh
    double width, depth;     ///< extent of the rim along y and x [mm]
    double concavity;        ///< of the rim behind: how far its middle lies before its hindmost point [mm]
    double hollow;           ///< depth of the plate below its rim's plane, into the bone [mm]
    double area;             ///< across its normal [mm2]
};

/// Fits a plane to the rim (nodes of the plate that lie on the disc's outer surface too) by least squares.
/// @param set  "lower" or "upper"
[[nodiscard]] PlateFit fit_plate(const ImportedDisc& disc, const std::string& set);

/// The upper end-plate of a vertebra from its body's surface: plane of the triangles that look up, rim likewise by extent.
/// @param axis  about cranial, unit
[[nodiscard]] PlateFit fit_plate(const TriangleSurface& body, const Eigen::Vector3d& axis);

/// Nodes that a mesh's set names, as a flag a node.
[[nodiscard]] std::vector<char> flagged(const engine::HexMesh& mesh, const std::string& set);

}  // namespace foramen::models
