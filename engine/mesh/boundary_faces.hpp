#pragma once

#include <array>
#include <vector>

#include "engine/mesh/hex_mesh.hpp"

namespace foramen::engine {

/// A face that belongs to one hexahedron only.
struct BoundaryFace {
    int element;
    std::array<int, 4> nodes;  ///< counter-clockwise seen from outside; a triangle has one node twice
};

/// The surface of a mesh, in the order of its elements. Faces that a repeated node has made a line or a point are left out.
[[nodiscard]] std::vector<BoundaryFace> boundary_faces(const HexMesh& mesh);

/// Area vector of a face: half the cross product of its diagonals, exact for flat faces [mm2]; it points outwards.
[[nodiscard]] Eigen::Vector3d face_area(const HexMesh& mesh, const BoundaryFace& face);

}  // namespace foramen::engine
