#include "models/benchmarks/pressure_overshoot.hpp"

#include <cmath>

#include "models/benchmarks/recording.hpp"

namespace foramen::models {

using namespace engine;

void describe(FieldVisitor& v, PressureOvershoot& p) { v.section("column", p.column, {.help = "the column of uniform layers"}); }

namespace {
/// Largest pressure over the load, less 1, after one step of `share` h^2/c_v.
double overshoot(const ConfinedCompression& c, bool stabilised, double share) {
    DomainSpec spec = column_domain(c);
    spec.stabilised = stabilised;
    System system = one_domain(std::move(spec));
    const double H = aggregate_modulus(neo_hookean(c.tissue.modulus, c.tissue.poisson)), h = c.height / c.elements;
    NewtonSolver newton(system, newton_scales(c.traction, c.height, c.traction * c.height / H, 1e-6));
    TimeStepper stepper(system, newton, {});
    const Drive drive{[&](double, System& s) { load_column(s, c.traction); }, {c.end}};
    finish(stepper.settle(0.0, share * h * h / (H * c.tissue.permeability), drive), "the first step");
    return system.domains[0].p.maxCoeff() / c.traction - 1.0;
}
}  // namespace

std::vector<Trace> run(const PressureOvershoot& p) {
    Trace projected{"overshoot", "", {}, "", {}}, plain{"plain_overshoot", "", {}, "", {}};
    for (const double share : {1e-5, 1e-4, 1e-3, 1e-2}) {
        projected.x.push_back(share);
        projected.y.push_back(overshoot(p.column, true, share));
        plain.x.push_back(share);
        plain.y.push_back(overshoot(p.column, false, share));
    }
    return {projected, plain};
}

}  // namespace foramen::models
