#include "engine/system/system.hpp"

#include <algorithm>

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
    place_ties(static_cast<int>(domains.size()) - 1);
}

std::vector<int> System::slot_flexible(int domain) const {
    std::vector<int> slots;
    for (const int body : domain_bodies[domain]) {
        const auto found = std::find_if(flexible.begin(), flexible.end(), [body](const FlexibleBody& f) { return f.body == body; });
        slots.push_back(found == flexible.end() ? -1 : static_cast<int>(found - flexible.begin()));
    }
    return slots;
}

void System::place_ties(int domain) {
    if (!flexible.empty()) {
        const std::vector<int> slots = slot_flexible(domain);
        for (std::size_t slot = 0; slot < slots.size(); ++slot)
            if (slots[slot] >= 0) domains[domain].deflect(static_cast<int>(slot), flexible[slots[slot]].amplitude);
    }
    domains[domain].place_ties(slot_poses(domain));
}

void System::place_riders() {
    for (const FlexibleBody& f : flexible)
        if (f.rider != ground) poses[f.rider] = f.rider_pose(poses[f.body]);
}

int System::move_count() const { return amplitude_offset(static_cast<int>(flexible.size())); }

int System::amplitude_offset(int flexible_body) const {
    int offset = 6 * body_count();
    for (int f = 0; f < flexible_body; ++f) offset += flexible[f].size();
    return offset;
}

std::vector<int> System::domain_moves(int domain) const {
    std::vector<int> moves;
    for (const int body : domain_bodies[domain])
        for (int k = 0; k < 6; ++k) moves.push_back(6 * body + k);
    for (const int f : slot_flexible(domain))
        for (int k = 0; f >= 0 && k < flexible[f].size(); ++k) moves.push_back(amplitude_offset(f) + k);
    return moves;
}

void System::hand_down(Eigen::VectorXd& gradient) const {
    for (std::size_t i = 0; i < flexible.size(); ++i) {
        const FlexibleBody& f = flexible[i];
        if (f.rider == ground) continue;
        const FlexibleBody::RiderMap map = f.rider_map(poses[f.body]);
        const Vector6 load = gradient.segment<6>(6 * f.rider);
        gradient.segment<6>(6 * f.body) += map.frame.transpose() * load;
        const int tail = amplitude_offset(static_cast<int>(i)) + f.size() - 6;
        if (tail + 6 <= gradient.size()) gradient.segment<6>(tail) += map.amplitudes.transpose() * load;
        gradient.segment<6>(6 * f.rider).setZero();
    }
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
    if (!flexible.empty()) add_flexible(out);
}

void System::add_flexible(BodySystem& out) const {
    hand_down(out.gradient);
    for (std::size_t i = 0; i < flexible.size(); ++i) {
        const FlexibleBody& f = flexible[i];
        const int first = amplitude_offset(static_cast<int>(i)), n = f.size(), tail = first + n - 6;
        out.gradient.segment(first, n) += f.stiffness * f.amplitude;
        if (!out.wants_hessian()) continue;
        if (f.rider != ground) {
            const FlexibleBody::RiderMap map = f.rider_map(poses[f.body]);
            const Eigen::MatrixXd rows = out.hessian.middleRows<6>(6 * f.rider);
            out.hessian.middleRows<6>(6 * f.body) += map.frame.transpose() * rows;
            out.hessian.middleRows<6>(tail) += map.amplitudes.transpose() * rows;
            const Eigen::MatrixXd columns = out.hessian.middleCols<6>(6 * f.rider);
            out.hessian.middleCols<6>(6 * f.body) += columns * map.frame;
            out.hessian.middleCols<6>(tail) += columns * map.amplitudes;
            out.hessian.middleRows<6>(6 * f.rider).setZero();
            out.hessian.middleCols<6>(6 * f.rider).setZero();
        }
        out.hessian.block(first, first, n, n) += f.stiffness;
    }
}

SystemState save_state(const System& system) {
    SystemState state{system.poses, {}, {}, {}};
    for (const auto& d : system.domains) {
        state.u.push_back(d.u);
        state.p.push_back(d.p);
    }
    for (const auto& f : system.flexible) state.amplitude.push_back(f.amplitude);
    return state;
}

void restore_state(System& system, const SystemState& state) {
    system.poses = state.poses;
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        system.domains[d].u = state.u[d];
        system.domains[d].p = state.p[d];
    }
    for (std::size_t f = 0; f < system.flexible.size(); ++f) system.flexible[f].amplitude = state.amplitude[f];
}

}  // namespace foramen::engine
