#pragma once

#include <Eigen/Dense>

#include <array>
#include <functional>

#include "engine/mesh/hex_mesh.hpp"

namespace foramen::models {

/// An integration point of an eight-node element in the reference configuration. Shape functions and points are this file's
/// own, so that loads and error norms do not lean on the element that they judge.
struct HexPoint {
    const std::array<int, 8>* nodes;
    Eigen::Vector3d X;                  ///< [mm]
    Eigen::Matrix<double, 8, 1> N;      ///< trilinear shape functions
    Eigen::Matrix<double, 8, 3> dN_dX;  ///< [1/mm]
    double dV;                          ///< [mm3]

    /// Gradient of a nodal vector field: du_i/dX_j at (i, j).
    [[nodiscard]] Eigen::Matrix3d gradient(const Eigen::VectorXd& u) const;
    /// A nodal vector field at the point.
    [[nodiscard]] Eigen::Vector3d vector(const Eigen::VectorXd& u) const;
    /// A nodal number at the point.
    [[nodiscard]] double scalar(const Eigen::VectorXd& p) const;
};

/// Visits points x points x points Gauss points of every element, in order. @param points  2 to 5 along each axis
void for_each_point(const engine::HexMesh& mesh, int points, const std::function<void(const HexPoint&)>& visit);

}  // namespace foramen::models
