#pragma once

#include "engine/solve/newton.hpp"
#include "engine/system/system.hpp"

namespace foramen::models {

/// What Newton's method is asked for when no fluid moves: every node keeps the volume that it has at rest. A biphasic solid is
/// then an incompressible one whose pressure is the fluid's.
[[nodiscard]] inline engine::StageInput undrained(const engine::System& system) {
    engine::StageInput stage{{}, 0.0};
    for (const auto& domain : system.domains) stage.target.push_back(Eigen::VectorXd::Zero(domain.node_count()));
    return stage;
}

/// Prescribes the pressure of every node (zero): what is left is the drained solid.
inline void drain_everywhere(engine::DomainSpec& spec) {
    for (int n = 0; n < spec.mesh.node_count(); ++n) spec.drained.push_back(n);
}

}  // namespace foramen::models
