#pragma once

#include <utility>
#include <vector>

#include "engine/mesh/hex_mesh.hpp"

namespace foramen::engine {

/// A field that solves div grad s = 0 in a part of a mesh, with given values at some nodes and no flux through the rest of the
/// part's surface: a coordinate from one surface to another that follows the shape, whatever the order of the elements.
/// Source: such fields lay fibres into meshes since Bayer et al. (2012) Ann Biomed Eng 40:2243.
/// @param elements    of the part
/// @param prescribed  node and value
/// @return one value a node; 0 at nodes outside the part
[[nodiscard]] Eigen::VectorXd harmonic_field(const HexMesh& mesh, const std::vector<int>& elements,
                                             const std::vector<std::pair<int, double>>& prescribed);

/// Gradient of a nodal field in the middle of an element [1/mm].
[[nodiscard]] Eigen::Vector3d gradient_at_middle(const HexMesh& mesh, int element, const Eigen::VectorXd& field);

}  // namespace foramen::engine
