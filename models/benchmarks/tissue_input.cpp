#include "models/benchmarks/tissue_input.hpp"

#include "engine/materials/osmotic.hpp"
#include "engine/materials/permeability.hpp"

namespace foramen::models {

using engine::Dimension;

void describe(engine::FieldVisitor& v, TissueInput& t) {
    v.quantity("modulus", t.modulus, Dimension::pressure, {1e-6, 1e6}, {.help = "Young's modulus, drained, at rest"});
    v.quantity("poisson", t.poisson, Dimension::none, {0.0, 0.499}, {.help = "Poisson's ratio, drained, at rest"});
    v.quantity("permeability", t.permeability, Dimension::permeability, {0.0, 1e6}, {.help = "permeability at rest"});
    v.word("law", t.law, benchmark_permeability_words, {.help = "permeability over volume"});
    v.quantity("solid_fraction", t.solid_fraction, Dimension::fraction, {0.0, 0.99}, {.help = "phi0 of Holmes-Mow"});
    v.quantity("exponent", t.exponent, Dimension::none, {0.0, 100.0}, {.help = "M of Holmes-Mow"});
    v.quantity("power", t.power, Dimension::none, {0.0, 10.0}, {.help = "alpha of Holmes-Mow"});
}

std::vector<engine::Curve> tissue_curves(const TissueInput& t) {
    return {t.law == BenchmarkPermeability::holmes_mow
                ? engine::permeability_curve(engine::HolmesMowPermeability{t.permeability, t.solid_fraction, t.exponent, t.power})
                : engine::permeability_curve(engine::ConstantPermeability{t.permeability}),
            engine::no_osmotic_pressure()};
}

engine::DomainSpec one_tissue(engine::HexMesh mesh, const TissueInput& t) {
    engine::DomainSpec spec;
    spec.mesh = std::move(mesh);
    spec.curves = tissue_curves(t);
    engine::ElementTissue tissue;
    tissue.ground = engine::neo_hookean(t.modulus, t.poisson);
    tissue.permeability = &spec.curves[0];
    tissue.osmotic_pressure = &spec.curves[1];
    spec.tissues.assign(spec.mesh.elements.size(), tissue);
    return spec;
}

void fix(engine::DomainSpec& spec, const char* set, int axis) {
    for (const int n : spec.mesh.node_set(set)) spec.fixed.push_back({n, axis});
}

engine::System one_domain(engine::DomainSpec spec, engine::SolverKind solver) {
    engine::System system;
    system.add_domain(engine::BiphasicDomain(std::move(spec), solver), {});
    return system;
}

engine::NewtonOptions newton_scales(double stress, double length, double displacement, double accuracy) {
    engine::NewtonOptions o;
    o.force_scale = stress * length * length;
    o.pressure_scale = stress;
    o.displacement_scale = displacement;
    o.arm_scale = length;
    o.body_tolerance = o.force_tolerance = o.pressure_tolerance = accuracy;
    o.volume_tolerance = accuracy * displacement / length;
    o.energy_tolerance = accuracy * accuracy;
    return o;
}

}  // namespace foramen::models
