#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "tests/support/close.hpp"
#include "tests/support/columns.hpp"
#include "tests/verification/one_tissue.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

constexpr double radius = 3.0, height = 3.0, E = 1.0, nu = 0.1, k = 1e-3, ramp = 500.0;

/// Unconfined compression of a linear biphasic cylinder between smooth impermeable plates, axial strain ramped and held.
/// The step response, with x_n the positive roots of J1(x) = (1-nu)/(1-2nu) x J0(x) and T_n = a^2/(x_n^2 H k),
///     stress/(E strain)      = 1  + (1-nu)(1-2nu)/(1+nu) sum exp(-t/T_n)/((1-nu)^2 x_n^2 - (1-2nu))
///     u_r(a)/(a strain)      = nu + (1-nu)(1-2nu)        sum exp(-t/T_n)/((1-nu)^2 x_n^2 - (1-2nu))
/// is integrated over the ramp in closed form.
/// Source: Armstrong, Lai & Mow (1984) J Biomech Eng 106:165.
struct Armstrong {
    std::vector<double> weight, relaxation_time;

    Armstrong() {
        const double ratio = (1.0 - nu) / (1.0 - 2.0 * nu), H = E * (1.0 - nu) / ((1.0 + nu) * (1.0 - 2.0 * nu));
        const auto f = [&](double x) { return std::cyl_bessel_j(1.0, x) - ratio * x * std::cyl_bessel_j(0.0, x); };
        for (double x = 0.5; weight.size() < 60; x += 0.1) {
            if (f(x) * f(x + 0.1) > 0.0) continue;
            double a = x, b = x + 0.1;
            for (int i = 0; i < 60; ++i) (f(a) * f(0.5 * (a + b)) <= 0.0 ? b : a) = 0.5 * (a + b);
            weight.push_back((1.0 - nu) * (1.0 - 2.0 * nu) / ((1.0 - nu) * (1.0 - nu) * a * a - (1.0 - 2.0 * nu)));
            relaxation_time.push_back(radius * radius / (a * a * H * k));
        }
    }
    /// Sum of the relaxing terms at time t of the ramp and hold, in units of the final strain.
    [[nodiscard]] double memory(double t) const {
        const double ramped = std::min(t, ramp);
        double sum = 0.0;
        for (std::size_t n = 0; n < weight.size(); ++n) {
            const double T = relaxation_time[n];
            sum += weight[n] * T / ramp * (std::exp(-(t - ramped) / T) - std::exp(-t / T));
        }
        return sum;
    }
    [[nodiscard]] double stress_over_strain(double t) const { return E * (std::min(t, ramp) / ramp + memory(t) / (1.0 + nu)); }
    [[nodiscard]] double bulge_over_strain(double t) const { return radius * (nu * std::min(t, ramp) / ramp + memory(t)); }
};

/// Collects mean axial stress and mean radial bulge at every step.
struct Platen : Observer {
    double area;
    std::vector<double> time, stress, bulge;
    explicit Platen(double a) : area(a) {}
    void on_step(const StepView& v) override {
        const BiphasicDomain& d = v.system.domains[0];
        double force = 0.0, radial = 0.0;
        for (const int n : d.mesh().node_set("top")) force -= v.newton.residuals()[0].force[3 * n + 2];
        for (const int n : d.mesh().node_set("outer"))
            radial += d.u.segment<2>(3 * n).dot(d.mesh().nodes.col(n).head<2>()) / radius;
        time.push_back(v.time);
        stress.push_back(force / area);
        bulge.push_back(radial / static_cast<double>(d.mesh().node_set("outer").size()));
    }
};

/// Largest error over the times from 50 s on, relative to the closed form.
struct Errors {
    double stress = 0.0, bulge = 0.0;
};

