#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "tests/support/close.hpp"
#include "tests/support/columns.hpp"
#include "tests/verification/one_tissue.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

constexpr double half_width = 2.0, height = 0.5, E = 1.0, nu = 0.2, k = 1e-3;
constexpr double stress = 1e-6;  // F/a: small, for the theory is linear

/// Mandel's problem: a plane-strain slab of half width a between rigid smooth plates is pressed with the force 2F per unit depth,
/// and drains at its two free sides. Solid and fluid incompressible (B = 1, nu_u = 1/2); H = lambda + 2 mu, c = k H; with the
/// positive roots of tan x/x = (1-nu)/(1/2-nu), D = x - sin x cos x and e = exp(-x^2 c t/a^2)
///     p(x, t)  = F/a sum sin x_n/D_n (cos(x_n x/a) - cos x_n) e_n
///     plate(t) = -F h/(2 G a) (1 - nu - sum sin x_n cos x_n/D_n e_n)
/// Source: Mandel (1953) Geotechnique 3:287; Cheng & Detournay (1988) Int J Numer Anal Methods Geomech 12:551, eqs 24-27.
struct Mandel {
    std::vector<double> root;

    Mandel() {
        const double ratio = (1.0 - nu) / (0.5 - nu);
        for (int n = 0; n < 200; ++n) {  // one root below each pole of the tangent
            double a = n * std::numbers::pi + 1e-9, b = (n + 0.5) * std::numbers::pi;
            for (int i = 0; i < 100; ++i) {
                const double x = 0.5 * (a + b);
                (std::tan(x) < ratio * x ? a : b) = x;
            }
            root.push_back(0.5 * (a + b));
        }
    }
    /// sum f(x_n)/D_n exp(-x_n^2 T), T = c t/a^2
    template <class Function>
    [[nodiscard]] double sum(double T, Function f) const {
        double s = 0.0;
        for (const double x : root) s += f(x) / (x - std::sin(x) * std::cos(x)) * std::exp(-x * x * T);
        return s;
    }
    [[nodiscard]] double pressure(double x_over_a, double T) const {
        return stress * sum(T, [&](double x) { return std::sin(x) * (std::cos(x * x_over_a) - std::cos(x)); });
    }
    [[nodiscard]] double plate(double T) const {
        const double G = E / (2.0 * (1.0 + nu));
        return -stress * height / (2.0 * G) * (1.0 - nu - sum(T, [](double x) { return std::sin(x) * std::cos(x); }));
    }
};

/// Half of the slab: x from the symmetry plane to the drained side.
System slab(int layers) {
    HexMesh mesh = box_mesh({uniform_planes(half_width, layers), {0.0, 0.5}, {0.0, height}});
    mesh.node_sets["halfway"] = {layers / 2};
    DomainSpec spec = testing::one_tissue(std::move(mesh), neo_hookean(E, nu),
                                          {permeability_curve(ConstantPermeability{k}), no_osmotic_pressure()});
    testing::fix(spec, "x0", 0);
    testing::fix(spec, "y0", 1);
    testing::fix(spec, "y1", 1);
    testing::fix(spec, "z0", 2);
    testing::fix(spec, "z1", 2);
    spec.drained = spec.mesh.node_set("x1");
    System system;
    system.add_domain(BiphasicDomain(std::move(spec), SolverKind::supernodal_f64), {});
    return system;
}

/// Pressures at the centre and half-way to the drained side over F/a, and the force on the plate over F.
struct Reading {
    double T, centre, halfway, force;
};

class Slab : public Observer {
public:
    std::vector<Reading> all;
    explicit Slab(double seconds) : seconds_(seconds) {}
    void on_step(const StepView& v) override {
        const BiphasicDomain& d = v.system.domains[0];
        double force = 0.0;
        for (const int n : d.mesh().node_set("z1")) force -= v.newton.residuals()[0].force[3 * n + 2];
        all.push_back({v.time / seconds_, d.p[0] / stress, d.p[d.mesh().node_set("halfway")[0]] / stress,
                       force / (stress * half_width * 0.5)});
    }

private:
    double seconds_;  // of T = 1
};

