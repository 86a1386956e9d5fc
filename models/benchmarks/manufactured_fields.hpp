#pragma once

#include <Eigen/Dense>

#include <vector>

#include "engine/materials/fibre_family.hpp"
#include "engine/materials/mooney_rivlin.hpp"

namespace foramen::models {

/// Smooth fields on the unit cube [mm] and the loads under which they solve the biphasic equations exactly.
///
///     u(X, t) = g(t) [S X + A (sin(2X + Y) cos(Z), cos(X - Z) sin(2Y), sin(X + 2Z - Y))],   g(t) = sin(t/T)
///     p(X, t) = B g(t) sin(2X + 0.4) cos(Y) (1 + Z^2)
///     P = dW/dF - p J F^-T,   body force b = -Div P
///     q = dJ/dt - Div(k J C^-1 Grad p)      (fluid fed in per reference volume and second)
///
/// The stress is written here from the potentials, apart from the engine's laws and elements; the divergences and the rate are
/// taken by central differences of fourth order.
/// Source: the method of manufactured solutions, Roache (2002) J Fluids Eng 124:4; equations of Mow et al. (1980).
class ManufacturedFields {
public:
    engine::MooneyRivlin<double> ground;
    std::vector<engine::FibreFamily<double>> fibres;
    double permeability = 0.0;                          ///< k, constant [mm4/(N s)]
    Eigen::Matrix3d stretch = Eigen::Matrix3d::Zero();  ///< S [-]
    double amplitude = 0.0;                             ///< A [mm]
    double pressure_amplitude = 0.0;                    ///< B [MPa]
    double time_scale = 1.0;                            ///< T [s]

    [[nodiscard]] Eigen::Vector3d displacement(const Eigen::Vector3d& X, double t) const;
    [[nodiscard]] Eigen::Matrix3d displacement_gradient(const Eigen::Vector3d& X, double t) const;
    [[nodiscard]] double pressure(const Eigen::Vector3d& X, double t) const;
    [[nodiscard]] Eigen::Vector3d pressure_gradient(const Eigen::Vector3d& X, double t) const;
    /// First Piola-Kirchhoff stress, fluid pressure included [MPa].
    [[nodiscard]] Eigen::Matrix3d first_piola(const Eigen::Vector3d& X, double t) const;
    /// Smallest fibre strain E of all families [-]; the fields are smooth only where it is positive.
    [[nodiscard]] double fibre_strain(const Eigen::Vector3d& X, double t) const;
    /// b [N/mm3]
    [[nodiscard]] Eigen::Vector3d body_force(const Eigen::Vector3d& X, double t) const;
    /// q [1/s]
    [[nodiscard]] double fluid_source(const Eigen::Vector3d& X, double t) const;

private:
    [[nodiscard]] double growth(double t) const;
    [[nodiscard]] Eigen::Matrix3d deformation_gradient(const Eigen::Vector3d& X, double t) const;
    [[nodiscard]] Eigen::Vector3d flux(const Eigen::Vector3d& X, double t) const;
};

}  // namespace foramen::models
