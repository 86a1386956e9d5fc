#pragma once

#include "engine/materials/osmotic.hpp"
#include "engine/materials/permeability.hpp"
#include "engine/system/biphasic_domain.hpp"
#include "tests/support/random.hpp"

namespace foramen::testing {

/// A block of 3 x 2 x 2 distorted elements with every law switched on: Mooney-Rivlin, two dispersed fibre families, Donnan
/// swelling, Holmes-Mow permeability.
/// @param tied      bottom on body 0, top on body 1; else nothing is held
/// @param swelling  false: no osmotic pressure, so that the block is free of stress at rest
[[nodiscard]] inline engine::BiphasicDomain distorted_block(bool tied, bool swelling = true) {
    using namespace engine;
    DomainSpec spec;
    spec.mesh = box_mesh({std::vector<double>{0.0, 1.0, 2.1, 3.0}, {0.0, 1.2, 2.0}, {0.0, 0.9, 2.0}});
    Uniform random(11);
    for (int n = 0; n < spec.mesh.node_count(); ++n)
        for (int i = 0; i < 3; ++i) spec.mesh.nodes(i, n) += 0.12 * random();
    for (int n = 0; n < spec.mesh.node_count(); ++n) {
        bool boundary = false;
        for (const auto& [name, set] : spec.mesh.node_sets) boundary = boundary || std::find(set.begin(), set.end(), n) != set.end();
        if (!boundary) spec.mesh.node_sets["interior"].push_back(n);
    }
    spec.curves = {permeability_curve(HolmesMowPermeability{2e-3, 0.2, 3.0, 2.0}), swelling ? osmotic_curve(IdealDonnan{0.2, 0.8}) : no_osmotic_pressure()};
    for (int e = 0; e < spec.mesh.element_count(); ++e) {
        ElementTissue t;
        t.ground = {0.2, 0.05, 0.4};
        t.fibre_count = 2;
        const double c = std::cos(0.5), s = std::sin(0.5);
        t.fibres[0] = {2.0, 5.0, 0.05, {c, 0.0, s}};
        t.fibres[1] = {2.0, 5.0, 0.05, {c, 0.0, -s}};
        t.permeability = &spec.curves[0];
        t.osmotic_pressure = &spec.curves[1];
        spec.tissues.push_back(t);
    }
    if (tied) {
        spec.slot_count = 2;
        for (const int n : spec.mesh.node_set("z0")) spec.ties.push_back({n, 0, spec.mesh.nodes.col(n)});
        for (const int n : spec.mesh.node_set("z1")) spec.ties.push_back({n, 1, spec.mesh.nodes.col(n)});
        spec.drained = spec.mesh.node_set("z1");
    }
    return BiphasicDomain(std::move(spec), SolverKind::supernodal_f64);
}

}  // namespace foramen::testing
