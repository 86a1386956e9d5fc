#include "models/benchmarks/swelling.hpp"

#include <random>

#include "models/benchmarks/recording.hpp"
#include "models/benchmarks/tissue_input.hpp"

#include "engine/materials/osmotic.hpp"
#include "engine/materials/permeability.hpp"

namespace foramen::models {

using namespace engine;

void describe(FieldVisitor& v, Swelling& s) {
    v.word("law", s.law, swelling_law_words, {.help = "of the osmotic pressure"});
    v.word("held", s.held, swelling_held_words, {.help = "which faces may not move"});
    v.quantity("charge", s.charge, Dimension::none, {0.0, 2.0}, {.help = "fixed charge at rest, mEq/ml"});
    v.quantity("water", s.water, Dimension::fraction, {0.1, 0.95}, {.help = "content at rest"});
    v.quantity("collagen", s.collagen, Dimension::fraction, {0.0, 0.9}, {.help = "of the intrafibrillar law"});
    v.quantity("c10", s.c10, Dimension::pressure, {0.0, 100.0}, {.help = "of the matrix"});
    v.quantity("c01", s.c01, Dimension::pressure, {0.0, 100.0}, {.help = "of the matrix"});
    v.quantity("lambda", s.lambda, Dimension::pressure, {0.0, 100.0}, {.help = "of the matrix"});
}

namespace {
constexpr double side = 2.0;

Curve osmotic(const Swelling& s) {
    if (s.law == SwellingLaw::ideal) return osmotic_curve(IdealDonnan{s.charge, s.water});
    return osmotic_curve(IntrafibrillarDonnan{s.charge, s.water, s.collagen, CollagenKind::nucleus});
}

/// Planes stay planes; what lies within them is moved.
HexMesh cube_mesh() {
    const std::vector<double> planes{0.0, 0.7, 1.2, side};
    HexMesh mesh = box_mesh({planes, planes, planes});
    std::mt19937_64 random(23);
    for (int n = 0; n < mesh.node_count(); ++n) {
        for (int i = 0; i < 3; ++i) {
            const double move = 0.08 * (static_cast<double>(random() >> 11) * 0x1p-52 - 1.0);
            if (const double x = mesh.nodes(i, n); x > 0.0 && x < side) mesh.nodes(i, n) += move;
        }
    }
    return mesh;
}

/// Drained on the faces that are free, at its top where none is.
DomainSpec cube(const Swelling& s) {
    DomainSpec spec = one_tissue(cube_mesh(), {});
    spec.curves = {permeability_curve(HolmesMowPermeability{1e-3, 0.2, 2.0, 2.0}), osmotic(s)};
    for (ElementTissue& t : spec.tissues) {
        t.ground = {s.c10, s.c01, s.lambda};
        t.permeability = &spec.curves[0];
        t.osmotic_pressure = &spec.curves[1];
    }
    const char* const faces[3][2] = {{"x0", "x1"}, {"y0", "y1"}, {"z0", "z1"}};
    for (int axis = 0; axis < 3; ++axis) {
        fix(spec, faces[axis][0], axis);
        const bool free = s.held == SwellingHeld::free || (s.held == SwellingHeld::sideways && axis == 2);
        if (!free) fix(spec, faces[axis][1], axis);
        const std::vector<int>& face = spec.mesh.node_set(faces[axis][1]);
        if (free || axis == 2) spec.drained.insert(spec.drained.end(), face.begin(), face.end());
    }
    return spec;
}
}  // namespace

std::vector<Trace> run(const Swelling& s) {
    System system = one_domain(cube(s));
    NewtonSolver newton(system, newton_scales(0.1, side, 0.1, 1e-10));
    StepperOptions stepping;
    stepping.displacement_tolerance = 0.01;
    stepping.pressure_tolerance = 0.01;
    TimeStepper stepper(system, newton, stepping);
    const Drive drive{[](double, System&) {}, {1e3, 1e6}};
    finish(stepper.run(0.0, drive, {}));
    finish(stepper.settle(1e9, 1e9, drive), "the end of the swelling");
    const BiphasicDomain& d = system.domains[0];
    double top = 0.0;
    for (const int n : d.mesh().node_set("z1")) top -= newton.residuals()[0].force[3 * n + 2];
    return {number("volume", 1.0 + newton.residuals()[0].volume.sum() / (side * side * side)),
            number("pressure", d.p.cwiseAbs().maxCoeff(), "MPa"), number("wall", top / (side * side), "MPa")};
}

}  // namespace foramen::models
