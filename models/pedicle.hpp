#pragma once

#include "engine/system/elastic_body.hpp"
#include "models/spine_geometry.hpp"

namespace foramen::models {

/// The two pedicles between a vertebral body and its posterior elements: beams whose roots move with the mean of a patch of the
/// body's cortex (forces on a root are spread over the patch in the same measure), and whose other ends belong to the stiff arch.
class Pedicles {
public:
    /// @param cortex_count  the body's first membranes, on whose nodes the pedicles stand
    Pedicles(const VertebraRow& row, const SpineGeometry& geometry, const BoneRow& bone, const engine::ElasticBody& body, int cortex_count);

    /// Nodal loads of unit forces and moments on the roots, left first. [3 nodes x 12]
    [[nodiscard]] const Eigen::MatrixXd& root_loads() const { return root_loads_; }

    /// Joins body and arch: the amplitudes of the body's fields, then the six moves of the arch, which do not move the body's nodes.
    /// @param arm        turns the arch's rotation into an amplitude [mm]
    /// @param root_pull  out: of the pedicles on their roots [12 x amplitudes]
    /// @param stiffness  out: [N/mm]
    void join(const engine::StaticFields& fields, double arm, Eigen::MatrixXd& root_pull, Eigen::MatrixXd& stiffness) const;

private:
    void stand_on(const engine::ElasticBody& body, int cortex_count, int side, const Eigen::Vector3d& root, const Eigen::Vector2d& reach);

    Eigen::MatrixXd root_loads_;
    Eigen::Matrix<double, 24, 24> beams_;  // stiffness of the moves of the roots (12) and of the other ends (12)
    std::array<Eigen::Vector3d, 2> ends_;
};

}  // namespace foramen::models