/// A quarter cylinder whose outline is a polygon of 2 `core` sides; its rings get thinner towards the drained side. Nothing
/// varies along z, so one layer is enough. The ring around the core always takes 0.4 of its outer radius: that radius is halved
/// along with all other sizes.
Errors compress(int core, double strain) {
    const double first_ring = 1.2 / core;
    const int others = 3 * core;
    const std::vector<double> depth = graded_planes(1.0 - first_ring, others, std::pow(1.3, 4.0 / core));
    std::vector<double> rings;
    for (int i = others; i >= 0; --i) rings.push_back(1.0 - depth[i]);
    HexMesh mesh =
        cylinder_mesh({.radius = radius, .z_planes = {0.0, height}, .core = core, .ring_fractions = rings, .quarter = true});
    DomainSpec spec = testing::one_tissue(std::move(mesh), neo_hookean(E, nu),
                                          {permeability_curve(ConstantPermeability{k}), no_osmotic_pressure()});
    testing::fix(spec, "bottom", 2);
    testing::fix(spec, "top", 2);
    testing::fix(spec, "x0", 0);
    testing::fix(spec, "y0", 1);
    spec.drained = spec.mesh.node_set("outer");
    const std::vector<int> top = spec.mesh.node_set("top");
    System system;
    system.add_domain(BiphasicDomain(std::move(spec), SolverKind::supernodal_f64), {});
    NewtonSolver newton(system, testing::newton_scales(E * strain, radius, radius * strain, 1e-7));
    StepperOptions stepping;
    stepping.displacement_tolerance = 1e-4 * radius * strain;
    stepping.pressure_tolerance = 1e-3 * E * strain;
    stepping.first_step = 1.0;
    TimeStepper stepper(system, newton, stepping);
    // the area of the polygon: what the circle loses to its chords is no error of the element
    Platen platen(core * radius * radius * std::sin(std::numbers::pi / (4.0 * core)));
    const Drive drive{[&](double t, System& s) {
                          for (const int n : top) s.domains[0].u[3 * n + 2] = -strain * height * std::min(t, ramp) / ramp;
                      },
                      {50, 100, 200, 350, 500, 550, 650, 800, 1000, 1400, 2000}};
    REQUIRE(stepper.run(0.0, drive, {&platen}).reason == StopReason::finished);

    const Armstrong exact;
    Errors worst;
    for (std::size_t i = 0; i < platen.time.size(); ++i) {
        const double t = platen.time[i];
        if (t < 50.0) continue;
        worst.stress = std::max(worst.stress, std::abs(platen.stress[i] / (strain * exact.stress_over_strain(t)) - 1.0));
        worst.bulge = std::max(worst.bulge, std::abs(platen.bulge[i] / (strain * exact.bulge_over_strain(t)) - 1.0));
    }
    return worst;
}

}  // namespace

TEST_SUITE_BEGIN("verification");

TEST_CASE("unconfined compression, ramp and hold, follows the series of Armstrong et al. (1984)") {
    const Armstrong exact;
    // at t = 0+ the tissue is incompressible: the relaxing terms must sum to 1/2 - nu (checks the roots; the tail goes with 1/n)
    double sum = 0.0;
    for (const double w : exact.weight) sum += w;
    CHECK(std::abs(sum - (0.5 - nu)) < 1.0 / 60.0 * (0.5 - nu));

    // The linear theory is the limit of small strain. There the element and the chords of the outline leave an error that goes
    // with the square of the size; at 1e-3 finite strain adds about the strain.
    const Errors coarse = compress(4, 1e-6), fine = compress(8, 1e-6), finite = compress(8, 1e-3);
    INFO("stress: " << coarse.stress << ", " << fine.stress << ", at finite strain " << finite.stress);
    INFO("bulge: " << coarse.bulge << ", " << fine.bulge << ", at finite strain " << finite.bulge);
    CHECK(fine.stress < 5e-4);
    CHECK(fine.bulge < 2.2e-3);
    CHECK(coarse.stress / fine.stress > 3.4);
    CHECK(coarse.bulge / fine.bulge > 3.4);
    CHECK(finite.stress < 5e-4 + 1e-3);
    CHECK(finite.bulge < 2.2e-3 + 1e-3);
}

TEST_SUITE_END();
