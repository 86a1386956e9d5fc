#include "engine/system/system.hpp"

#include "engine/core/contract.hpp"

namespace foramen::engine {

int System::add_body(const Pose& pose) {
    poses.push_back(pose);
    free.push_back({true, true, true, true, true, true});
    return body_count() - 1;
}

void System::add_domain(BiphasicDomain domain, std::vector<int> bodies) {
    FORAMEN_EXPECTS(static_cast<int>(bodies.size()) == domain.slot_count(), bodies.size(), domain.slot_count());
    domains.push_back(std::move(domain));
    domain_bodies.push_back(std::move(bodies));
    domains.back().place_ties(slot_poses(static_cast<int>(domains.size()) - 1));
}

std::vector<Pose> System::slot_poses(int domain) const {
    std::vector<Pose> slots;
    for (const int body : domain_bodies[domain]) slots.push_back(poses[body]);
    return slots;
}

void System::commit() {
    for (StickSlip& s : sticks) s.commit(poses);
}

void System::add_body_forces(BodySystem& out) const {
    for (const auto& c : cables) c.add_to(out, poses);
    for (const auto& s : springs) s.add_to(out, poses);
    for (const auto& s : sticks) s.add_to(out, poses);
    for (const auto& f : facets) f.add_to(out, poses);
    for (const auto& f : forces) f.add_to(out, poses);
    for (const auto& m : moments) m.add_to(out, poses);
}

SystemState save_state(const System& system) {
    SystemState state{system.poses, {}, {}};
    for (const auto& d : system.domains) {
        state.u.push_back(d.u);
        state.p.push_back(d.p);
    }
    return state;
}

void restore_state(System& system, const SystemState& state) {
    system.poses = state.poses;
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        system.domains[d].u = state.u[d];
        system.domains[d].p = state.p[d];
    }
}

}  // namespace foramen::engine
