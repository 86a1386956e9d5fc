#include <cmath>
#include <sstream>

#include "models/spine_model.hpp"

namespace foramen::models {

std::string cannot_hold(const SpineModel& model, double peak_force, double angle) {
    if (!model.spec.harness.slip_limit) return "";
    const double tilt = model.spec.table.incline, upright = std::cos(tilt);
    const double at_pelvis = peak_force * (1.0 - model.spec.harness.loss);
    const double lower = model.spec.table.friction_lower * std::max(0.0, model.support.pelvis_weight * upright - at_pelvis * std::sin(angle));
    const double upper = model.spec.table.friction_upper * model.support.thorax_weight * upright;
    const double down = at_pelvis * std::cos(angle) + (model.support.pelvis_weight + model.support.thorax_weight) * std::sin(tilt);
    const double held = *model.spec.harness.slip_limit + upper + lower;
    if (down <= held) return "";
    std::ostringstream text;
    text.precision(3);
    text << "the patient slides: a pull of " << down << " N along the table, but the thoracic harness slips at " << *model.spec.harness.slip_limit
         << " N and the table holds " << upper + lower << " N";
    return text.str();
}

namespace {

void add_bone_assumptions(const SpineModel& model, std::vector<std::string>& all) {
    if (model.bones.empty()) return;
    all.emplace_back("bone: isotropic and linear, even within cortex, end-plates and core; bodies with straight sides; sacrum and thorax rigid");
    all.emplace_back("bone: an end-plate without a disc does not deform; what pulls at a vertebral body pulls at its frame");
    if (model.spec.posterior_elements()) all.emplace_back("bone: posterior elements are one stiff piece on two pedicles");
}

std::vector<std::string> specimen_assumptions(const SpineModel& model) {
    std::vector<std::string> all{
        "specimen: the disc heights asked for are those without load, in equilibrium with the bath",
        "specimen: lengths are scaled with the person, ligament stiffness is not",
        "annulus: fibre constants were calibrated by their authors at fibre angles of 31 to 38 deg, used here at 23 to 47 deg"};
    add_bone_assumptions(model, all);
    if (!model.spec.posterior_elements()) return all;
    all.emplace_back("ligaments: slack lengths refer to the neutral stack at the disc heights that were asked for, degenerated or not");
    all.emplace_back("facets: gap 0.5 mm in the neutral stack, radius 20 mm, pressure 0.1 MPa at contact");
    return all;
}

}  // namespace

std::vector<std::string> assumptions(const SpineModel& model, double resting_tension) {
    if (model.laboratory) return specimen_assumptions(model);
    const SpineSpec& s = model.spec;
    std::vector<std::string> all{
        "muscles: one activation for all fascicles; no stretch reflex; relaxed before the session, first level at its start",
        "muscles and ligaments: lengths are scaled with the person, muscle strength and ligament stiffness are not",
        "ligaments: slack lengths refer to the neutral stack at the disc heights that were asked for, degenerated or not",
        "annulus: fibre constants were calibrated by their authors at fibre angles of 31 to 38 deg, used here at 23 to 47 deg",
        "facets: gap 0.5 mm in the neutral stack, radius 20 mm, pressure 0.1 MPa at contact",
        "T12-L1: four springs in place of a disc",
        "table: soft tissue of 15 N/mm across and 10 N/mm sideways a spring, 20 N/mm in shear; the lumbar slices rest on their own soft tissue",
        "harness: the pull acts 20 mm behind and 40 mm below the middle of the sacral end-plate, the thoracic harness 80 mm above T12",
        "posture: a change of lordosis is imposed on the supports before the spine finds its equilibrium; part of it springs back"};
    std::ostringstream follower;
    follower.precision(3);
    if (resting_tension > 0.0)
        follower << "resting load: a follower load of " << resting_tension << " N along the vertebral bodies, beyond tone and ligaments";
    else
        follower << "resting load: muscle tone and ligaments compress L4-L5 by more than the " << s.resting_compression
                 << " N that were asked for; nothing was added";
    all.push_back(follower.str());
    add_bone_assumptions(model, all);
    if (s.hip_flexion != 0.0) all.push_back("hips: flexion slackens the psoas by an arm of 20 mm; thighs and shanks still weigh on the pelvis");
    if (s.table.incline != 0.0) all.push_back("table: it turns to its incline within the first 10 s of the session");
    for (const SpineSpec::Disc& d : s.discs) {
        if (d.endplates != EndplateState::sclerosed) continue;
        all.push_back("end-plates: a sclerosed one conducts a tenth of a healthy one");
        break;
    }
    return all;
}

}  // namespace foramen::models
