#include "models/benchmarks/unconfined_compression.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/benchmarks/recording.hpp"

namespace foramen::models {

using namespace engine;

void describe(FieldVisitor& v, UnconfinedCompression& c) {
    v.section("tissue", c.tissue, {.help = "of the cylinder"});
    v.quantity("radius", c.radius, Dimension::length, {1e-3, 1e3}, {.help = "of the cylinder"});
    v.quantity("height", c.height, Dimension::length, {1e-3, 1e3}, {.help = "of the cylinder"});
    v.quantity("strain", c.strain, Dimension::fraction, {1e-12, 0.5}, {.help = "at the end of the ramp"});
    v.quantity("ramp", c.ramp, Dimension::time, {1e-6, 1e9}, {.help = "of the compression"});
    v.quantity("end", c.end, Dimension::time, {1e-6, 1e9}, {.help = "of the hold"});
    v.whole("core", c.core, 2, 64, "", {.help = "squares along the side of the mesh's core"});
}

namespace {
/// Rings get thinner towards the drained side. The ring around the core always takes 0.4 of its outer radius: that radius is
/// halved along with all other sizes when `core` is doubled.
HexMesh quarter(const UnconfinedCompression& c) {
    const double first_ring = 1.2 / c.core;
    const std::vector<double> depth = graded_planes(1.0 - first_ring, 3 * c.core, std::pow(1.3, 4.0 / c.core));
    std::vector<double> rings;
    for (auto d = depth.rbegin(); d != depth.rend(); ++d) rings.push_back(1.0 - *d);
    return cylinder_mesh({.radius = c.radius, .z_planes = {0.0, c.height}, .core = c.core, .ring_fractions = rings, .quarter = true});
}

DomainSpec cylinder(const UnconfinedCompression& c) {
    DomainSpec spec = one_tissue(quarter(c), c.tissue);
    fix(spec, "bottom", 2);
    fix(spec, "top", 2);
    fix(spec, "x0", 0);
    fix(spec, "y0", 1);
    spec.drained = spec.mesh.node_set("outer");
    return spec;
}

double mean_bulge(const BiphasicDomain& d, double radius) {
    const std::vector<int>& outer = d.mesh().node_set("outer");
    double sum = 0.0;
    for (const int n : outer) sum += d.u.segment<2>(3 * n).dot(d.mesh().nodes.col(n).head<2>()) / radius;
    return sum / static_cast<double>(outer.size());
}

double plate_force(const StepView& view) {
    double force = 0.0;
    for (const int n : view.system.domains[0].mesh().node_set("top")) force -= view.newton.residuals()[0].force[3 * n + 2];
    return force;
}
}  // namespace

std::vector<Trace> run(const UnconfinedCompression& c) {
    System system = one_domain(cylinder(c));
    const double stress = c.tissue.modulus * c.strain;
    NewtonSolver newton(system, newton_scales(stress, c.radius, c.radius * c.strain, 1e-7));
    StepperOptions stepping;
    stepping.displacement_tolerance = 1e-4 * c.radius * c.strain;
    stepping.pressure_tolerance = 1e-3 * stress;
    stepping.first_step = 1e-3 * c.ramp * 2.0;
    TimeStepper stepper(system, newton, stepping);
    // the area of the polygon: what the circle loses to its chords is no error of the element
    const double area = c.core * c.radius * c.radius * std::sin(std::numbers::pi / (4.0 * c.core)), unit = 1e-6 / c.strain;
    Recording axial("stress", "MPa", [&](const StepView& s) { return unit * plate_force(s) / area; });
    Recording bulge("bulge", "mm", [&](const StepView& s) { return unit * mean_bulge(s.system.domains[0], c.radius); });
    const std::vector<int> top = system.domains[0].mesh().node_set("top");
    const Drive drive{[&](double t, System& s) {
                          for (const int n : top) s.domains[0].u[3 * n + 2] = -c.strain * c.height * std::min(t, c.ramp) / c.ramp;
                      },
                      {c.ramp, c.end}};
    finish(stepper.run(0.0, drive, {&axial, &bulge}));
    return {axial.trace(), bulge.trace()};
}

}  // namespace foramen::models
