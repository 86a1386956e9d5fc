#include "models/benchmarks/confined_compression.hpp"

#include "engine/time/time_stepper.hpp"
#include "models/benchmarks/recording.hpp"

namespace foramen::models {

using namespace engine;

void describe(FieldVisitor& v, ConfinedCompression& c) {
    v.section("tissue", c.tissue, {.help = "of the layer"});
    v.quantity("height", c.height, Dimension::length, {1e-3, 1e3}, {.help = "of the layer"});
    v.quantity("traction", c.traction, Dimension::pressure, {1e-12, 1e3}, {.help = "step of compression on the top"});
    v.quantity("end", c.end, Dimension::time, {1e-6, 1e9}, {.help = "of the creep"});
    v.whole("elements", c.elements, 2, 1000, "", {.help = "layers of elements"});
    v.quantity("growth", c.growth, Dimension::none, {1.0, 3.0}, {.help = "of each layer over the one above it"});
}

namespace {
HexMesh column_mesh(const ConfinedCompression& c) {
    const std::vector<double> depth = graded_planes(c.height, c.elements, c.growth);
    std::vector<double> z;
    for (auto d = depth.rbegin(); d != depth.rend(); ++d) z.push_back(c.height - *d);
    return box_mesh({std::vector<double>{0.0, 1.0}, {0.0, 1.0}, z});
}

DomainSpec column(const ConfinedCompression& c) {
    DomainSpec spec = one_tissue(column_mesh(c), c.tissue);
    for (int n = 0; n < spec.mesh.node_count(); ++n) {
        spec.fixed.push_back({n, 0});
        spec.fixed.push_back({n, 1});
    }
    fix(spec, "z0", 2);
    spec.drained = spec.mesh.node_set("z1");
    return spec;
}
}  // namespace

std::vector<Trace> run(const ConfinedCompression& c) {
    System system = one_domain(column(c));
    const double settled = c.traction * c.height / aggregate_modulus(neo_hookean(c.tissue.modulus, c.tissue.poisson));
    NewtonSolver newton(system, newton_scales(c.traction, c.height, settled, 1e-6));
    StepperOptions stepping;
    stepping.displacement_tolerance = 1e-4 * settled;
    stepping.pressure_tolerance = 1e6;  // the displacement rules
    stepping.first_step = 1e-3;
    TimeStepper stepper(system, newton, stepping);
    const std::vector<int> top = system.domains[0].mesh().node_set("z1");
    const int base = system.domains[0].mesh().node_set("z0")[0];
    Recording settlement("settlement", "mm", [n = top[0]](const StepView& s) { return -s.system.domains[0].u[3 * n + 2]; });
    Recording pressure("base_pressure", "MPa", [base](const StepView& s) { return s.system.domains[0].p[base]; });
    const Drive drive{[&](double, System& s) {
                          for (const int n : top) s.domains[0].traction[3 * n + 2] = -0.25 * c.traction;
                      },
                      {c.end}};
    finish(stepper.run(0.0, drive, {&settlement, &pressure}));
    return {settlement.trace(), pressure.trace()};
}

}  // namespace foramen::models
