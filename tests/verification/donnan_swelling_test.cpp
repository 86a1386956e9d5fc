#include <doctest/doctest.h>

#include <cmath>

#include "engine/time/time_stepper.hpp"
#include "tests/support/close.hpp"
#include "tests/support/random.hpp"
#include "tests/verification/one_tissue.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

constexpr double side = 2.0;
const MooneyRivlin<double> ground{0.06, 0.02, 0.15};  // [MPa]
const IdealDonnan ideal{0.25, 0.8};
const IntrafibrillarDonnan nucleus{0.25, 0.8, 0.15, CollagenKind::nucleus};
const IntrafibrillarDonnan annulus{0.20, 0.7, 0.6, CollagenKind::annulus};

using Law = std::function<double(double)>;  ///< dpi(J) [MPa]

/// Root of a function that falls from positive to negative in [low, high].
double root_of(const Law& f, double low, double high) {
    REQUIRE(f(low) > 0.0);
    REQUIRE(f(high) < 0.0);
    for (int i = 0; i < 200; ++i) (f(0.5 * (low + high)) > 0.0 ? low : high) = 0.5 * (low + high);
    return 0.5 * (low + high);
}

/// Kirchhoff stress of the drained ground substance along axis 0 with stretches s0, s1, s1: from the principal stretches,
///     tau_i = s_i dW/ds_i,   W = C10 (I1 - 3) + C01 (I2 - 3) - (2 C10 + 4 C01) ln J + lambda/2 (ln J)^2
double kirchhoff(double s0, double s1) {
    const double ln_J = std::log(s0 * s1 * s1);
    return 2.0 * ground.c10 * s0 * s0 + 4.0 * ground.c01 * s0 * s0 * s1 * s1 - 2.0 * ground.c10 - 4.0 * ground.c01 +
           ground.lambda * ln_J;
}

/// Free swelling: the same stretch along each axis, sigma(J) = dpi(J).
double free_volume(const Law& dpi) {
    return root_of([&](double J) { return dpi(J) - kirchhoff(std::cbrt(J), std::cbrt(J)) / J; }, 1.0, 2.9);
}

/// Confined swelling along one axis: J is the stretch, sigma_zz(J) = dpi(J).
double confined_volume(const Law& dpi) {
    return root_of([&](double J) { return dpi(J) - kirchhoff(J, 1.0) / J; }, 1.0, 2.9);
}

enum class Held { symmetry_planes, all_but_the_top, everything };

/// A distorted cube in its bath, drained on the faces that are free (at its top where none is).
System cube(Curve osmotic, Held held) {
    const std::vector<double> planes{0.0, 0.7, 1.2, side};
    HexMesh mesh = box_mesh({planes, planes, planes});
    testing::Uniform random(23);
    for (int n = 0; n < mesh.node_count(); ++n)
        for (int i = 0; i < 3; ++i)
            if (const double x = mesh.nodes(i, n); x > 0.0 && x < side) mesh.nodes(i, n) += 0.08 * random();
    DomainSpec spec = testing::one_tissue(std::move(mesh), ground,
                                          {permeability_curve(HolmesMowPermeability{1e-3, 0.2, 2.0, 2.0}), std::move(osmotic)});
    const char* names[3][2] = {{"x0", "x1"}, {"y0", "y1"}, {"z0", "z1"}};
    for (int axis = 0; axis < 3; ++axis) {
        testing::fix(spec, names[axis][0], axis);
        const bool free_face = held == Held::symmetry_planes || (held == Held::all_but_the_top && axis == 2);
        if (!free_face) testing::fix(spec, names[axis][1], axis);
        if (free_face || axis == 2)
            spec.drained.insert(spec.drained.end(), spec.mesh.node_set(names[axis][1]).begin(),
                                spec.mesh.node_set(names[axis][1]).end());
    }
    System system;
    system.add_domain(BiphasicDomain(std::move(spec), SolverKind::supernodal_f64), {});
    return system;
}

/// What is left when the swelling has come to its end.
struct Swollen {
    double volume_ratio, pressure, traction_on_top;
};

Swollen swell(const Curve& osmotic, Held held) {
    System system = cube(osmotic, held);
    NewtonSolver newton(system, testing::newton_scales(0.1, side, 0.1, 1e-10));
    StepperOptions stepping;
    stepping.displacement_tolerance = 0.01;
    stepping.pressure_tolerance = 0.01;
    TimeStepper stepper(system, newton, stepping);
    const Drive drive{[](double, System&) {}, {1e3, 1e6}};
    REQUIRE(stepper.run(0.0, drive, {}).reason == StopReason::finished);
    REQUIRE(stepper.settle(1e9, 1e9, drive).converged());
    const BiphasicDomain& d = system.domains[0];
    double top = 0.0;
    for (const int n : d.mesh().node_set("z1")) top += newton.residuals()[0].force[3 * n + 2];
    return {1.0 + newton.residuals()[0].volume.sum() / (side * side * side), d.p.cwiseAbs().maxCoeff(), top / (side * side)};
}

struct Case {
    std::string name;
    Law law;
    Curve curve;
};
std::vector<Case> cases() {
    // Lai, Hou & Mow (1991): dpi = R T (sqrt(c^2 + 4 c*^2) - 2 c*), c = c0 n0/(n0 - 1 + J); mol/l J/mol = kPa
    const auto donnan = [](double J) {
        const double c = 0.25 * 0.8 / (J - 0.2), salt = 0.15;
        return 8.3145e-3 * 310.0 * (std::sqrt(c * c + 4.0 * salt * salt) - 2.0 * salt);
    };
    return {{"ideal", donnan, osmotic_curve(ideal)},
            {"intrafibrillar, nucleus", [](double J) { return nucleus.pressure(J); }, osmotic_curve(nucleus)},
            {"intrafibrillar, annulus", [](double J) { return annulus.pressure(J); }, osmotic_curve(annulus)}};
}

}  // namespace

TEST_SUITE_BEGIN("verification");

// The state is homogeneous, so the mesh adds no error; left are Newton's tolerance (1e-12) and the table of dpi: h^4/384
// max|dpi''''| with h = 0.009 is about 4e-9 at J = 1. Tolerance 1e-7.

TEST_CASE("a cube swells freely in its bath to the volume where the matrix' stress balances the osmotic pressure") {
    for (const Case& c : cases()) {
        INFO(std::string(c.name));
        const double J = free_volume(c.law);
        CHECK(J > 1.15);  // far from small strain
        const Swollen end = swell(c.curve, Held::symmetry_planes);
        CHECK_CLOSE(end.volume_ratio, J, 1e-7);
        CHECK(end.pressure < 1e-7);
    }
}

TEST_CASE("a laterally confined cube swells along its axis only, to the closed-form stretch") {
    for (const Case& c : cases()) {
        INFO(std::string(c.name));
        const Swollen end = swell(c.curve, Held::all_but_the_top);
        CHECK_CLOSE(end.volume_ratio, confined_volume(c.law), 1e-7);
        CHECK(end.pressure < 1e-7);
    }
}

TEST_CASE("the swelling pressure of a cube that may not swell is the osmotic pressure at its volume") {
    for (const Case& c : cases()) {
        INFO(std::string(c.name));
        const Swollen end = swell(c.curve, Held::everything);
        CHECK_CLOSE(end.volume_ratio, 1.0, 1e-12);
        CHECK_CLOSE(-end.traction_on_top, c.law(1.0), 1e-7);
    }
}

TEST_SUITE_END();
