#include "models/benchmarks/patch.hpp"

#include <cmath>

#include "engine/materials/osmotic.hpp"
#include "engine/materials/permeability.hpp"
#include "models/benchmarks/distorted.hpp"
#include "models/benchmarks/recording.hpp"

namespace foramen::models {

using namespace engine;

void describe(FieldVisitor& v, Patch& p) {
    v.word("kind", p.kind, patch_kind_words, {.help = "what is tested"});
    v.word("permeability", p.permeability, benchmark_permeability_words, {.help = "over volume"});
    constexpr static std::array<std::string_view, 2> flags{"false", "true"};
    v.word("deformed", p.deformed, flags, {.help = "whether the flow goes through a deformed block"});
    v.quantity("side", p.side, Dimension::length, {1e-3, 1e3}, {.help = "of the cube"});
    v.whole("elements", p.elements, 2, 20, "", {.help = "along a side"});
    v.quantity("distortion", p.distortion, Dimension::fraction, {0.0, 0.24}, {.help = "of the nodes, over an element's size"});
}

namespace {
constexpr HolmesMowPermeability holmes_mow{1e-3, 0.2, 3.0, 2.0};
constexpr double constant = 1e-3;  // [mm4/(N s)]
constexpr double inner_pressure = 0.3;

/// All displacements of the faces are given.
DomainSpec block(const Patch& p) {
    DomainSpec spec = one_tissue(distorted_cube(p.side, p.elements, p.distortion, 7), {});
    const bool varies = p.permeability == BenchmarkPermeability::holmes_mow;
    spec.curves = {varies ? permeability_curve(holmes_mow) : permeability_curve(ConstantPermeability{constant}),
                   osmotic_curve(IdealDonnan{0.2, 0.8})};
    const double c = std::cos(0.5), s = std::sin(0.5);
    for (ElementTissue& t : spec.tissues) {
        t.ground = {0.2, 0.05, 0.4};
        t.permeability = &spec.curves[0];
        t.osmotic_pressure = &spec.curves[1];
        t.fibre_count = 2;
        t.fibres = {FibreFamily<double>{2.0, 5.0, 0.05, {c, 0.0, s}}, FibreFamily<double>{2.0, 5.0, 0.05, {c, 0.0, -s}}};
    }
    for (int axis = 0; axis < 3; ++axis) fix(spec, "boundary", axis);
    return spec;
}

Eigen::Matrix3d deformation(const Patch& p) {
    if (!p.deformed) return Eigen::Matrix3d::Identity();
    Eigen::Matrix3d F;
    F << 1.10, 0.08, -0.05, 0.04, 0.93, 0.06, -0.07, 0.10, 1.05;
    return p.kind == PatchKind::undrained ? Eigen::Matrix3d(F / std::cbrt(F.determinant())) : F;
}

Eigen::Vector3d affine(const Eigen::Matrix3d& F, const Eigen::Vector3d& X) { return F * X - X; }

void deform(BiphasicDomain& domain, const char* set, const Eigen::Matrix3d& F) {
    for (const int n : domain.mesh().node_set(set)) domain.u.segment<3>(3 * n) = affine(F, domain.mesh().nodes.col(n));
}

double misplaced(const BiphasicDomain& domain, const Eigen::Matrix3d& F) {
    double worst = 0.0;
    for (const int n : domain.mesh().node_set("interior"))
        worst = std::max(worst, (domain.u.segment<3>(3 * n) - affine(F, domain.mesh().nodes.col(n))).norm());
    return worst;
}

double reference_volume(const BiphasicDomain& domain) {
    double volume = 0.0;
    for (const BiphasicBatch& batch : domain.batches())
        for (const LaneNumbers& v : batch.dV)
            for (int lane = 0; lane < batch.filled; ++lane) volume += v[lane];
    return volume;
}

/// solid and undrained: Newton's method must find the affine interior from nothing.
std::vector<Trace> solve_at_once(const Patch& p) {
    DomainSpec spec = block(p);
    if (p.kind == PatchKind::solid) {
        for (int n = 0; n < spec.mesh.node_count(); ++n) spec.drained.push_back(n);
    } else {
        spec.drained = {spec.mesh.node_set("boundary")[0]};  // p is free up to a constant
    }
    System system = one_domain(std::move(spec));
    BiphasicDomain& domain = system.domains[0];
    const Eigen::Matrix3d F = deformation(p);
    deform(domain, "boundary", F);
    const double pressure = p.kind == PatchKind::solid ? 0.0 : inner_pressure;
    domain.p[domain.spec().drained[0]] = pressure;
    NewtonSolver newton(system, newton_scales(1.0, p.side, 0.1 * p.side, 1e-11));
    finish(newton.solve({{Eigen::VectorXd::Zero(domain.node_count())}, 0.0}), "the patch test");
    return {number("place", misplaced(domain, F), "mm"), number("pressure", (domain.p.array() - pressure).abs().maxCoeff(), "MPa")};
}

/// Each backward Euler step divides what is left of the start by about dt k/(c h^2) = 1e3.
std::vector<Trace> flow(const Patch& p) {
    DomainSpec spec = block(p);
    for (int axis = 0; axis < 3; ++axis) fix(spec, "interior", axis);
    spec.drained = spec.mesh.node_set("boundary");
    System system = one_domain(std::move(spec));
    BiphasicDomain& domain = system.domains[0];
    const Eigen::Matrix3d F = deformation(p);
    deform(domain, "boundary", F);
    deform(domain, "interior", F);
    const Eigen::Vector3d gradient(0.03, -0.05, 0.08);  // [MPa/mm]
    const auto linear = [&](int n) { return 0.2 + gradient.dot(F * domain.mesh().nodes.col(n)); };
    for (const int n : domain.mesh().node_set("boundary")) domain.p[n] = linear(n);
    NewtonSolver newton(system, newton_scales(1.0, p.side, 0.1 * p.side, 1e-11));
    TimeStepper stepper(system, newton, {});
    const Drive drive{[](double, System&) {}, {1.0}};
    for (int step = 1; step <= 8; ++step) finish(stepper.settle(1e6 * step, 1e6, drive), "a step towards the steady flow");
    double worst = 0.0;
    for (const int n : domain.mesh().node_set("interior")) worst = std::max(worst, std::abs(domain.p[n] - linear(n)));
    const double k = p.permeability == BenchmarkPermeability::holmes_mow ? holmes_mow.at(F.determinant()).value : constant;
    const double power = domain.p.dot(newton.residuals()[0].outflow);
    const double exact = k * gradient.squaredNorm() * F.determinant() * reference_volume(domain);
    return {number("pressure", worst, "MPa"), number("power", std::abs(power / exact - 1.0))};
}
}  // namespace

std::vector<Trace> run(const Patch& p) { return p.kind == PatchKind::flow ? flow(p) : solve_at_once(p); }

}  // namespace foramen::models
