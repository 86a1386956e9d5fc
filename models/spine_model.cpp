#include "models/spine_model.hpp"

#include <algorithm>
#include <cmath>

#include "models/pose_chain.hpp"

namespace foramen::models {

namespace {

constexpr double least_force_scale = 135.0;  // N: about what a disc carries lying
constexpr double first_free_height = 1.03;  // stress-free height over the one asked for: where the search begins

engine::SolverKind solver_kind(const SpineSpec& spec) {
    return spec.single_precision_factor ? engine::SolverKind::supernodal_f32 : engine::SolverKind::supernodal_f64;
}

}  // namespace

double SpineSpec::Muscles::activation(double t) const {
    return final_activation + (initial_activation - final_activation) * std::exp(-t / relaxation_time);
}

std::vector<double> SpineModel::fibre_stretches() {
    std::vector<double> stretches;
    for (std::size_t i = 0; i < muscles.size(); ++i)
        stretches.push_back(fascicle(i).stretch(system.cables[muscles[i].first].length(system.poses)));
    return stretches;
}

void SpineModel::begin_memory() { muscle_memory.begin(fibre_stretches()); }

void SpineModel::remember(double time) {
    std::vector<bool> active;
    for (std::size_t i = 0; i < muscles.size(); ++i)
        active.push_back(fascicle(i).activation_at(system.cables[muscles[i].first].length(system.poses)) > spec.muscles.soreness_threshold);
    muscle_memory.take(time, fibre_stretches(), active, spec.muscles.reflex.delay);
}

double SpineModel::tilt(double time) const { return spec.table.incline * std::clamp(time / tilt_time, 0.0, 1.0); }

void SpineModel::apply(double time, const SessionLoads& loads) {
    pull = set_pull(system, support, spec, loads.device_force, loads.angle, tilt(time));
    stand_up(system, support, loads.upright);
    system.cables[resting_cable].law = engine::ConstantTension{resting_tension + loads.upright * spec.standing_load};
    const double tone = spec.muscles.activation(time);
    const StretchReflex& reflex = spec.muscles.reflex;
    for (std::size_t i = 0; i < muscles.size(); ++i) {
        const ReflexDrive drive = reflex_drive(reflex, muscle_memory, i, time);
        fascicle(i).activation = tone + drive.known;
        fascicle(i).feedback = drive.present;
        fascicle(i).ceiling = std::max(reflex.ceiling, tone);
        fascicle(i).max_force = loads.strength * fascicle_force[i];
    }
}

void SpineModel::apply_rest() {
    if (laboratory) return laboratory->apply(system, {});
    pull = set_pull(system, support, spec, 0.0, 0.0, 0.0);
    for (std::size_t i = 0; i < muscles.size(); ++i) {
        fascicle(i).activation = spec.muscles.final_activation;
        fascicle(i).feedback = {};
        fascicle(i).ceiling = 1.0;
    }
}

namespace {

/// Bone for the vertebrae that deform, between the discs that there are.
void add_bones(SpineModel& model, const std::vector<Disc>& discs) {
    if (model.system.flexible.empty()) return;
    std::vector<DiscPull> pulls(discs.size());
    for (const int d : model.spec.present_discs()) pulls[model.slot(d)] = disc_pull(model.geometry, discs[model.slot(d)], d);
    for (engine::FlexibleBody& flexible : model.system.flexible) {
        const auto body = static_cast<Body>(flexible.body);
        AdjacentDisc below, above;
        for (const int d : model.spec.present_discs()) {
            if (upper_body(d) == body) below = {&discs[model.slot(d)], &pulls[model.slot(d)]};
            if (lower_body(d) == body) above = {&discs[model.slot(d)], &pulls[model.slot(d)]};
        }
        model.bones.push_back(build_bone(model.geometry, model.spec, body, bone_plates(model.geometry, body, below, above), flexible));
    }
}

/// Bodies where the posture puts them, and what holds and pulls a person.
void add_person(SpineModel& model) {
    for (const engine::Pose& pose : posed(model.geometry, model.spec.lordosis_change)) static_cast<void>(model.system.add_body(pose));
    add_flexible_vertebrae(model.system, model.spec);
    model.ligaments = add_ligaments(model.system, model.geometry, model.spec);
    model.muscles = add_muscles(model.system, model.geometry, model.spec);
    for (const CableGroup& g : model.muscles) model.fascicle_force.push_back(std::get<engine::FascicleLaw>(model.system.cables[g.first].law).max_force);
    model.resting_cable = add_resting_load(model.system, 0.0);
    add_facets(model.system, model.geometry, model.spec);
    add_thoracolumbar_joint(model.system, model.geometry);
    model.support = add_support(model.system, model.geometry, model.spec);
}

/// Bodies in the machine's frame, and what loads a specimen.
void add_specimen(SpineModel& model) {
    const SpecimenSpec& specimen = *model.spec.specimen;
    align_to_machine(model.geometry, specimen);
    for (const engine::Pose& pose : model.geometry.neutral) static_cast<void>(model.system.add_body(pose));
    add_flexible_vertebrae(model.system, model.spec);
    model.ligaments = add_ligaments(model.system, model.geometry, model.spec);
    add_facets(model.system, model.geometry, model.spec);
    model.laboratory = add_laboratory(model.system, specimen);
}

}  // namespace

SpineModel build_spine(const AnatomyTables& tables, const SpineSpec& spec) {
    SpineModel model{spec, spine_geometry(tables, spec), {}, {}, {}, {}, {}, {}, -1, 0.0, {}, {}, {}, {}, {}};
    for (int d = 0; d < disc_count; ++d) {
        const auto& herniation = spec.discs[d].herniation;
        model.free_discs[d] = {first_free_height * model.geometry.target_height[d], model.geometry.tables.discs[d].lordotic_wedge,
                               herniation ? herniation->protrusion : 0.0};
    }
    spec.specimen ? add_specimen(model) : add_person(model);
    std::vector<Disc> discs;
    for (const int d : spec.present_discs())
        discs.push_back(build_disc(model.geometry, spec, d, model.free_discs[d], disc_curves(model.geometry, spec, d)));
    add_bones(model, discs);
    for (const int d : spec.present_discs()) {
        Disc& disc = discs[model.slot(d)];
        tie_to_bones(model, d, disc.domain);
        model.disc_meshes.push_back(std::move(disc.mesh));
        const engine::BiphasicDomain* const first = model.system.domains.empty() ? nullptr : &model.system.domains.front();
        model.system.add_domain(engine::BiphasicDomain(std::move(disc.domain), solver_kind(spec), first),
                                {static_cast<int>(lower_body(d)), static_cast<int>(upper_body(d))});
    }
    spread_between_plates(model);
    model.apply_rest();
    model.begin_memory();
    return model;
}

namespace {

/// In proportion to the height above the foot of each node's column.
void spread_columns(engine::BiphasicDomain& domain, int plan) {
    const int layers = domain.node_count() / plan;
    for (int n = 0; n < plan; ++n) {
        const int top = (layers - 1) * plan + n;
        const double height = (domain.mesh().nodes.col(top) - domain.mesh().nodes.col(n)).norm();
        for (int k = 1; k + 1 < layers; ++k) {
            const int node = k * plan + n;
            const double s = (domain.mesh().nodes.col(node) - domain.mesh().nodes.col(n)).norm() / height;
            domain.u.segment<3>(3 * node) = (1.0 - s) * domain.u.segment<3>(3 * n) + s * domain.u.segment<3>(3 * top);
        }
    }
}

/// By the nodes' levels, between the moves of the two bodies.
/// @param moves  from the stress-free mesh to space, with the lower and with the upper body
void spread_levels(engine::BiphasicDomain& domain, const std::vector<double>& level, const std::array<engine::Pose, 2>& moves) {
    for (int n = 0; n < domain.node_count(); ++n) {
        const Eigen::Vector3d x = domain.mesh().nodes.col(n);
        if (level[n] <= 0.0 || level[n] >= 1.0) continue;
        domain.u.segment<3>(3 * n) = (1.0 - level[n]) * (moves[0].point(x) - x) + level[n] * (moves[1].point(x) - x);
    }
}

}  // namespace

void spread_between_plates(SpineModel& model) {
    for (const int d : model.spec.present_discs()) {
        engine::BiphasicDomain& domain = model.domain(d);
        model.system.place_ties(model.slot(d));
        const DiscMesh& disc = model.disc_mesh(d);
        const auto poses = model.system.slot_poses(model.slot(d));
        if (disc.has_layers()) spread_columns(domain, disc.plan_nodes);
        else spread_levels(domain, disc.node_level, {poses[0], chained(poses[1], inverted(disc.upper_rest))});
    }
}

engine::NewtonOptions newton_options(const SpineModel& model, double peak) {
    engine::NewtonOptions o;
    const VertebraRow& l4 = model.geometry.vertebra(Body::L4);
    const double area = 0.84 * l4.endplate_width_lower * l4.endplate_depth_lower;
    o.force_scale = std::max({peak, model.spec.resting_compression, least_force_scale});
    o.pressure_scale = o.force_scale / area;
    o.displacement_scale = o.force_scale / 1000.0;  // a motion segment's axial stiffness is of the order of 1000 N/mm
    o.arm_scale = 0.5 * l4.endplate_depth_lower;
    // One number rules all: a force that is off by it, the water and the pressure that belong to it, and the energy of both.
    const double tolerance = model.spec.force_tolerance;
    o.body_tolerance = tolerance;
    o.force_tolerance = std::max(1e-5, tolerance);
    o.volume_tolerance = std::max(1e-7, 1e-2 * tolerance);
    o.pressure_tolerance = std::max(1e-4, 10.0 * tolerance);
    o.energy_tolerance = std::max(1e-8, tolerance * tolerance);
    return o;
}

double disc_axial_force(const SpineModel& model, const engine::NewtonSolver& newton, int d) {
    const int lower = static_cast<int>(lower_body(d));
    const Eigen::Vector3d normal = model.system.poses[lower].rotation * model.geometry.upper_plate(lower_body(d)).rotation.col(2);
    // tie: gradient of the disc's energy for the lower body's moves; the disc pulls the body with its negative
    return -newton.residuals()[model.slot(d)].tie.head<3>().dot(normal);
}

double disc_height(const SpineModel& model, int d) {
    const Body lower = lower_body(d), upper = upper_body(d);
    const Eigen::Vector3d below = model.system.poses[static_cast<int>(lower)].point(model.upper_plate(lower).origin);
    const Eigen::Vector3d above = model.system.poses[static_cast<int>(upper)].point(model.lower_plate(upper).origin);
    if (model.spec.discs[d].slip == 0.0) return (above - below).norm();
    const Eigen::Vector3d normal = model.system.poses[static_cast<int>(lower)].rotation * model.upper_plate(lower).rotation.col(2) +
                                   model.system.poses[static_cast<int>(upper)].rotation * model.lower_plate(upper).rotation.col(2);
    return (above - below).dot(normal.normalized());
}

int SpineModel::bone_of(Body body) const {
    for (std::size_t i = 0; i < bones.size(); ++i)
        if (bones[i].body == body) return static_cast<int>(i);
    return -1;
}

int SpineModel::posterior(Body body) const { return posterior_body(system, static_cast<int>(body)); }

namespace {
/// Where bone deforms a plate has moved in its body by the mean of its nodes' motion.
engine::Pose moved_plate(const SpineModel& model, Body body, const engine::Pose& plate, bool upper) {
    const int bone = model.bone_of(body);
    if (bone < 0) return plate;
    return plate.moved(engine::Vector6(model.bones[bone].plate_moves[upper ? 1 : 0] * model.system.flexible[bone].amplitude));
}
}  // namespace

engine::Pose SpineModel::upper_plate(Body body) const { return moved_plate(*this, body, geometry.upper_plate(body), true); }
engine::Pose SpineModel::lower_plate(Body body) const { return moved_plate(*this, body, geometry.lower_plate(body), false); }

void tie_to_bones(const SpineModel& model, int d, engine::DomainSpec& domain) {
    if (model.bones.empty()) return;
    const std::array<int, 2> bone{model.bone_of(lower_body(d)), model.bone_of(upper_body(d))};
    std::array<int, 2> next{0, 0};  // ties come in the order of the plan
    for (const engine::Tie& tie : domain.ties) {
        const int plan_node = next[tie.slot]++;
        domain.tie_shapes.push_back(bone[tie.slot] < 0 ? Eigen::Matrix3Xd(3, 0) : tie_shape(model.bones[bone[tie.slot]], tie.slot == 0, plan_node));
    }
}

}  // namespace foramen::models
