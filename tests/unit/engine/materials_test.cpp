#include <doctest/doctest.h>

#include <Eigen/Dense>

#include "engine/core/contract.hpp"
#include "engine/materials/fibre_family.hpp"
#include "engine/materials/mooney_rivlin.hpp"
#include "engine/materials/osmotic.hpp"
#include "engine/materials/permeability.hpp"
#include "engine/materials/tension_law.hpp"
#include "tests/support/close.hpp"

using namespace foramen;
using namespace foramen::engine;

TEST_SUITE_BEGIN("unit/materials");

TEST_CASE("a fibre pulled along its axis carries the closed-form HGO stress and none when pushed") {
    // Gasser, Ogden & Holzapfel (2006): tau_11 = 4 k1 (l^2 - 1)... here with E = l^2 - 1: tau = 2 k1 E exp(k2 E^2) l^2
    const FibreFamily<double> law{3.0, 45.0, 0.0, {1, 0, 0}};
    const double l = 1.1, E = l * l - 1.0;
    SpatialStress<double> pulled, pushed;
    const Tensor3<double> pull{l, 0, 0, 0, 0.97, 0, 0, 0, 0.98}, push{0.9, 0, 0, 0, 1.02, 0, 0, 0, 1.01};
    law.add_to(pulled, pull, left_cauchy_green(pull), true);
    CHECK_CLOSE(pulled.tau[0], 2.0 * 3.0 * E * std::exp(45.0 * E * E) * l * l, 1e-13);
    CHECK(std::abs(pulled.tau[1]) < 1e-15);
    law.add_to(pushed, push, left_cauchy_green(push), true);
    CHECK(pushed.tau[0] == 0.0);
    CHECK(pushed.c[0][0] == 0.0);
    SpatialStress<double> floored;
    law.add_to(floored, push, left_cauchy_green(push), true, {.reused = true});
    CHECK(floored.tau[0] == 0.0);
    CHECK_CLOSE(floored.c[0][0], 4.0 * 3.0 * std::pow(0.9, 4), 1e-13);
    const double margin = 0.02;
    for (const auto& [F, strain] : {std::pair{push, margin}, std::pair{pull, E + margin}}) {  // stress as it is, stiffness of further strain
        SpatialStress<double> exact, reused;
        law.add_to(exact, F, left_cauchy_green(F), true);
        law.add_to(reused, F, left_cauchy_green(F), true, {.reused = true, .margin = margin});
        CHECK(reused.tau[0] == exact.tau[0]);
        const double stiff = 4.0 * 3.0 * (1.0 + 2.0 * 45.0 * strain * strain) * std::exp(45.0 * strain * strain) * std::pow(F[0], 4);
        CHECK_CLOSE(reused.c[0][0], stiff, 1e-13);
    }
}

TEST_CASE("neo-Hookean rejects unphysical constants") {
    CHECK_THROWS_WITH(static_cast<void>(neo_hookean(1.0, 0.6)), doctest::Contains("[poisson_ratio = 0.6]"));
    CHECK_THROWS_AS(static_cast<void>(neo_hookean(-1.0, 0.2)), ContractViolation);
    CHECK_CLOSE(aggregate_modulus(neo_hookean(1.0, 0.2)), 0.8 / (1.2 * 0.6), 1e-14);
}

TEST_CASE("Donnan osmotic pressure: the published unit-test vector at J = 1") {
    // healthy NP, AF, CEP and grade III NP, AF, CEP at 293 K; three digits as evaluated from Munoz-Moya et al. (2024)
    struct Row {
        double charge, water, collagen;
        CollagenKind kind;
        double pressure, extrafibrillar;
    };
    const Row rows[] = {{.29, .745, .15, CollagenKind::nucleus, .180, .765}, {.18, .704, .65, CollagenKind::annulus, .168, .508},
                        {.166, .589, .24, CollagenKind::annulus, .113, .523}, {.221, .70, .285, CollagenKind::nucleus, .136, .671},
                        {.17, .661, .78, CollagenKind::annulus, .228, .384}, {.125, .53, .24, CollagenKind::annulus, .097, .440}};
    for (const Row& row : rows) {
        const IntrafibrillarDonnan law{row.charge, row.water, row.collagen, row.kind, 0.15, laboratory_temperature};
        CAPTURE(row.charge);
        CHECK(std::abs(law.pressure(1.0) - row.pressure) < 6e-4);
        CHECK(std::abs(law.extrafibrillar_fraction(1.0) - row.extrafibrillar) < 6e-4);
    }
    // ideal: R T (sqrt(cF^2 + 4 c^2) - 2 c)
    const IdealDonnan ideal{.29, .8073, 0.15, laboratory_temperature};
    CHECK_CLOSE(ideal.pressure(1.0), 8.3145e-3 * 293.0 * (std::sqrt(.29 * .29 + .09) - .3), 1e-13);
    CHECK_CLOSE(fixed_charge_density(.29, .8, 1.3), .29 * .8 / 1.1, 1e-14);
}

