#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "engine/materials/osmotic.hpp"
#include "engine/materials/permeability.hpp"
#include "tests/support/close.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

struct PermeabilityCase {
    std::string name;
    std::function<CurveValue(double)> law;
    Curve table;
    double k0;
    double solid;  ///< volume fraction at J = 1, where the law ends
};

std::vector<PermeabilityCase> permeabilities() {
    const HolmesMowPermeability holmes{7.5e-4, 0.17, 8.5, 2.0};
    const ArgoubiPermeability argoubi{3e-4, 4.0, 10.0};
    return {{"Holmes-Mow", [=](double J) { return holmes.at(J); }, permeability_curve(holmes), 7.5e-4, 0.17},
            {"Argoubi", [=](double J) { return argoubi.at(J); }, permeability_curve(argoubi), 3e-4, 0.2}};
}

struct OsmoticCase {
    std::string name;
    std::function<double(double)> law;
    Curve table;
    double water;
};

std::vector<OsmoticCase> osmotics() {
    const IdealDonnan ideal{0.25, 0.8};
    const IntrafibrillarDonnan nucleus{.29, .745, .15}, annulus{.18, .704, .65, CollagenKind::annulus};
    return {{"ideal", [=](double J) { return ideal.pressure(J); }, osmotic_curve(ideal), 0.8},
            {"nucleus", [=](double J) { return nucleus.pressure(J); }, osmotic_curve(nucleus), nucleus.water_fraction()},
            {"annulus", [=](double J) { return annulus.pressure(J); }, osmotic_curve(annulus), annulus.water_fraction()}};
}

}  // namespace

TEST_SUITE_BEGIN("unit/materials");

TEST_CASE("permeability laws are positive, rise with the volume, know their slope and shut when the pores are gone") {
    for (const PermeabilityCase& c : permeabilities()) {
        CAPTURE(c.name);
        CHECK_CLOSE(c.law(1.0).value, c.k0, 1e-14);
        for (double J = c.solid + 0.02; J < 1.8; J += 0.013) {
            CAPTURE(J);
            const double step = 1e-6;
            CHECK(c.law(J).value > 0.0);
            CHECK(c.law(J).slope > 0.0);
            CHECK_CLOSE(c.law(J).slope, (c.law(J + step).value - c.law(J - step).value) / (2.0 * step), 1e-6);
        }
        CHECK(c.law(c.solid + 1e-6).value < 1e-8 * c.k0);
        // the table never shuts: it keeps the small permeability of 2 % porosity
        for (const double J : {c.solid + 0.01, c.solid, 0.0, -1.0}) {
            CHECK(c.table.at(J).value > 0.0);
            CHECK(c.table.at(J).value < 2e-2 * c.k0);
            CHECK(c.table.at(J).slope == 0.0);
        }
    }
    const ConstantPermeability constant{2e-3};
    for (const double J : {0.3, 1.0, 2.5}) {
        CHECK(constant.at(J).value == 2e-3);
        CHECK(constant.at(J).slope == 0.0);
    }
}

TEST_CASE("permeability laws in their published words") {
    // Holmes & Mow (1990) write k = k0 [phi_s0 n_f/(1 - phi_s0)/phi_s]^alpha exp(M (J^2 - 1)/2) with phi_s = phi_s0/J
    const HolmesMowPermeability holmes{7.5e-4, 0.17, 8.5, 2.0};
    for (const double J : {0.6, 0.9, 1.25}) {
        const double solid = 0.17 / J, pores = 1.0 - solid;
        CHECK_CLOSE(holmes.at(J).value,
                    7.5e-4 * std::pow(0.17 * pores / ((1.0 - 0.17) * solid), 2.0) * std::exp(8.5 * (J * J - 1.0) / 2.0), 1e-13);
    }
    // at small strain the law of Lai & Mow (1980), k = k0 exp(M* e), with M* = M + alpha/(1 - phi_s0)
    CHECK_CLOSE(holmes.at(1.0).slope / holmes.at(1.0).value, 8.5 + 2.0 / 0.83, 1e-13);
}

TEST_CASE("osmotic laws fall with the volume and have the slope of their differences") {
    for (const OsmoticCase& c : osmotics()) {
        CAPTURE(c.name);
        const double compacted = 1.0 - c.water, first = compacted + 0.25;
        double before = c.law(first);
        for (double J = first + 0.02; J < 2.2; J += 0.02) {
            CAPTURE(J);
            const double here = c.law(J), step = 1e-4;
            CHECK(here > 0.0);
            CHECK(here < before);
            CHECK_CLOSE(c.table.at(J).value, here, 1e-6);
            CHECK_CLOSE(c.table.at(J).slope, (c.law(J + step) - c.law(J - step)) / (2.0 * step), 1e-3);
            before = here;
        }
    }
    // charges thinned out: nothing is left of the ideal law's pressure. The published intrafibrillar law turns slightly negative
    // above J = 2.4, for its activity outside is the one of the tissue's charge; no tissue of the model swells that far.
    CHECK(osmotics()[0].law(50.0) < 1e-3 * osmotics()[0].law(1.0));
    CHECK(std::abs(osmotics()[1].law(50.0)) < 0.3 * osmotics()[1].law(1.0));
}

TEST_CASE("ideal Donnan pressure: limits of no charge, no salt and much salt") {
    const double RT = 8.3145e-3 * 310.0;  // mol/l J/mol = kPa
    const auto pressure = [](double charge, double bath, double J) { return IdealDonnan{charge, 0.8, bath}.pressure(J); };
    CHECK(pressure(0.0, 0.15, 1.0) == 0.0);
    CHECK_CLOSE(pressure(0.2, 0.0, 1.0), RT * 0.2, 1e-13);
    // much salt: R T c_F^2/(4 c*)
    CHECK_CLOSE(pressure(0.01, 2.0, 1.0), RT * 0.01 * 0.01 / 8.0, 1e-5);
    // twice the volume of water halves the charge
    CHECK_CLOSE(pressure(0.2, 0.15, 1.8), pressure(0.1, 0.15, 1.0), 1e-13);
}

TEST_SUITE_END();