/// The plate is moved as the closed form says; the constant force that this takes is an outcome.
std::vector<Reading> press(int layers, const std::vector<double>& T) {
    const Mandel exact;
    System system = slab(layers);
    NewtonSolver newton(system, testing::newton_scales(stress, 1.0, stress / E, 1e-6));
    const double seconds = half_width * half_width / (aggregate_modulus(neo_hookean(E, nu)) * k);
    StepperOptions stepping;
    stepping.displacement_tolerance = 1e-4 * stress / E;
    stepping.pressure_tolerance = 1e-3 * stress;
    stepping.first_step = 1e-7 * seconds;
    TimeStepper stepper(system, newton, stepping);
    std::vector<double> corners;
    for (const double t : T) corners.push_back(t * seconds);
    const std::vector<int> plate = system.domains[0].mesh().node_set("z1");
    const Drive drive{[&](double t, System& s) {
                          // the load jumps after t = 0: before it the slab is at rest
                          for (const int n : plate) s.domains[0].u[3 * n + 2] = t > 0.0 ? exact.plate(t / seconds) : 0.0;
                      },
                      corners};
    Slab reader(seconds);
    REQUIRE(stepper.run(0.0, drive, {&reader}).reason == StopReason::finished);
    return reader.all;
}

/// Largest difference to the series over all steps with T >= 0.005, in units of the initial pressure F/2a.
struct Errors {
    double centre = 0.0, halfway = 0.0, force = 0.0;
};
Errors against_series(const std::vector<Reading>& readings) {
    const Mandel exact;
    Errors worst;
    for (const Reading& r : readings) {
        if (r.T < 0.005) continue;
        worst.centre = std::max(worst.centre, 2.0 * std::abs(r.centre - exact.pressure(0.0, r.T) / stress));
        worst.halfway = std::max(worst.halfway, 2.0 * std::abs(r.halfway - exact.pressure(0.5, r.T) / stress));
        worst.force = std::max(worst.force, std::abs(r.force - 1.0));
    }
    return worst;
}

}  // namespace

TEST_SUITE_BEGIN("verification");

TEST_CASE("Mandel-Cryer effect: the centre's pressure rises above its initial value, then falls, as in Mandel's series") {
    const std::vector<double> T{1e-5, 1e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0};
    const std::vector<Reading> coarse = press(16, T), fine = press(32, T);
    // undrained response: p = F/2a everywhere (both Poisson's ratio 1/2 and plane strain)
    CHECK_CLOSE(fine[1].centre, 0.5, 1e-3);
    double peak = 0.0, peak_time = 0.0;
    for (const Reading& r : fine) {
        if (r.centre > peak) peak_time = r.T;
        peak = std::max(peak, r.centre);
    }
    // nu = 0.2: the series' peak is 1.1069 times the initial pressure, at T = 0.0716
    CHECK_CLOSE(peak, 0.553448, 1e-3);
    CHECK(std::abs(peak_time - 0.0716) < 0.01);
    CHECK(fine.back().centre < 0.05 * peak);

    // trilinear elements: the error goes with the square of their size (32 across half of the slab: below 1e-3 of the
    // initial pressure)
    const Errors of_coarse = against_series(coarse), of_fine = against_series(fine);
    INFO("centre " << of_coarse.centre << ", " << of_fine.centre << "; half-way " << of_coarse.halfway << ", " << of_fine.halfway
                   << "; force " << of_coarse.force << ", " << of_fine.force);
    CHECK(of_fine.centre < 1e-3);
    CHECK(of_fine.halfway < 1e-3);
    CHECK(of_fine.force < 1e-3);
    CHECK(of_coarse.centre / of_fine.centre > 3.4);
}

TEST_SUITE_END();
