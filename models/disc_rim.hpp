#pragma once

#include "models/imported_disc_mesh.hpp"

namespace foramen::models {

/// The outer surface of a disc's mesh and its two rims, for meshes without known structure.
class DiscRim {
public:
    /// @param mesh  in the frame of the lower body
    DiscRim(const engine::HexMesh& mesh, const ImportedDiscPlace& place);

    /// Nodes of the outer surface with both rims, ascending.
    [[nodiscard]] std::vector<int> outer_nodes() const;
    /// Place in the plan of the disc: x anterior, y left, from the middle between the plates' middles at a level [mm].
    [[nodiscard]] Eigen::Vector3d in_plan(const Eigen::Vector3d& x, double level) const;
    /// Mean axes of the two plates, in the frame of the lower body.
    [[nodiscard]] const Eigen::Matrix3d& axes() const { return axes_; }
    /// Outer nodes behind with the points of the rims at the same polar angle.
    [[nodiscard]] std::vector<HindNode> hind_nodes(const std::vector<double>& level) const;

private:
    [[nodiscard]] double angle_behind(int node, double level) const;
    [[nodiscard]] std::optional<EdgePoint> on_rim(const std::vector<std::array<int, 2>>& rim, double level, double angle) const;

    const engine::HexMesh& mesh_;
    Eigen::Matrix3d axes_;
    Eigen::Vector3d lower_middle_, upper_middle_;
    std::vector<char> lower_, upper_, outer_;
    std::vector<std::array<int, 2>> lower_rim_, upper_rim_;  ///< edges
};

/// Where the plane y = `y` of the lower body's frame cuts the outer surface behind the disc's middle: points on its edges, from the
/// lower to the upper rim, both among them.
[[nodiscard]] std::vector<EdgePoint> hind_margin(const DiscMesh& disc, double y);

}  // namespace foramen::models
