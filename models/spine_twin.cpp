#include "models/spine_twin.hpp"

namespace foramen::models {

namespace {

/// All but the discs' elements.
SpineModel without_discs(const SpineModel& model) {
    SpineModel twin{.spec = model.spec,
                    .geometry = model.geometry,
                    .system = {},
                    .disc_meshes = model.disc_meshes,
                    .bones = model.bones,
                    .ligaments = model.ligaments,
                    .muscles = model.muscles,
                    .fascicle_force = model.fascicle_force,
                    .resting_cable = model.resting_cable,
                    .resting_tension = model.resting_tension,
                    .support = model.support,
                    .free_discs = model.free_discs,
                    .pull = model.pull,
                    .laboratory = model.laboratory,
                    .muscle_memory = {}};
    twin.system.domain_bodies = model.system.domain_bodies;
    twin.system.free = model.system.free;
    twin.system.facets = model.system.facets;
    copy_bodies(model, twin);
    return twin;
}

}  // namespace

SpineModel twin_of(const SpineModel& model) {
    SpineModel twin = without_discs(model);
    for (const engine::BiphasicDomain& domain : model.system.domains) twin.system.domains.push_back(domain.twin());
    copy_state(model, twin);
    return twin;
}

SpineModel sampled_twin_of(const SpineModel& model, const engine::ElementSample& sample) {
    SpineModel twin = without_discs(model);
    for (std::size_t d = 0; d < model.system.domains.size(); ++d)
        twin.system.domains.push_back(engine::sampled_domain(model.system.domains[d], sample.domains[d]));
    return twin;
}

void copy_bodies(const SpineModel& from, SpineModel& twin) {
    const engine::System& s = from.system;
    engine::System& t = twin.system;
    t.poses = s.poses;
    t.cables = s.cables;
    t.springs = s.springs;
    t.sticks = s.sticks;
    t.forces = s.forces;
    t.moments = s.moments;
    t.flexible = s.flexible;
    twin.support = from.support;
    twin.pull = from.pull;
    twin.laboratory = from.laboratory;
    twin.muscle_memory = from.muscle_memory;
}

void copy_state(const SpineModel& from, SpineModel& twin) {
    copy_bodies(from, twin);
    const engine::System& s = from.system;
    engine::System& t = twin.system;
    for (std::size_t d = 0; d < s.domains.size(); ++d) {
        t.domains[d].u = s.domains[d].u;
        t.domains[d].p = s.domains[d].p;
        t.domains[d].traction = s.domains[d].traction;
        t.domains[d].inflow = s.domains[d].inflow;
    }
}

}  // namespace foramen::models
