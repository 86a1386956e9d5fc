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
    v.quantity("isochrone", c.isochrone, Dimension::time, {0.0, 1e9}, {.help = "when the pressure over depth is read; 0: never"});
    v.quantity("growth", c.growth, Dimension::none, {1.0, 3.0}, {.help = "of each layer over the one above it"});
}

namespace {
HexMesh column_mesh(const ConfinedCompression& c) {
    const std::vector<double> depth = graded_planes(c.height, c.elements, c.growth);
    std::vector<double> z;
    for (auto d = depth.rbegin(); d != depth.rend(); ++d) z.push_back(c.height - *d);
    return box_mesh({std::vector<double>{0.0, 1.0}, {0.0, 1.0}, z});
}
}  // namespace

DomainSpec column_domain(const ConfinedCompression& c) {
    DomainSpec spec = one_tissue(column_mesh(c), c.tissue);
    for (int n = 0; n < spec.mesh.node_count(); ++n) {
        spec.fixed.push_back({n, 0});
        spec.fixed.push_back({n, 1});
    }
    fix(spec, "z0", 2);
    spec.drained = spec.mesh.node_set("z1");
    return spec;
}

void load_column(System& system, double traction) {
    for (const int n : system.domains[0].mesh().node_set("z1")) system.domains[0].traction[3 * n + 2] = -0.25 * traction;
}

namespace {
/// The pressures of the column's nodes over their depth at one time.
class Isochrone : public Observer {
public:
    explicit Isochrone(double time) : time_(time) {}
    void on_step(const StepView& view) override {
        if (view.time != time_) return;
        const BiphasicDomain& d = view.system.domains[0];
        const double height = d.mesh().nodes.row(2).maxCoeff();
        for (int n = d.node_count() - 4; n >= 0; n -= 4) {
            trace.x.push_back(height - d.mesh().nodes(2, n));
            trace.y.push_back(d.p[n]);
        }
    }
    Trace trace{"isochrone", "MPa", {}, "mm", {}};

private:
    double time_;
};
}  // namespace

std::vector<Trace> run(const ConfinedCompression& c) {
    System system = one_domain(column_domain(c));
    const double settled = c.traction * c.height / aggregate_modulus(neo_hookean(c.tissue.modulus, c.tissue.poisson));
    NewtonSolver newton(system, newton_scales(c.traction, c.height, settled, 1e-6));
    StepperOptions stepping;
    stepping.displacement_tolerance = 1e-4 * settled;
    stepping.pressure_tolerance = 1e6;  // the displacement rules
    stepping.first_step = 1e-3;
    TimeStepper stepper(system, newton, stepping);
    const int top = system.domains[0].mesh().node_set("z1")[0], base = system.domains[0].mesh().node_set("z0")[0];
    Recording settlement("settlement", "mm", [top](const StepView& s) { return -s.system.domains[0].u[3 * top + 2]; });
    Recording pressure("base_pressure", "MPa", [base](const StepView& s) { return s.system.domains[0].p[base]; });
    Isochrone isochrone(c.isochrone);
    std::vector<double> corners{c.end};
    if (c.isochrone > 0.0) corners.insert(corners.begin(), c.isochrone);
    const Drive drive{[&](double, System& s) { load_column(s, c.traction); }, corners};
    finish(stepper.run(0.0, drive, {&settlement, &pressure, &isochrone}));
    std::vector<Trace> traces{settlement.trace(), pressure.trace()};
    if (c.isochrone > 0.0) traces.push_back(isochrone.trace);
    return traces;
}

}  // namespace foramen::models
