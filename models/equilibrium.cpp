#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <sstream>
#include <utility>

#include "engine/elements/mesh_places.hpp"
#include "engine/solve/anderson.hpp"
#include "models/disc_state.hpp"
#include "models/herniation.hpp"
#include "models/spine_model.hpp"

namespace foramen::models {

namespace {

constexpr int l4_l5 = 3;
constexpr double ages = 1e7;  // s: long against any consolidation time of a disc (about 1e5 s)

/// A disc of the present free height and resolution. Its mesh takes the place of the one before.
/// @param alike  a domain of the same disc, of whose curves and, where the elements are the same, symbolic work the new one makes use
engine::BiphasicDomain new_disc(SpineModel& model, int d, const engine::BiphasicDomain& alike) {
    Disc disc = build_disc(model.geometry, model.spec, d, model.free_discs[d], alike.spec().curves);
    tie_to_bones(model, d, disc.domain);
    model.disc_meshes[model.slot(d)] = std::move(disc.mesh);
    const auto solver = model.spec.single_precision_factor ? engine::SolverKind::supernodal_f32 : engine::SolverKind::supernodal_f64;
    return engine::BiphasicDomain(std::move(disc.domain), solver, &alike);
}

/// New stress-free meshes; every node stays where it is in space.
void rebuild_discs(SpineModel& model) {
    for (const int d : model.spec.present_discs()) {
        engine::BiphasicDomain& old = model.domain(d);
        engine::BiphasicDomain fresh = new_disc(model, d, old);
        fresh.take_factors(old);
        for (int n = 0; n < fresh.node_count(); ++n)
            fresh.u.segment<3>(3 * n) = old.mesh().nodes.col(n) + old.u.segment<3>(3 * n) - fresh.mesh().nodes.col(n);
        fresh.p = old.p;
        old = std::move(fresh);
    }
}

void set_resting_tension(SpineModel& model, double tension) {
    if (model.laboratory) return;
    model.resting_tension = tension;
    model.system.cables[model.resting_cable].law = engine::ConstantTension{tension};
}

/// No friction while the body settles; afterwards the anchors are where the body is.
void release_friction(SpineModel& model) {
    if (model.laboratory) return;
    model.system.sticks[model.support.friction_lower].limit = 0.0;
    model.system.sticks[model.support.friction_upper].limit = 0.0;
}
void anchor_friction(SpineModel& model) {
    if (model.laboratory) return;
    for (const int i : {model.support.friction_lower, model.support.friction_upper}) {
        engine::StickSlip& s = model.system.sticks[i];
        s.anchor = s.point.position(model.system.poses).dot(s.direction);
    }
}

engine::StepperOptions settling_steps() {
    engine::StepperOptions o;
    o.scheme = engine::Scheme::backward_euler;  // only the end counts: no error control, steps as long as Newton bears them
    o.first_step = 1.0;
    o.largest_growth = 10.0;
    o.smallest_step = 1e-4;
    return o;
}

/// What L4-L5 carries; of a specimen nothing is asked.
double level_compression(const SpineModel& model, const engine::NewtonSolver& newton) {
    return model.laboratory ? 0.0 : -disc_axial_force(model, newton, l4_l5);
}

struct Settled {
    bool ok;
    std::string why;
    double compression;
};

enum class Pace { at_once, if_near, gently };
constexpr double near = 1e4;  // unbalanced forces over the pull: beyond it fibres are so taut that an iteration takes off a factor of e

/// @param newton  keeps its factors from pass to pass: the meshes change little
Settled settle(SpineModel& model, engine::NewtonSolver& newton, Pace pace, EquilibriumReport& report) {
    engine::TimeStepper stepper(model.system, newton, settling_steps());
    const engine::Drive drive{[&](double, engine::System&) {
                                  model.apply_rest();
                                  release_friction(model);
                              },
                              {ages}};
    if (pace != Pace::gently) {
        const engine::NewtonReport n = stepper.settle(0.0, ages, drive, pace == Pace::if_near ? near : std::numeric_limits<double>::infinity());
        report.iterations += n.iterations;
        report.refreshes += n.refreshes;
        if (n.converged()) return {true, "", level_compression(model, newton)};
        if (pace == Pace::if_near) return {false, engine::describe(n.stop), 0.0};
    }
    const engine::RunReport run = stepper.run(0.0, drive, {});
    report.iterations += run.iterations;
    report.refreshes += run.refreshes;
    if (run.reason != engine::StopReason::finished) return {false, run.why, 0.0};
    return {true, "", level_compression(model, newton)};
}

constexpr double newtons_per_mm = 50.0;  // weighs the load against the heights in the search
constexpr double smallest_tension = 1e-6;  // N
constexpr int most_halvings = 4;          // of a step of the search
constexpr double first_tension = 0.15;   // follower load over the compression asked for: where the search begins

/// What the discs lack of the heights and protrusions that were asked for [mm]: heights, protrusions, and room for the follower load.
Eigen::VectorXd missing_shape(const SpineModel& model) {
    Eigen::VectorXd missing = Eigen::VectorXd::Zero(2 * disc_count + 1);
    for (const int d : model.spec.present_discs()) {
        missing[d] = model.geometry.target_height[d] - disc_height(model, d);
        if (const auto& herniation = model.spec.discs[d].herniation) missing[disc_count + d] = herniation->protrusion - protrusion(model, d);
    }
    return missing;
}

/// What the search changes.
struct Trial {
    std::array<FreeDisc, disc_count> discs;
    double tension;  ///< the follower load [N]
};

/// Changes free heights, protrusions and the follower load by `step` from where they were; the discs keep their places in space.
void take_step(SpineModel& model, EquilibriumReport& report, const Trial& from, const Eigen::VectorXd& step) {
    for (int d = 0; d < disc_count; ++d) {
        model.free_discs[d].height = from.discs[d].height + step[d];
        model.free_discs[d].protrusion = std::max(0.0, from.discs[d].protrusion + step[disc_count + d]);
    }
    report.resting_tension = std::max(0.0, from.tension + newtons_per_mm * step[2 * disc_count]);
    if (report.resting_tension < smallest_tension) report.resting_tension = 0.0;
    set_resting_tension(model, report.resting_tension);
    rebuild_discs(model);
}

/// Settles after a step of the search. A step that leaves the discs too far from equilibrium is halved, at most `most_halvings` times.
/// @param step  none (empty) before the first one; what was taken of it
Settled settle_after(SpineModel& model, engine::NewtonSolver& newton, const Trial& from, Eigen::VectorXd& step, EquilibriumReport& report) {
    for (int halved = 0; step.size() > 0; ++halved) {
        const Settled settled = settle(model, newton, Pace::if_near, report);
        if (settled.ok) return settled;
        if (halved == most_halvings) break;
        step *= 0.5;
        take_step(model, report, from, step);
    }
    const engine::SystemState nearest = engine::save_state(model.system);
    Settled settled = settle(model, newton, Pace::at_once, report);
    if (settled.ok) return settled;
    engine::restore_state(model.system, nearest);
    return settle(model, newton, Pace::gently, report);
}

/// @param tension  the follower load to begin with
EquilibriumReport search_equilibrium(SpineModel& model, engine::NewtonSolver& newton, const EquilibriumOptions& options, double tension) {
    EquilibriumReport report;
    engine::AndersonAccelerator anderson(disc_count);
    bool tone_ruled = false;
    const double compression_asked = model.laboratory ? 0.0 : model.spec.resting_compression;
    const bool nothing_added = compression_asked == 0.0;  // no follower load: the compression is what comes out
    report.resting_tension = tension;
    set_resting_tension(model, report.resting_tension);
    Trial last{model.free_discs, tension};
    Eigen::VectorXd step;
    for (report.passes = 1; report.passes <= options.max_passes; ++report.passes) {
        const Settled settled = settle_after(model, newton, last, step, report);
        if (!settled.ok) {
            report.why = settled.why;
            return report;
        }
        if (step.size() > 0) anderson.moved(step);
        report.compression = settled.compression;
        Eigen::VectorXd missing = missing_shape(model);
        report.worst_height = missing.head(disc_count).cwiseAbs().maxCoeff();
        report.worst_protrusion = missing.segment(disc_count, disc_count).cwiseAbs().maxCoeff();
        const double load_missing = compression_asked - settled.compression;
        // tone and ligaments may compress more than was asked for: the follower load does not push them apart
        const bool tone_rules = nothing_added || (report.resting_tension == 0.0 && load_missing < 0.0);
        report.converged = report.worst_height <= options.height_tolerance && report.worst_protrusion <= options.protrusion_tolerance &&
                           (tone_rules || std::abs(load_missing) <= options.compression_tolerance);
        if (report.converged) return report;
        // fixed point: what is missing is added to the free heights and protrusions and to the follower load
        missing[2 * disc_count] = tone_rules ? 0.0 : load_missing / newtons_per_mm;
        if (tone_rules != tone_ruled) anderson.reset();
        tone_ruled = tone_rules;
        last = {model.free_discs, report.resting_tension};
        step = anderson.step(missing);
        step[2 * disc_count] = std::max(step[2 * disc_count], -report.resting_tension / newtons_per_mm);
        take_step(model, report, last, step);
    }
    std::ostringstream text;
    text << "after " << options.max_passes << " passes a disc height is still off by " << report.worst_height
         << " mm, a protrusion by " << report.worst_protrusion << " mm and the resting compression by " << compression_asked - report.compression << " N";
    report.why = text.str();
    return report;
}

/// The mesh on a prism of unit radius and height, plane by plane: where every disc of one shape is alike, however fine.
engine::HexMesh on_unit_prism(const DiscMesh& disc) {
    engine::HexMesh unit;
    unit.elements = disc.mesh.elements;
    unit.nodes.resize(3, disc.mesh.node_count());
    for (int n = 0; n < disc.mesh.node_count(); ++n) {
        const auto [radius, angle] = disc.plan[n % disc.plan_nodes];
        unit.nodes.col(n) << radius * std::cos(angle), radius * std::sin(angle), disc.planes[n / disc.plan_nodes];
    }
    return unit;
}

/// Distance of the chord between two neighbours of the outline from the middle of the unit prism, in the direction of an angle.
double chord_distance(const DiscMesh& disc, double angle) {
    double nearest_before = -10.0, nearest_after = 10.0;  // rad
    for (const double ray : disc.outline_angle) {
        const double turn = std::remainder(ray - angle, 2.0 * std::numbers::pi);
        if (turn <= 0.0) nearest_before = std::max(nearest_before, turn);
        if (turn >= 0.0) nearest_after = std::min(nearest_after, turn);
    }
    const double half = 0.5 * (nearest_after - nearest_before);
    return std::cos(half) / std::cos(0.5 * (nearest_before + nearest_after));
}

/// What a node's displacement has beyond that of its column's ends, taken in proportion to its height: nothing on the plates.
Eigen::Vector3d beyond_column(const engine::BiphasicDomain& domain, const DiscMesh& disc, int node) {
    const int foot = node % disc.plan_nodes, head = domain.node_count() - disc.plan_nodes + foot;
    const double s = disc.planes[node / disc.plan_nodes];
    return domain.u.segment<3>(3 * node) - (1.0 - s) * domain.u.segment<3>(3 * foot) - s * domain.u.segment<3>(3 * head);
}

/// Displacement and pressure of a coarse mesh at the nodes of a finer one of the same disc, whose tied nodes are in their places. The
/// coarse outline's chords take the place of the finer ones.
void take_fields(engine::BiphasicDomain& fine, const DiscMesh& fine_disc, const engine::BiphasicDomain& coarse, const DiscMesh& coarse_disc) {
    Eigen::Matrix3Xd points = on_unit_prism(fine_disc).nodes;
    for (int n = 0; n < fine.node_count(); ++n) points.col(n).head<2>() *= chord_distance(coarse_disc, fine_disc.plan[n % fine_disc.plan_nodes][1]);
    const std::vector<engine::MeshPlace> places = engine::places_in(on_unit_prism(coarse_disc), points);
    for (int n = 0; n < fine.node_count(); ++n) {
        Eigen::Vector3d beyond = Eigen::Vector3d::Zero();
        double pressure = 0.0;
        for (int a = 0; a < 8; ++a) {
            const int node = coarse.mesh().elements[places[n].element][a];
            beyond += places[n].weight[a] * beyond_column(coarse, coarse_disc, node);
            pressure += places[n].weight[a] * coarse.p[node];
        }
        if (fine.unknown(n, 0) >= 0) fine.u.segment<3>(3 * n) += beyond - beyond_column(fine, fine_disc, n);
        if (fine.unknown(n, 3) >= 0) fine.p[n] = pressure;
    }
}

/// Whether a search on the coarse mesh is worth its while: where factors of the present one are dear.
bool has_dear_factors(const SpineModel& model) {
    if (model.spec.resolution != Resolution::fine && model.spec.resolution != Resolution::finest) return false;
    if (!model.system.flexible.empty()) return false;  // bone is meshed with the discs
    return std::all_of(model.disc_meshes.begin(), model.disc_meshes.end(), [](const DiscMesh& mesh) { return mesh.has_layers(); });
}

/// The search on the coarse mesh; its free heights, bodies and fields are where the one on the present mesh begins. A coarse mesh that has no
/// equilibrium leaves a first guess as build_spine() makes it.
EquilibriumReport begin_on_coarse_mesh(SpineModel& model, const EquilibriumOptions& options, double tension) {
    const Resolution resolution = model.spec.resolution;
    const engine::SystemState first_guess = engine::save_state(model.system);
    const auto free_discs = model.free_discs;
    std::vector<engine::BiphasicDomain> kept;
    model.spec.resolution = Resolution::coarse;
    for (const int d : model.spec.present_discs()) {
        engine::BiphasicDomain coarse = new_disc(model, d, model.domain(d));
        kept.push_back(std::exchange(model.domain(d), std::move(coarse)));
    }
    spread_between_plates(model);
    EquilibriumReport report;
    {
        engine::NewtonSolver newton(model.system, newton_options(model, 0.0));
        report = search_equilibrium(model, newton, options, tension);
        report.profile = newton.profile();
    }
    model.spec.resolution = resolution;
    if (!report.converged) model.free_discs = free_discs;
    for (const int d : model.spec.present_discs()) {
        engine::BiphasicDomain& fine = kept[model.slot(d)];
        const DiscMesh coarse_disc = std::move(model.disc_meshes[model.slot(d)]);
        const engine::BiphasicDomain coarse = std::exchange(model.domain(d), new_disc(model, d, fine));
        model.system.place_ties(model.slot(d));
        if (report.converged) take_fields(model.domain(d), model.disc_mesh(d), coarse, coarse_disc);
    }
    if (!report.converged) engine::restore_state(model.system, first_guess);
    return report;
}

}  // namespace

EquilibriumReport find_equilibrium(SpineModel& model, const EquilibriumOptions& options) {
    double tension = model.laboratory ? 0.0 : first_tension * model.spec.resting_compression;
    EquilibriumReport coarse;
    if (has_dear_factors(model)) {
        coarse = begin_on_coarse_mesh(model, options, tension);
        if (coarse.converged) tension = coarse.resting_tension;
    }
    engine::NewtonSolver newton(model.system, newton_options(model, 0.0));
    EquilibriumReport report = search_equilibrium(model, newton, options, tension);
    report.iterations += coarse.iterations;
    report.refreshes += coarse.refreshes;
    report.profile = newton.profile();
    report.profile += coarse.profile;
    if (!model.laboratory) report.pressure = disc_state(model, l4_l5).pressure;
    anchor_friction(model);
    if (model.laboratory) model.laboratory->mount(model.system);
    model.apply_rest();
    model.begin_memory();
    return report;
}

}  // namespace foramen::models
