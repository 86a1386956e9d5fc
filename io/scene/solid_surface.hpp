#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "io/result_file.hpp"

namespace foramen::io {

/// A point on an edge of a mesh: (1 - share) of `from`, share of `to`; a node has both the same.
struct MeshPoint {
    std::uint32_t from, to;
    float share;
};

/// Triangles over points that move with a mesh.
struct MeshSurface {
    std::vector<MeshPoint> points;
    std::vector<std::array<std::uint32_t, 3>> triangles;
};

/// The outer faces of a block of hexahedra, or the cells of a block of triangles or quads; only the nodes that they have.
[[nodiscard]] MeshSurface outer_surface(const BlockSpec& block);

/// The material section of a block of hexahedra that lies on y = offset in the reference configuration; it moves with the mesh.
[[nodiscard]] MeshSurface sagittal_section(const BlockSpec& block, double offset);

/// Values of a point field with `components` numbers a node, at a surface's points.
[[nodiscard]] std::vector<float> at_points(const MeshSurface& surface, const std::vector<float>& field, int components);

}  // namespace foramen::io
