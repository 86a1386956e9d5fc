#pragma once

#include <Eigen/Dense>

namespace foramen::engine {

/// Isotropic linear elasticity at small strain: sigma = lambda tr(e) I + 2 mu e.
struct IsotropicElasticity {
    double youngs_modulus;  ///< E > 0 [MPa]
    double poisson_ratio;   ///< -1 < nu < 0.5 [-]

    [[nodiscard]] double shear_modulus() const { return youngs_modulus / (2.0 * (1.0 + poisson_ratio)); }
    [[nodiscard]] double lame_lambda() const {
        return youngs_modulus * poisson_ratio / ((1.0 + poisson_ratio) * (1.0 - 2.0 * poisson_ratio));
    }
    /// @param strain  [-]  @return stress [MPa]
    [[nodiscard]] Eigen::Matrix3d stress(const Eigen::Matrix3d& strain) const {
        return lame_lambda() * strain.trace() * Eigen::Matrix3d::Identity() + 2.0 * shear_modulus() * strain;
    }
};

/// sqrt(3/2 s : s) of the stress deviator s [MPa]
[[nodiscard]] double von_mises(const Eigen::Matrix3d& stress);

using Hex8Nodes = Eigen::Matrix<double, 3, 8>;
using Quad4Nodes = Eigen::Matrix<double, 3, 4>;

/// Stiffness of a hexahedron of eight nodes with nine incompatible modes, condensed out: bending without locking, exact under
/// constant stress on any shape. Source: Wilson, Taylor, Doherty & Ghaboussi (1973); with the modes' gradients taken at the
/// centre, Taylor, Beresford & Wilson (1976) Int J Numer Meth Eng 10:1211.
/// @param X  corners, in the order of HexMesh [mm]
/// @return unknowns node by node, x y z [N/mm]
[[nodiscard]] Eigen::Matrix<double, 24, 24> hex8_stiffness(const Hex8Nodes& X, const IsotropicElasticity& law);
/// Strain at the centre, where the incompatible modes have none [-].
/// @param u  displacements of the corners [mm]
[[nodiscard]] Eigen::Matrix3d hex8_centre_strain(const Hex8Nodes& X, const Hex8Nodes& u);

/// Stiffness of a thin shell of four nodes that carries stress in its plane only (plane stress, no bending) [N/mm].
/// @param thickness  [mm]
[[nodiscard]] Eigen::Matrix<double, 12, 12> membrane_stiffness(const Quad4Nodes& X, const IsotropicElasticity& law, double thickness);
/// In-plane stress at the centre, as a tensor in space [MPa].
[[nodiscard]] Eigen::Matrix3d membrane_centre_stress(const Quad4Nodes& X, const Quad4Nodes& u, const IsotropicElasticity& law);
[[nodiscard]] double quad_area(const Quad4Nodes& X);

/// A straight beam with an elliptic section.
struct EllipticBeam {
    Eigen::Vector3d from, to;           ///< [mm]
    Eigen::Vector3d up;                 ///< direction of the section's height, across the axis
    double half_width, half_height;     ///< of the section [mm]
    IsotropicElasticity law;
};
/// Stiffness of Timoshenko's beam for the moves (dx, w) of its two ends, in the axes of the coordinates [N/mm, N, N mm].
/// Shear coefficient 6 (1 + nu)/(7 + 6 nu), that of a circle (Cowper 1966); torsion of an ellipse pi a^3 b^3/(a^2 + b^2).
/// Source: Przemieniecki (1968), Theory of Matrix Structural Analysis, section 5.6.
[[nodiscard]] Eigen::Matrix<double, 12, 12> beam_stiffness(const EllipticBeam& beam);

}  // namespace foramen::engine
