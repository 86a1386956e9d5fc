#include <doctest/doctest.h>

#include <cmath>

#include "engine/materials/fibre_family.hpp"
#include "engine/materials/mooney_rivlin.hpp"
#include "tests/support/close.hpp"
#include "tests/support/hyperelastic_battery.hpp"

using namespace foramen;
using namespace foramen::engine;
using testing::SolidLaw;

namespace {

double determinant(const Tensor3<double>& F) { return Eigen::Map<const testing::RowMajor3>(F.data()).determinant(); }

SolidLaw solid(const MooneyRivlin<double>& ground, std::vector<FibreFamily<double>> fibres, double modulus) {
    return {[=](const Tensor3<double>& F, bool tangent) {
                SpatialStress<double> s;
                const Sym3<double> b = left_cauchy_green(F);
                ground.add_to(s, b, std::log(determinant(F)), tangent);
                for (const auto& f : fibres) f.add_to(s, F, b, tangent);
                return s;
            },
            [=](const Tensor3<double>& F) {
                double W = strain_energy(ground, F, determinant(F));
                for (const auto& f : fibres) W += strain_energy(f, F);
                return W;
            },
            modulus, fibres.empty()};
}

}  // namespace

TEST_SUITE_BEGIN("unit/materials");

TEST_CASE("neo-Hookean and Mooney-Rivlin obey the hyperelastic laws") {
    for (const double share : {0.0, 0.2, 1.0}) {
        CAPTURE(share);
        testing::check_hyperelastic_law(solid({0.18 * (1.0 - share), 0.18 * share, 0.4}, {}, 0.5));
    }
    testing::check_hyperelastic_law(solid(neo_hookean(1.0, 0.0), {}, 1.0));
    testing::check_hyperelastic_law(solid(neo_hookean(2.0, 0.49), {}, 40.0));
}

TEST_CASE("a fibre family obeys the hyperelastic laws, taut and slack, aligned and dispersed") {
    const double n = 1.0 / std::sqrt(14.0);
    for (const double kappa : {0.0, 0.0752, 1.0 / 3.0}) {
        CAPTURE(kappa);
        SolidLaw law = solid({}, {{2.8, 6.0, kappa, {1.0 * n, 2.0 * n, 3.0 * n}}}, 10.0);
        law.isotropic = kappa == 1.0 / 3.0;
        testing::check_hyperelastic_law(law);
    }
}

TEST_CASE("the whole tissue, ground substance and two families, obeys the hyperelastic laws") {
    const double c = std::cos(0.5), s = std::sin(0.5);
    testing::check_hyperelastic_law(
        solid({0.15, 0.05, 0.4}, {{2.0, 5.0, 0.1, {c, s, 0.0}}, {2.0, 5.0, 0.1, {c, -s, 0.0}}}, 10.0));
}

TEST_CASE("ground substances in closed form: uniaxial strain, simple shear, uniform swelling") {
    const auto stress = [](const MooneyRivlin<double>& law, const Eigen::Matrix3d& F) {
        return testing::kirchhoff(solid(law, {}, 1.0).stress(testing::tensor(F), false));
    };
    const MooneyRivlin<double> neo = neo_hookean(1.0, 0.2);
    const double mu = 1.0 / 2.4, lambda = 0.2 / (1.2 * 0.6), s = 1.3;
    const Eigen::Matrix3d confined = Eigen::Vector3d(1.0, 1.0, s).asDiagonal();
    CHECK_CLOSE(stress(neo, confined)(2, 2), mu * (s * s - 1.0) + lambda * std::log(s), 1e-14);
    CHECK_CLOSE(stress(neo, confined)(0, 0), lambda * std::log(s), 1e-14);
    // simple shear g of a Mooney-Rivlin solid: tau_xy = 2 (C10 + C01) g, tau_xx - tau_yy = g tau_xy (universal, Rivlin 1948),
    // tau_yy - tau_zz = -2 C01 g^2
    const MooneyRivlin<double> two{0.15, 0.07, 0.4};
    const double g = 0.6;
    Eigen::Matrix3d shear = Eigen::Matrix3d::Identity();
    shear(0, 1) = g;
    const Eigen::Matrix3d tau = stress(two, shear);
    CHECK_CLOSE(tau(0, 1), 2.0 * 0.22 * g, 1e-14);
    CHECK_CLOSE(tau(0, 0) - tau(1, 1), g * tau(0, 1), 1e-13);
    CHECK_CLOSE(tau(1, 1) - tau(2, 2), -2.0 * 0.07 * g * g, 1e-13);
    // compacted: the added pressure in closed form, its energy and its slope by differences
    const double j = 0.2, h = 1e-6, over = std::log(0.3 / j);
    const auto pressed = [](double stretch) { return Eigen::Matrix3d(Eigen::Vector3d(1.0, 1.0, stretch).asDiagonal()); };
    CHECK_CLOSE(stress(neo, pressed(j))(2, 2), mu * (j * j - 1.0) + lambda * std::log(j) - 20.0 * over * over, 1e-13);
    const auto energy = [&](double x) { return strain_energy(neo, testing::tensor(pressed(x)), x); };
    CHECK_CLOSE(stress(neo, pressed(j))(2, 2), j * (energy(j + h) - energy(j - h)) / (2.0 * h), 1e-7);
    const double slope = (stress(neo, pressed(j * std::exp(h)))(2, 2) - stress(neo, pressed(j * std::exp(-h)))(2, 2)) / (2.0 * h);
    CHECK_CLOSE(slope, 2.0 * mu * j * j + lambda + 40.0 * over, 1e-7);
    CHECK_CLOSE(stress(neo, pressed(0.301))(2, 2), mu * (0.301 * 0.301 - 1.0) + lambda * std::log(0.301), 1e-14);
    const Eigen::Matrix3d swollen = s * Eigen::Matrix3d::Identity();
    CHECK_CLOSE(stress(two, swollen)(0, 0), 0.3 * (s * s - 1.0) + 0.28 * (s * s * s * s - 1.0) + 0.4 * 3.0 * std::log(s), 1e-13);
}

TEST_SUITE_END();
