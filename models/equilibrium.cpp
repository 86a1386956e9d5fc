#include <algorithm>
#include <cmath>
#include <sstream>

#include "engine/solve/anderson.hpp"
#include "models/disc_state.hpp"
#include "models/herniation.hpp"
#include "models/spine_model.hpp"

namespace foramen::models {

namespace {

constexpr int l4_l5 = 3;
constexpr double ages = 1e7;  // s: long against any consolidation time of a disc (about 1e5 s)

/// New stress-free meshes; every node stays where it is in space.
void rebuild_discs(SpineModel& model) {
    for (const int d : model.spec.present_discs()) {
        engine::BiphasicDomain& old = model.domain(d);
        Disc disc = build_disc(model.geometry, model.spec, d, model.free_discs[d], old.spec().curves);
        tie_to_bones(model, d, disc.domain);
        engine::BiphasicDomain fresh(std::move(disc.domain), model.spec.single_precision_factor ? engine::SolverKind::supernodal_f32
                                                                                                : engine::SolverKind::supernodal_f64,
                                     &old);
        fresh.take_factors(old);
        for (int n = 0; n < fresh.node_count(); ++n)
            fresh.u.segment<3>(3 * n) = old.mesh().nodes.col(n) + old.u.segment<3>(3 * n) - fresh.mesh().nodes.col(n);
        fresh.p = old.p;
        model.disc_meshes[model.slot(d)] = std::move(disc.mesh);
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

/// @param newton  keeps its factors from pass to pass: the meshes change little
Settled settle(SpineModel& model, engine::NewtonSolver& newton, bool gently, EquilibriumReport& report) {
    engine::TimeStepper stepper(model.system, newton, settling_steps());
    const engine::Drive drive{[&](double, engine::System&) {
                                  model.apply_rest();
                                  release_friction(model);
                              },
                              {ages}};
    if (!gently) {
        const engine::NewtonReport n = stepper.settle(0.0, ages, drive);
        report.iterations += n.iterations;
        report.refreshes += n.refreshes;
        if (n.converged()) return {true, "", level_compression(model, newton)};
    }
    const engine::RunReport run = stepper.run(0.0, drive, {});
    report.iterations += run.iterations;
    report.refreshes += run.refreshes;
    if (run.reason != engine::StopReason::finished) return {false, run.why, 0.0};
    return {true, "", level_compression(model, newton)};
}

constexpr double newtons_per_mm = 50.0;  // weighs the load against the heights in the search
constexpr double smallest_tension = 1e-6;  // N
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

EquilibriumReport search_equilibrium(SpineModel& model, engine::NewtonSolver& newton, const EquilibriumOptions& options) {
    EquilibriumReport report;
    engine::AndersonAccelerator anderson(disc_count);
    bool tone_ruled = false;
    const double compression_asked = model.laboratory ? 0.0 : model.spec.resting_compression;
    const bool nothing_added = compression_asked == 0.0;  // no follower load: the compression is what comes out
    report.resting_tension = first_tension * compression_asked;
    set_resting_tension(model, report.resting_tension);
    for (report.passes = 1; report.passes <= options.max_passes; ++report.passes) {
        const engine::SystemState before = engine::save_state(model.system);
        Settled settled = settle(model, newton, false, report);
        if (!settled.ok) {
            engine::restore_state(model.system, before);
            settled = settle(model, newton, true, report);
        }
        if (!settled.ok) {
            report.why = settled.why;
            return report;
        }
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
        Eigen::VectorXd step = anderson.step(missing);
        step[2 * disc_count] = std::max(step[2 * disc_count], -report.resting_tension / newtons_per_mm);
        anderson.moved(step);
        for (int d = 0; d < disc_count; ++d) {
            model.free_discs[d].height += step[d];
            model.free_discs[d].protrusion = std::max(0.0, model.free_discs[d].protrusion + step[disc_count + d]);
        }
        report.resting_tension = std::max(0.0, report.resting_tension + newtons_per_mm * step[2 * disc_count]);
        if (report.resting_tension < smallest_tension) report.resting_tension = 0.0;
        set_resting_tension(model, report.resting_tension);
        rebuild_discs(model);
    }
    std::ostringstream text;
    text << "after " << options.max_passes << " passes a disc height is still off by " << report.worst_height
         << " mm, a protrusion by " << report.worst_protrusion << " mm and the resting compression by " << compression_asked - report.compression << " N";
    report.why = text.str();
    return report;
}

}  // namespace

EquilibriumReport find_equilibrium(SpineModel& model, const EquilibriumOptions& options) {
    engine::NewtonSolver newton(model.system, newton_options(model, 0.0));
    EquilibriumReport report = search_equilibrium(model, newton, options);
    report.profile = newton.profile();
    if (!model.laboratory) report.pressure = disc_state(model, l4_l5).pressure;
    anchor_friction(model);
    if (model.laboratory) model.laboratory->mount(model.system);
    model.apply_rest();
    model.begin_memory();
    return report;
}

}  // namespace foramen::models
