#pragma once

#include <Eigen/Dense>
#include <array>
#include <vector>

#include "engine/mesh/hex_mesh.hpp"

namespace foramen::engine {

/// Where a point lies in a mesh: an element and the values of its eight trilinear shape functions there, which sum to 1.
struct MeshPlace {
    int element;
    std::array<double, 8> weight;
};

/// Places of points [3 x count, mm]. A point outside of the mesh gets the nearest place of the element that it is least outside of.
[[nodiscard]] std::vector<MeshPlace> places_in(const HexMesh& mesh, const Eigen::Matrix3Xd& points);

}  // namespace foramen::engine
