#include "models/annulus_strip.hpp"

#include <doctest/doctest.h>

#include <numbers>

#include "engine/materials/osmotic.hpp"

using namespace foramen::models;
namespace engine = foramen::engine;
using doctest::Approx;

namespace {

/// No fibres, no swelling: E = 2 MPa, nu = 0.3.
AnnulusStrip plain() { return {engine::neo_hookean(2.0, 0.3), {0.0, 1.0, 0.0}, 0.0, engine::no_osmotic_pressure()}; }

double modulus(const AnnulusStrip& strip, StripDirection direction) {
    constexpr double small = 1e-6;
    return strip_stress(strip, direction, small) / small;
}

}  // namespace

TEST_SUITE_BEGIN("unit/models");

TEST_CASE("a strip of ground substance has its Young's modulus, in every direction") {
    for (const auto direction : {StripDirection::radial, StripDirection::circumferential, StripDirection::axial})
        CHECK(modulus(plain(), direction) == Approx(2.0).epsilon(1e-5));
}

TEST_CASE("fibres along the circumference add 4 k1 a family there, and nothing across") {
    AnnulusStrip strip = plain();
    strip.fibre = {0.5, 1.0, 0.0};
    CHECK(modulus(strip, StripDirection::circumferential) == Approx(2.0 + 8.0 * 0.5).epsilon(1e-5));
    strip.fibre.angle = 0.5 * std::numbers::pi;
    CHECK(modulus(strip, StripDirection::axial) == Approx(2.0 + 8.0 * 0.5).epsilon(1e-5));
    CHECK(modulus(strip, StripDirection::radial) == Approx(2.0).epsilon(0.2));
}

TEST_CASE("a strip is free of stress where it has swollen freely, and at large strain follows the law of its fibres") {
    AnnulusStrip strip = plain();
    strip.osmotic_pressure = engine::Curve(
        [](double J) {
            return engine::CurveValue{0.2 - 0.1 * (J - 1.0), -0.1};
        },
        0.5, 3.0, 16);
    CHECK(std::abs(strip_stress(strip, StripDirection::axial, 0.0)) < 1e-10);
    AnnulusStrip one_way = plain();
    one_way.ground = engine::neo_hookean(1e-3, 0.0);  // fibres along the pull alone: P = 2 families x 2 k1 E exp(k2 E^2) stretch
    one_way.fibre = {0.5, 10.0, 0.0};
    const double stretch = 1.1, E = stretch * stretch - 1.0;
    CHECK(strip_stress(one_way, StripDirection::circumferential, 0.1) ==
          Approx(4.0 * 0.5 * E * std::exp(10.0 * E * E) * stretch).epsilon(1e-3));
}

TEST_SUITE_END();
