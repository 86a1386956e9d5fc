#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "engine/materials/osmotic.hpp"
#include "engine/materials/permeability.hpp"
#include "engine/solve/newton.hpp"
#include "engine/system/biphasic_domain.hpp"
#include "tests/support/random.hpp"

namespace foramen::testing {

/// A domain that consists of one tissue without fibres; boundary conditions are left to the caller.
/// @param curves  permeability, osmotic pressure
[[nodiscard]] inline engine::DomainSpec one_tissue(engine::HexMesh mesh, const engine::MooneyRivlin<double>& ground,
                                                   std::vector<engine::Curve> curves) {
    engine::DomainSpec spec;
    spec.mesh = std::move(mesh);
    spec.curves = std::move(curves);
    engine::ElementTissue tissue;
    tissue.ground = ground;
    tissue.permeability = &spec.curves[0];
    tissue.osmotic_pressure = &spec.curves[1];
    spec.tissues.assign(spec.mesh.elements.size(), tissue);
    return spec;
}

/// A cube of n x n x n elements whose nodes are moved by up to `share` of an element's size; node sets "boundary", "interior".
[[nodiscard]] inline engine::HexMesh distorted_cube(double side, int n, double share, std::uint64_t seed) {
    const std::vector<double> planes = engine::uniform_planes(side, n);
    engine::HexMesh mesh = engine::box_mesh({planes, planes, planes});
    std::vector<bool> outside(static_cast<std::size_t>(mesh.node_count()), false);
    for (const auto& [name, set] : mesh.node_sets)
        for (const int node : set) outside[static_cast<std::size_t>(node)] = true;
    Uniform random(seed);
    for (int node = 0; node < mesh.node_count(); ++node) {
        mesh.node_sets[outside[static_cast<std::size_t>(node)] ? "boundary" : "interior"].push_back(node);
        for (int i = 0; i < 3; ++i) mesh.nodes(i, node) += share * side / n * random();
    }
    return mesh;
}

/// Prescribes the displacement of a set's nodes along an axis.
inline void fix(engine::DomainSpec& spec, const std::string& set, int axis) {
    for (const int n : spec.mesh.node_set(set)) spec.fixed.push_back({n, axis});
}

/// Newton scales of a problem with a given stress, length and displacement, solved to `accuracy` of them.
[[nodiscard]] inline engine::NewtonOptions newton_scales(double stress, double length, double displacement, double accuracy) {
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

}  // namespace foramen::testing