TEST_CASE("an osmotic table is that of its own law, whichever were made before") {
    const IntrafibrillarDonnan one{.2, .72, .3, CollagenKind::nucleus, .15, 310.0};
    std::vector<IntrafibrillarDonnan> laws(7, one);
    laws[1].fixed_charge = .25;
    laws[2].water_mass_fraction = .75;
    laws[3].collagen_fraction = .4;
    laws[4].collagen = CollagenKind::annulus;
    laws[5].bath = .16;
    laws[6].temperature = 298.0;
    for (int again = 0; again < 2; ++again)
        for (const IntrafibrillarDonnan& law : laws) CHECK_CLOSE(osmotic_curve(law).at(1.1).value, law.pressure(1.1), 1e-6);
}

TEST_CASE("tabulated curves reproduce their laws and their slopes") {
    const auto compare = [](const Curve& curve, const auto& law, double from, double to, double tolerance) {
        for (int i = 0; i <= 37; ++i) {
            const double J = from + (to - from) * i / 37.0, step = 1e-6;
            const CurveValue v = curve.at(J);
            CHECK_CLOSE(v.value, law(J), tolerance);
            CHECK_CLOSE(v.slope, (law(J + step) - law(J - step)) / (2.0 * step), 1e-4);
        }
    };
    const HolmesMowPermeability holmes{7.5e-4, 0.17, 8.5, 2.0};
    compare(permeability_curve(holmes), [&](double J) { return holmes.at(J).value; }, 0.5, 1.6, 1e-8);
    CHECK_CLOSE(holmes.at(1.0).value, 7.5e-4, 1e-14);
    const ArgoubiPermeability argoubi{3e-4, 4.0, 10.0};
    compare(permeability_curve(argoubi), [&](double J) { return argoubi.at(J).value; }, 0.5, 1.6, 1e-8);
    // Argoubi in its own words: e from the volume ratio
    const double J = 1.2, e = J * 5.0 - 1.0, quotient = e * 5.0 / (4.0 * (1.0 + e));
    CHECK_CLOSE(argoubi.at(J).value, 3e-4 * quotient * quotient * std::exp(10.0 * ((1.0 + e) / 5.0 - 1.0)), 1e-13);
    const IntrafibrillarDonnan donnan{.29, .745, .15};
    compare(osmotic_curve(donnan), [&](double x) { return donnan.pressure(x); }, 0.6, 1.8, 1e-8);
    const Curve hm = permeability_curve(holmes);
    CHECK(hm.at(0.1).value > 0.0);
    CHECK(hm.at(-3.0).slope == 0.0);
}

TEST_CASE("ligament and muscle laws pull, never push, and know their slope") {
    const StrandLaw strand{12.0, 0.07, 485.0};
    const BilinearLaw bilinear{13.0, 7.8, 20.0, 0.12, 63.7};
    const FascicleLaw fascicle{97.0, 184.1, 250.0, 1.0, 0.04};
    CHECK(strand.at(11.9).force == 0.0);
    CHECK(bilinear.at(12.0).force == 0.0);
    CHECK_CLOSE(strand.at(12.0 * 1.07).force, 0.5 * 485.0 * 0.07, 1e-12);
    CHECK_CLOSE(strand.at(12.0 * 1.10).force, 485.0 * (0.10 - 0.035), 1e-12);
    CHECK_CLOSE(bilinear.at(13.0 * 1.2).force, 63.7 * (7.8 * 0.12 + 20.0 * 0.08), 1e-12);
    CHECK_CLOSE(fascicle.at(250.0).force, 97.0 * 0.04, 1e-12);
    // Thelen's passive curve: 1.8 %, 5.2 %, 11.9 % of F_max at stretches of 1.1, 1.2, 1.3
    const FascicleLaw passive{1.0, 100.0, 200.0};
    CHECK(std::abs(passive.at(210.0).force - 0.018) < 5e-4);
    CHECK(std::abs(passive.at(220.0).force - 0.052) < 5e-4);
    CHECK(std::abs(passive.at(230.0).force - 0.119) < 5e-4);
    for (const TensionLaw& law : {TensionLaw(strand), TensionLaw(bilinear), TensionLaw(passive)}) {
        for (double l = 10.0; l < 260.0; l *= 1.013) {
            const Tension t = tension(law, l);
            CHECK(t.force >= 0.0);
            CHECK(std::abs(t.stiffness - (tension(law, l + 1e-6).force - tension(law, l - 1e-6).force) / 2e-6) < 1e-4 * std::max(1.0, t.stiffness));
        }
    }
}

TEST_SUITE_END();
