#pragma once

#include <Eigen/Dense>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/materials/spatial_stress.hpp"
#include "tests/support/random.hpp"

namespace foramen::testing {

/// A solid law as the battery sees it: Kirchhoff stress with its spatial tangent, and strain energy, of a deformation gradient.
struct SolidLaw {
    std::function<engine::SpatialStress<double>(const engine::Tensor3<double>& F, bool tangent)> stress;
    std::function<double(const engine::Tensor3<double>& F)> energy;
    double modulus;  ///< about its stiffness, the scale of the tolerances [MPa]
    bool isotropic = false;
};

using RowMajor3 = Eigen::Matrix<double, 3, 3, Eigen::RowMajor>;

[[nodiscard]] inline engine::Tensor3<double> tensor(const Eigen::Matrix3d& m) {
    engine::Tensor3<double> out;
    const RowMajor3 rows = m;
    std::copy(rows.data(), rows.data() + 9, out.begin());
    return out;
}

[[nodiscard]] inline Eigen::Matrix3d kirchhoff(const engine::SpatialStress<double>& s) {
    Eigen::Matrix3d tau;
    tau << s.tau[0], s.tau[3], s.tau[5], s.tau[3], s.tau[1], s.tau[4], s.tau[5], s.tau[4], s.tau[2];
    return tau;
}

/// P = dW/dF, the stress by differences of the energy; and P F^T is symmetric: the energy does not change with a rotation.
inline void check_stress_is_slope_of_energy(const SolidLaw& law, const Eigen::Matrix3d& F) {
    constexpr double step = 1e-6;
    Eigen::Matrix3d numeric;
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            Eigen::Matrix3d plus = F, minus = F;
            plus(i, j) += step;
            minus(i, j) -= step;
            numeric(i, j) = (law.energy(tensor(plus)) - law.energy(tensor(minus))) / (2.0 * step);
        }
    }
    const Eigen::Matrix3d P = kirchhoff(law.stress(tensor(F), false)) * F.inverse().transpose();
    const double scale = std::max(law.modulus, P.cwiseAbs().maxCoeff());
    CHECK((P - numeric).cwiseAbs().maxCoeff() < 2e-6 * scale);
    const Eigen::Matrix3d moment = numeric * F.transpose();
    CHECK((moment - moment.transpose()).cwiseAbs().maxCoeff() < 4e-6 * scale);
}

/// The spatial tangent by differences of the stress along a velocity gradient: d tau = c : d + d tau + tau d. Both c_mn and c_nm
/// are compared with the one number that is stored, so a tangent without major symmetry fails.
inline void check_tangent_is_slope_of_stress(const SolidLaw& law, const Eigen::Matrix3d& F) {
    constexpr double step = 1e-6;
    const engine::SpatialStress<double> s = law.stress(tensor(F), true);
    const Eigen::Matrix3d tau = kirchhoff(s);
    for (int pair = 0; pair < 6; ++pair) {
        Eigen::Matrix3d d = Eigen::Matrix3d::Zero();
        d(engine::sym_pair[pair][0], engine::sym_pair[pair][1]) = 1.0;
        d(engine::sym_pair[pair][1], engine::sym_pair[pair][0]) = 1.0;
        const auto at = [&](double h) { return law.stress(tensor((Eigen::Matrix3d::Identity() + h * d) * F), false).tau; };
        const auto plus = at(step), minus = at(-step);
        const Eigen::Matrix3d convected = d * tau + tau * d;
        for (int n = 0; n < 6; ++n) {
            const double rate = (plus[n] - minus[n]) / (2.0 * step) - convected(engine::sym_pair[n][0], engine::sym_pair[n][1]);
            const double twice = pair < 3 ? 1.0 : 2.0;  // engineering shear: both off-diagonal entries moved
            const double c = n <= pair ? s.c[n][pair] : s.c[pair][n];
            INFO("pair " << pair << " component " << n << ": c " << c * twice << " differences " << rate);
            CHECK(std::abs(c * twice - rate) < 3e-6 * std::max({law.modulus, std::abs(rate), tau.cwiseAbs().maxCoeff()}));
        }
    }
}

/// tau(Q F) = Q tau(F) Q^T and W(Q F) = W(F); of an isotropic law also tau(F Q) = tau(F).
inline void check_objectivity(const SolidLaw& law, const Eigen::Matrix3d& F) {
    const Eigen::Matrix3d Q = Eigen::AngleAxisd(1.1, Eigen::Vector3d(1, 2, -1).normalized()).toRotationMatrix();
    const Eigen::Matrix3d tau = kirchhoff(law.stress(tensor(F), false));
    const double scale = std::max(law.modulus, tau.cwiseAbs().maxCoeff());
    CHECK((kirchhoff(law.stress(tensor(Q * F), false)) - Q * tau * Q.transpose()).cwiseAbs().maxCoeff() < 1e-10 * scale);
    CHECK(std::abs(law.energy(tensor(Q * F)) - law.energy(tensor(F))) < 1e-10 * scale);
    if (law.isotropic) CHECK((kirchhoff(law.stress(tensor(F * Q), false)) - tau).cwiseAbs().maxCoeff() < 1e-10 * scale);
}

/// What every hyperelastic law obeys, at rest and at fifty seeded deformations of up to 25 % a component.
inline void check_hyperelastic_law(const SolidLaw& law) {
    const engine::Tensor3<double> rest = tensor(Eigen::Matrix3d::Identity());
    for (const double t : law.stress(rest, false).tau) CHECK(std::abs(t) < 1e-14 * law.modulus);
    CHECK(std::abs(law.energy(rest)) < 1e-14 * law.modulus);
    Uniform random(7);
    for (int tried = 0; tried < 50;) {
        Eigen::Matrix3d F = Eigen::Matrix3d::Identity();
        for (int i = 0; i < 9; ++i) F(i / 3, i % 3) += 0.25 * random();
        if (F.determinant() < 0.2) continue;
        ++tried;
        INFO("deformation " << tried << ":\n" << F);
        check_stress_is_slope_of_energy(law, F);
        check_tangent_is_slope_of_stress(law, F);
        check_objectivity(law, F);
    }
}

}  // namespace foramen::testing
