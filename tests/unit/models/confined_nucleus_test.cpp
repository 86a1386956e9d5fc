#include "models/confined_nucleus.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "engine/materials/osmotic.hpp"

using namespace foramen::models;
namespace engine = foramen::engine;
using doctest::Approx;

TEST_SUITE_BEGIN("unit/models");

TEST_CASE("a confined sample without swelling follows its ground substance: (mu (J^2 - 1) + lambda ln J)/J") {
    const double E = 1.2, nu = 0.25, mu = E / (2.0 * (1.0 + nu)), lambda = E * nu / ((1.0 + nu) * (1.0 - 2.0 * nu));
    const NucleusSample sample{engine::neo_hookean(E, nu), engine::no_osmotic_pressure()};
    CHECK(std::abs(confined_stress(sample, 1.0)) < 1e-14);
    for (const double J : {0.8, 0.95, 1.1})
        CHECK(confined_stress(sample, J) == Approx((mu * (J * J - 1.0) + lambda * std::log(J)) / J).epsilon(1e-12));
}

TEST_CASE("swelling presses a held sample out and adds its slope to the modulus") {
    const NucleusSample sample{engine::neo_hookean(1.0, 0.0), engine::Curve(
                                                                  [](double J) {
                                                                      return engine::CurveValue{0.1 - 0.3 * (J - 1.0), -0.3};
                                                                  },
                                                                  0.5, 3.0, 16)};
    CHECK(confined_stress(sample, 1.0) == Approx(-0.1));
    constexpr double h = 1e-5;
    CHECK((confined_stress(sample, 1.0 + h) - confined_stress(sample, 1.0 - h)) / (2.0 * h) == Approx(1.0 + 0.3).epsilon(1e-6));
}

TEST_SUITE_END();
