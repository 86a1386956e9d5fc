#include "scenarios/session.hpp"

#include <algorithm>

#include "engine/core/units.hpp"

namespace foramen::scenarios {

namespace {

constexpr double flattening = -20.0 * degree;      // of the lordosis at flattening_flexion
constexpr double flattening_flexion = 90.0 * degree;
constexpr double instant = 1e-3;  // s: too short for any fluid to move

models::EndplateState endplate_state(Endplates e) {
    switch (e) {
        case Endplates::healthy: return models::EndplateState::healthy;
        case Endplates::sclerosed: return models::EndplateState::sclerosed;
        case Endplates::blocked: break;
    }
    return models::EndplateState::blocked;
}

/// Middle of a herniation, from anterior over the left side: behind, 30 deg beside it, in the foramen and outside it. PROPOSED: the
/// pedicle zone begins about 50 deg from the mid-line behind.
double herniation_angle(const Herniation& h) {
    constexpr double behind = 180.0 * degree;
    double aside = 0.0;
    switch (h.zone) {
        case HerniationZone::central: break;
        case HerniationZone::posterolateral: aside = 30.0 * degree; break;
        case HerniationZone::foraminal: aside = 60.0 * degree; break;
        case HerniationZone::extraforaminal: aside = 85.0 * degree; break;
    }
    return h.side == models::Side::left ? behind - aside : behind + aside;
}

models::SpineSpec::Disc disc_spec(const DiscCondition& c) {
    models::SpineSpec::Disc disc{c.grade, c.height, endplate_state(c.endplates), c.calcification, {}, c.slip, c.laxity, {}, {}};
    if (c.herniation) disc.herniation = models::Herniation{herniation_angle(*c.herniation), c.herniation->protrusion, c.herniation->tear};
    const Facets& f = c.facets;
    disc.facets = {f.hypertrophy, f.gap, f.stiffness, f.tropism, f.capsule, f.contact == FacetContact::present};
    for (const models::Side side : {models::Side::left, models::Side::right}) {
        if (!c.stenosis || c.stenosis->side == (side == models::Side::left ? StenosisSide::right : StenosisSide::left)) continue;
        disc.foramina[static_cast<std::size_t>(side)] = {c.stenosis->flavum, c.stenosis->spur, c.stenosis->ganglion, c.stenosis->root};
    }
    return disc;
}

/// Of the water that passes an end-plate in the living (docs/decisions/0059-end-plates-of-specimens-are-clotted.md).
constexpr double clotted_share = 0.02;

models::SpecimenSpec specimen_spec(const Laboratory& l) {
    models::SpecimenSpec s;
    s.upper = static_cast<models::Body>(static_cast<int>(models::Body::L1) + static_cast<int>(l.upper));
    s.lower = static_cast<models::Body>(static_cast<int>(models::Body::L2) + static_cast<int>(l.lower));
    s.posterior_elements = l.parts == SpecimenParts::all;
    s.slides = l.upper_end != UpperEnd::free;
    s.displaced = l.upper_end == UpperEnd::driven;
    s.moments_follow = l.moment_axes == MomentAxes::vertebra;
    s.follower_shift = l.follower_shift;
    if (l.endplates == SpecimenEndplates::clotted) s.endplate_share = clotted_share;
    return s;
}

}  // namespace

models::SpineSpec spine_spec(const Scenario& s) {
    models::SpineSpec spec;
    spec.sex = s.patient.sex;
    spec.stature = s.patient.stature;
    spec.body_mass = s.patient.body_mass;
    spec.lordosis = s.patient.lordosis;
    for (int d = 0; d < models::disc_count; ++d) spec.discs[d] = disc_spec(s.patient.discs[d]);
    spec.standing_load = standing_load(s.patient);
    spec.ligaments = s.patient.ligaments.law == LigamentLaw::strands ? models::LigamentSet::strands : models::LigamentSet::bilinear;
    const ToneCourse tone = tone_course(s.patient.muscles);
    const Muscles& muscles = s.patient.muscles;
    spec.muscles = {tone.initial, tone.final, tone.relaxation_time, muscles.passive_length, muscles.strength, muscles.soreness_threshold,
                    stretch_reflex(muscles)};
    spec.hip_flexion = hip_flexion(s.posture);
    spec.lordosis_change = s.posture.lordosis_change.value_or(flattening * spec.hip_flexion / flattening_flexion);
    spec.prone = s.posture.position == Position::prone;
    spec.resting_compression = s.posture.resting_compression;
    const Friction friction = table_friction(s.table);
    spec.table = {friction.lower, friction.upper, s.table.incline};
    spec.harness = {s.harness.stiffness, s.harness.loss, s.harness.slip_limit};
    if (s.laboratory) spec.specimen = specimen_spec(*s.laboratory);
    if (s.model.vertebrae == Vertebrae::deformable) spec.bone = models::bone_state(s.patient.t_score);
    spec.solutes = s.model.transport == Transport::solutes;
    spec.resolution = s.model.resolution;
    spec.imported_elements = s.model.imported_elements;
    spec.imported_ligaments = s.model.imported_ligaments;
    spec.imported_tissues = s.model.imported_tissues;
    spec.osmotic = s.model.osmotic == OsmoticLaw::ideal ? models::OsmoticModel::ideal : models::OsmoticModel::intrafibrillar;
    spec.permeability = s.model.permeability == PermeabilityLaw::holmes_mow ? models::PermeabilityModel::holmes_mow : models::PermeabilityModel::argoubi;
    spec.single_precision_factor = s.model.solver_precision == SolverPrecision::f32;
    spec.force_tolerance = s.model.force_tolerance;
    return spec;
}

SessionStepping stepper_options(const Scenario& s) {
    SessionStepping o;
    o.displacement_tolerance = s.model.time_tolerance;
    o.largest_step = s.model.max_step;
    o.largest_step_between = s.model.max_step_between;
    return o;
}

namespace {
engine::Drive session_drive(models::SpineModel& model, const LoadProgram& program) {
    const auto loads = [&](double t) { return models::SessionLoads{program.force(t), program.angle(t), program.upright(t), program.strength(t)}; };
    engine::Drive drive{[&model, loads](double t, engine::System&) { model.apply(t, loads(t)); }, program.corners()};
    if (model.spec.table.incline != 0.0 && models::tilt_time < program.duration())
        drive.corners.insert(std::upper_bound(drive.corners.begin(), drive.corners.end(), models::tilt_time), models::tilt_time);
    return drive;
}

/// The largest load of a session, which scales what Newton's method leaves over.
double largest_load(const models::SpineModel& model, const LoadProgram& program) {
    return program.stands() ? std::max(program.peak(), model.spec.standing_load) : program.peak();
}

/// Keeps the muscles' memory; the first of the observers, so that the others see what is up to date.
class Remembering : public engine::Observer {
public:
    explicit Remembering(models::SpineModel& model) : model_(model) {}
    void on_step(const engine::StepView& view) override { model_.remember(view.time); }

private:
    models::SpineModel& model_;
};
}  // namespace

std::string begin_session(models::SpineModel& model, const LoadProgram& program) {
    engine::NewtonSolver newton(model.system, models::newton_options(model, largest_load(model, program)));
    engine::TimeStepper stepper(model.system, newton, {});
    const engine::NewtonReport start = stepper.settle(0.0, instant, session_drive(model, program));
    return start.converged() ? "" : "the muscles' first tone found no equilibrium: " + engine::describe(start.stop);
}

engine::RunReport run_session(models::SpineModel& model, const LoadProgram& program, const SessionStepping& stepping,
                              const std::vector<engine::Observer*>& observers) {
    engine::NewtonSolver newton(model.system, models::newton_options(model, largest_load(model, program)));
    engine::TimeStepper stepper(model.system, newton, stepping);
    Remembering remembering(model);
    std::vector<engine::Observer*> all{&remembering};
    all.insert(all.end(), observers.begin(), observers.end());
    engine::Drive drive = session_drive(model, program);
    drive.largest_step = [&](double t) {
        const PhaseKind kind = program.phase(t).kind;
        return kind == PhaseKind::standing || kind == PhaseKind::lying ? stepping.largest_step_between : stepping.largest_step;
    };
    return stepper.run(0.0, drive, all);
}

}  // namespace foramen::scenarios
