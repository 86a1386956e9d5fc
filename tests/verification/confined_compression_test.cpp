#include <doctest/doctest.h>

#include "tests/support/close.hpp"
#include "tests/support/columns.hpp"

using namespace foramen;
using namespace foramen::engine;
using testing::Column;

namespace {

struct Creep {
    std::vector<double> surface, base_pressure;
    RunReport report;
};

/// Creep of a column under a step of traction, read at the given times.
Creep creep(const Column& column, double traction, std::vector<double> times, StepperOptions stepping) {
    System system = testing::column_system(column);
    NewtonSolver newton(system, testing::column_newton(traction, aggregate_modulus(column.ground)));
    TimeStepper stepper(system, newton, stepping);
    const int top = system.domains[0].mesh().node_set("z1")[0], base = system.domains[0].mesh().node_set("z0")[0];
    testing::Probe surface([top](const System& s) { return -s.domains[0].u[3 * top + 2]; });
    testing::Probe pressure([base](const System& s) { return s.domains[0].p[base]; });
    const Drive drive{[&](double, System& s) { testing::load_top(s, -traction); }, times};
    Creep out;
    out.report = stepper.run(0.0, drive, {&surface, &pressure});
    REQUIRE(out.report.reason == StopReason::finished);
    for (const double t : times) {
        out.surface.push_back(surface.at(t));
        out.base_pressure.push_back(pressure.at(t));
    }
    return out;
}

StepperOptions fine_steps(double displacement) {
    StepperOptions o;
    o.displacement_tolerance = 1e-4 * displacement;
    o.pressure_tolerance = 1e6;
    o.first_step = 1e-3;
    return o;
}

}  // namespace

TEST_SUITE_BEGIN("verification");

TEST_CASE("confined creep follows the series of Mow et al. (1980)") {
    Column column;
    column.growth = 1.12;
    column.ground = neo_hookean(1.0, 0.2);
    column.curves = {permeability_curve(ConstantPermeability{1e-3}), no_osmotic_pressure()};
    const double H = aggregate_modulus(column.ground), traction = 1e-4;
    const std::vector<double> times{5, 20, 50, 100, 200, 500, 1000, 2000};
    const Creep ours = creep(column, traction, times, fine_steps(traction / H));
    for (std::size_t i = 0; i < times.size(); ++i) {
        const double u = testing::mow_creep(times[i], 1.0, H, 1e-3, traction);
        const double p = testing::mow_base_pressure(times[i], 1.0, H, 1e-3, traction);
        INFO("t = " << times[i] << " s");
        CHECK_CLOSE(ours.surface[i], u, 1.5e-3);
        CHECK(std::abs(ours.base_pressure[i] - p) < 1.5e-3 * traction);
    }
}

TEST_CASE("finite-strain confined creep, constant and Holmes-Mow permeability, against 1-D finite differences") {
    // tools/reference values: 300 cells, Richardson in time; traction 0.3 MPa, E 1, nu 0.2, k 1e-3, phi0 0.2, M 4, alpha 2
    struct Row {
        double t, constant, holmes_mow;
    };
    const Row rows[] = {{20, 0.0458026, 0.0290737}, {100, 0.1024134, 0.0650111}, {500, 0.2030375, 0.1416129}, {1000, 0.2200446, 0.1825410}, {2000, 0.2213842, 0.2110801}};
    for (const bool holmes : {false, true}) {
        Column column;
        column.growth = 1.12;
        column.ground = neo_hookean(1.0, 0.2);
        column.curves = {holmes ? permeability_curve(HolmesMowPermeability{1e-3, 0.2, 4.0, 2.0}) : permeability_curve(ConstantPermeability{1e-3}),
                         no_osmotic_pressure()};
        std::vector<double> times;
        for (const Row& r : rows) times.push_back(r.t);
        const Creep ours = creep(column, 0.3, times, fine_steps(0.2));
        for (std::size_t i = 0; i < times.size(); ++i) {
            INFO("t = " << times[i] << " s, Holmes-Mow " << holmes);
            CHECK_CLOSE(ours.surface[i], holmes ? rows[i].holmes_mow : rows[i].constant, 2.5e-3);
        }
    }
}

TEST_CASE("pressure does not overshoot for time steps decades below the Vermeer-Verruijt limit") {
    for (const bool stabilised : {true, false}) {
        Column column;
        column.elements = 20;
        column.ground = neo_hookean(1.0, 0.2);
        column.curves = {permeability_curve(ConstantPermeability{1e-3}), no_osmotic_pressure()};
        column.stabilised = stabilised;
        const double H = aggregate_modulus(column.ground), h = 1.0 / 20.0, traction = 1e-4;
        for (const double share : {1e-5, 1e-3, 1e-2, 0.05}) {
            System system = testing::column_system(column);
            NewtonSolver newton(system, testing::column_newton(traction, H));
            TimeStepper stepper(system, newton, {});
            const Drive drive{[&](double, System& s) { testing::load_top(s, -traction); }, {1.0}};
            REQUIRE(stepper.settle(0.0, share * h * h / (H * 1e-3), drive).converged());
            const double overshoot = system.domains[0].p.maxCoeff() / traction - 1.0;
            INFO("dt c_v/h^2 = " << share << ", stabilised " << stabilised);
            if (stabilised) CHECK(overshoot < 1e-3);
            // the plain equal-order element, as published programs use it, does overshoot: the check above can fail
            if (!stabilised && share < 0.02) CHECK(overshoot > 0.5);
        }
    }
}

TEST_CASE("the second-order scheme is second order, backward Euler first") {
    Column column;
    column.growth = 1.12;
    column.ground = neo_hookean(1.0, 0.2);
    column.curves = {permeability_curve(ConstantPermeability{1e-3}), no_osmotic_pressure()};
    const auto run = [&](Scheme scheme, double h) {
        StepperOptions o;
        o.scheme = scheme;
        o.fixed_steps = true;
        o.first_step = h;
        System system = testing::column_system(column);
        NewtonOptions newton_options = testing::column_newton(0.1, 1.0);
        newton_options.force_tolerance = newton_options.volume_tolerance = 1e-10;
        NewtonSolver newton(system, newton_options);
        TimeStepper stepper(system, newton, o);
        const int top = system.domains[0].mesh().node_set("z1")[0];
        testing::Probe surface([top](const System& s) { return s.domains[0].u[3 * top + 2]; });
        // a smooth load: no jump at the start
        const Drive drive{[](double t, System& s) { testing::load_top(s, -0.1 * std::pow(std::sin(0.5 * std::numbers::pi * t / 200.0), 2)); }, {200.0}};
        REQUIRE(stepper.run(0.0, drive, {&surface}).reason == StopReason::finished);
        return surface.value.back();
    };
    const double exact = run(Scheme::sdirk2, 0.15625);
    const auto rate = [&](Scheme s) { return std::log2(std::abs(run(s, 2.5) - exact) / std::abs(run(s, 1.25) - exact)); };
    CHECK(rate(Scheme::sdirk2) > 1.8);
    CHECK(std::abs(rate(Scheme::backward_euler) - 1.0) < 0.2);
}

TEST_SUITE_END();
