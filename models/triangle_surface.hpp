#pragma once

#include <Eigen/Core>
#include <array>
#include <functional>
#include <vector>

namespace foramen::models {

/// A closed surface of triangles, counter-clockwise seen from outside.
struct TriangleSurface {
    std::vector<Eigen::Vector3d> points;         ///< [mm]
    std::vector<std::array<int, 3>> triangles;   ///< indices into points
};

/// Volume enclosed by a closed surface [mm^3]: sum of a . (b x c) / 6, positive when the triangles point outwards.
[[nodiscard]] double enclosed_volume(const TriangleSurface& surface);

/// A solid as the set where a function is negative; near its boundary the function is about the distance to it [mm].
using ImplicitSolid = std::function<double(const Eigen::Vector3d&)>;

/// The part of space that is sampled, on cubes of one size. The solid must lie inside.
struct SampledBox {
    Eigen::Vector3d lower, upper;  ///< [mm]
    double cell;                   ///< edge of the cubes [mm]
};

/// Boundary of an implicit solid as a closed, consistently oriented surface without edges shared by more than two triangles.
///
/// Cubes are cut along the segments in which the solid meets their faces (on a face with four crossings inside corners
/// stay apart, a rule that both neighbours apply alike), the segments close to loops, and each loop is filled. The points
/// are then evened out by `relaxation_sweeps` sweeps of moving each to the mean of its neighbours and back onto the boundary.
/// The lattice passes through the origin: a solid with mirror symmetry in y gives points with that symmetry before relaxation,
/// and to a few hundredths of a cell after it.
/// @throws ContractViolation if the solid reaches the border of the box
[[nodiscard]] TriangleSurface boundary_surface(const ImplicitSolid& solid, const SampledBox& box, int relaxation_sweeps = 4);

}  // namespace foramen::models
