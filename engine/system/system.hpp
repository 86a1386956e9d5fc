#pragma once

#include <array>
#include <vector>

#include "engine/elements/cable.hpp"
#include "engine/elements/facet_contact.hpp"
#include "engine/elements/frame_interaction.hpp"
#include "engine/elements/pure_moment.hpp"
#include "engine/system/biphasic_domain.hpp"

namespace foramen::engine {

/// Rigid bodies, the biphasic domains between them and the forces on them.
struct System {
    std::vector<Pose> poses;
    std::vector<std::array<bool, 6>> free;       ///< per body: translation x y z, rotation x y z may move
    std::vector<BiphasicDomain> domains;
    std::vector<std::vector<int>> domain_bodies;  ///< per domain: the body of each slot
    std::vector<Cable> cables;
    std::vector<FrameSpring> springs;
    std::vector<StickSlip> sticks;
    std::vector<FacetContact> facets;
    std::vector<PointForce> forces;
    std::vector<PureMoment> moments;

    [[nodiscard]] int body_count() const { return static_cast<int>(poses.size()); }
    /// Adds a body that is free to move. @return its index
    int add_body(const Pose& pose);
    void add_domain(BiphasicDomain domain, std::vector<int> bodies);
    [[nodiscard]] std::vector<Pose> slot_poses(int domain) const;
    /// Takes the slip of an accepted step into the sticks' anchors.
    void commit();
    /// Gradient and Hessian of everything but the domains.
    void add_body_forces(BodySystem& out) const;
};

/// The unknowns of a system, for going back to where a step began.
struct SystemState {
    std::vector<Pose> poses;
    std::vector<Eigen::VectorXd> u, p;
};
[[nodiscard]] SystemState save_state(const System& system);
void restore_state(System& system, const SystemState& state);

}  // namespace foramen::engine
