#include <algorithm>
#include <cmath>
#include <sstream>

#include "models/imported_tissues.hpp"
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

void add_nutrition_assumptions(const SpineModel& model, std::vector<std::string>& all) {
    const auto calcified = [&](int d) { return model.spec.discs[d].calcification > 0.0; };
    if (std::ranges::any_of(model.spec.present_discs(), calcified))
        all.emplace_back("end-plates: calcified cartilage stands in columns through its whole thickness and passes nothing");
    if (!model.spec.solutes) return;
    all.emplace_back("nutrition: every cell of the disc turns over like those of the bovine nucleus; as many cells in every grade, none dies");
    all.emplace_back("nutrition: the blood at end-plates and outer annulus has the same oxygen, glucose and lactate all the time");
    all.emplace_back("nutrition: before the session the discs have lain at rest long enough for a steady state");
}

constexpr const char* law_of_fibres = "annulus: constants and angles of the fibres were calibrated on discs between L4 and L5, used at every level and grade";
constexpr const char* table_facets = "facets: gap 0.4 mm in the neutral stack, radius 20 mm, pressure from 0.55 mm on, 0.35 MPa at contact";

/// What a spine of somebody's own files still rests on.
std::vector<std::string> import_assumptions(const SpineModel& model) {
    if (!model.spec.anatomy) return {};
    const ImportedAnatomy& files = *model.spec.anatomy;
    std::vector<std::string> all{"imported anatomy: free of stress a disc is its mesh, lengthened along its axis; its grade changes neither height nor nucleus",
                                 "imported anatomy: pedicles, processes, muscles, thorax and pelvis are those of the tables, scaled by each vertebra's end-plates and height"};
    bool cartilage = true, paths = true;
    for (const int d : model.spec.present_discs()) {
        if (!files.discs[d]) continue;
        cartilage = cartilage && std::count(files.discs[d]->tissue.begin(), files.discs[d]->tissue.end(), DiscTissue::cartilage) > 0;
        paths = paths && !files.discs[d]->fibres.empty();
    }
    if (model.spec.imported_elements == ImportedElements::split)
        all.emplace_back("imported anatomy: elements beside drained surfaces are split, the first 0.15 mm thick; plates under cartilage and thin elements are not");
    if (!cartilage) all.emplace_back("imported anatomy: no layer of cartilage; fluid leaves through the end-plates out to 0.8 of their outline, where the first elements resist it as 0.6 mm of cartilage would");
    all.emplace_back(paths ? "imported anatomy: fibres lie along the paths of the files; their moduli are those of the tables, calibrated at other angles" : law_of_fibres);
    if (tissue_factors(model.geometry.tables, model.spec) != DiscTissueFactors{})
        all.emplace_back("imported anatomy: constants of nucleus and annulus are those of the tables, angles of fibres those of tables or files, times factors of this spine (model.imported_tissues)");
    if (!model.spec.posterior_elements()) return all;
    if (!files.ligaments.empty()) {
        all.emplace_back("imported anatomy: via points of ligaments ride on the nearer vertebra, not on the disc; the largest force of the files is not used");
        if (model.spec.imported_ligaments == ImportedLigaments::calibrated && model.spec.ligaments == LigamentSet::strands)
            all.emplace_back("imported anatomy: strands have lengths, reference and transition strains of the files, and the stiffness of the calibrated tables, times a factor where this spine has one");
    }
    const bool facets = files.facets[model.spec.first_disc()][0].given();
    all.emplace_back(facets ? "facets: cylinders fitted to the cartilage of the files, the facing surface at the gap measured; pressure from 0.55 mm on, 0.35 MPa at contact"
                            : table_facets);
    return all;
}

std::vector<std::string> specimen_assumptions(const SpineModel& model) {
    std::vector<std::string> all{
        "specimen: the disc heights asked for are those without load, in equilibrium with the bath",
        "specimen: lengths are scaled with the person, ligament stiffness is not"};
    if (const double share = model.spec.specimen->endplate_share; share < 1.0) {
        std::ostringstream text;
        text << "specimen: clotted marrow lets " << share << " of the water through the end-plates, inwards and outwards alike";
        all.push_back(text.str());
    }
    if (!model.spec.anatomy) all.emplace_back(law_of_fibres);
    add_bone_assumptions(model, all);
    if (!model.spec.posterior_elements()) return all;
    all.emplace_back("ligaments: slack lengths refer to the neutral stack at the disc heights that were asked for, degenerated or not");
    if (!model.spec.anatomy) all.emplace_back(table_facets);
    return all;
}

std::string muscles_text(const SpineSpec::Muscles& m) {
    if (m.strength == 0.0) return "muscles: none";
    if (!m.reflex.active()) return "muscles: one activation for all fascicles; no stretch reflex; relaxed before the session, first level at its start";
    std::ostringstream text;
    text.precision(3);
    text << "muscles: one tone for all fascicles, relaxed before the session, first level at its start; stretch reflex with a gain of "
         << m.reflex.length_gain << " per fibre length and " << m.reflex.rate_gain << " s per rate, " << m.reflex.delay
         << " s late, beyond thresholds of " << m.reflex.length_threshold << " and " << m.reflex.rate_threshold
         << " 1/s, at most " << m.reflex.ceiling << ": nothing of it is measured but the delay";
    return text.str();
}

std::vector<std::string> session_assumptions(const SpineModel& model, double resting_tension) {
    const SpineSpec& s = model.spec;
    std::vector<std::string> all{
        muscles_text(s.muscles),
        "muscles and ligaments: lengths are scaled with the person, muscle strength and ligament stiffness are not",
        "ligaments: slack lengths refer to the neutral stack at the disc heights that were asked for, degenerated or not",
        "T12-L1: four springs in place of a disc",
        "table: soft tissue of 15 N/mm across and 10 N/mm sideways a spring, 20 N/mm in shear; the lumbar slices rest on their own soft tissue",
        "harness: the pull acts 20 mm behind and 40 mm below the middle of the sacral end-plate, the thoracic harness 80 mm above T12",
        "posture: a change of lordosis is imposed on the supports before the spine finds its equilibrium; part of it springs back"};
    if (!s.anatomy) {
        all.insert(all.begin() + 3, law_of_fibres);
        all.insert(all.begin() + 4, table_facets);
    }
    if (resting_tension > 0.0) {
        std::ostringstream follower;
        follower.precision(3);
        follower << "resting load: a follower load of " << resting_tension << " N along the vertebral bodies, beyond tone and ligaments";
        all.push_back(follower.str());
    }
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

}  // namespace

std::vector<std::string> assumptions(const SpineModel& model, double resting_tension) {
    std::vector<std::string> all = model.laboratory ? specimen_assumptions(model) : session_assumptions(model, resting_tension);
    for (std::string& text : import_assumptions(model)) all.push_back(std::move(text));
    add_nutrition_assumptions(model, all);
    return all;
}

}  // namespace foramen::models
