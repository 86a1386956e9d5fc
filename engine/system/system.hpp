#pragma once

#include <array>
#include <vector>

#include "engine/elements/cable.hpp"
#include "engine/elements/facet_contact.hpp"
#include "engine/elements/frame_interaction.hpp"
#include "engine/elements/pure_moment.hpp"
#include "engine/system/biphasic_domain.hpp"
#include "engine/system/flexible_body.hpp"

namespace foramen::engine {

/// Bodies, rigid or flexible, the biphasic domains between them and the forces on them.
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
    std::vector<FlexibleBody> flexible;          ///< bodies that are not rigid; their riders are bodies of their own

    [[nodiscard]] int body_count() const { return static_cast<int>(poses.size()); }
    /// Adds a body that is free to move. @return its index
    int add_body(const Pose& pose);
    void add_domain(BiphasicDomain domain, std::vector<int> bodies);
    /// Names the parts of a flexible body's ties to a domain (DomainSpec::tie_shapes of its slots): one entry a slot, -1 rigid.
    [[nodiscard]] std::vector<int> slot_flexible(int domain) const;
    [[nodiscard]] std::vector<Pose> slot_poses(int domain) const;
    /// Moves a domain's tied nodes with its bodies, deformed as they are.
    void place_ties(int domain);
    /// Puts riders where their flexible bodies carry them.
    void place_riders();
    /// Moves of all bodies, six each, and the amplitudes of all flexible bodies behind them.
    [[nodiscard]] int move_count() const;
    [[nodiscard]] int amplitude_count() const { return move_count() - 6 * body_count(); }
    /// Where a flexible body's first amplitude stands among the moves.
    [[nodiscard]] int amplitude_offset(int flexible_body) const;
    /// Which of the moves a domain's gradient refers to: six a slot, then the amplitudes slot by slot.
    [[nodiscard]] std::vector<int> domain_moves(int domain) const;
    /// Takes what acts on riders to the bodies that carry them, and to their amplitudes where the gradient has them.
    void hand_down(Eigen::VectorXd& gradient) const;
    /// Takes the slip of an accepted step into the sticks' anchors.
    void commit();
    /// Gradient and Hessian of everything but the domains. Riders' rows are empty; of the curvature of a rider's motion under its load
    /// the Hessian has the part that a rigid body has.
    void add_body_forces(BodySystem& out) const;

private:
    void add_flexible(BodySystem& out) const;
};

/// The unknowns of a system, for going back to where a step began.
struct SystemState {
    std::vector<Pose> poses;
    std::vector<Eigen::VectorXd> u, p;
    std::vector<Eigen::VectorXd> amplitude;  ///< of the flexible bodies
};
[[nodiscard]] SystemState save_state(const System& system);
void restore_state(System& system, const SystemState& state);

}  // namespace foramen::engine
