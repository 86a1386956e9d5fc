#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "engine/materials/osmotic.hpp"
#include "engine/materials/permeability.hpp"
#include "engine/solve/newton.hpp"
#include "engine/system/biphasic_domain.hpp"
#include "models/benchmarks/distorted.hpp"
#include "models/benchmarks/tissue_input.hpp"
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

/// Prescribes the displacement of a set's nodes along an axis.
inline void fix(engine::DomainSpec& spec, const std::string& set, int axis) {
    for (const int n : spec.mesh.node_set(set)) spec.fixed.push_back({n, axis});
}

using models::distorted_cube;
using models::newton_scales;

}  // namespace foramen::testing
