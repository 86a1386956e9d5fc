#include "scenarios/rules.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "engine/core/units.hpp"
#include "scenarios/traction_rules.hpp"

namespace foramen::scenarios {

namespace {
using engine::Dimension;
using engine::display;

constexpr double longest_session = 48.0 * 3600.0;       // [s]
constexpr double longest_course = 60.0 * 24.0 * 3600.0;  // [s]

/// A machine asks nobody; the patient is then whoever the specimen comes from.
void contraindications(const Scenario& s, std::vector<Problem>& found) {
    if (s.laboratory) return;
    const std::string path = "patient.contraindications";
    const auto& given = s.patient.contraindications;
    if (given.empty()) {
        found.push_back({.path = path, .reason = "must be answered", .hint = "none, unknown, or a list of what the patient has"});
        return;
    }
    const bool none = std::find(given.begin(), given.end(), Contraindication::none) != given.end();
    const bool unknown = std::find(given.begin(), given.end(), Contraindication::unknown) != given.end();
    if ((none || unknown) && given.size() > 1) {
        found.push_back({.path = path, .reason = "none and unknown stand alone", .hint = "remove the word, or the others"});
        return;
    }
    if (none || s.purpose == Purpose::research) return;
    const std::string override_hint =
        "a study may override this with purpose: research; the override is written into every result";
    if (unknown) {
        found.push_back({.path = path, .reason = "unknown is refused for purpose: therapy", .hint = override_hint});
        return;
    }
    std::string names;
    for (const Contraindication c : given) {
        if (!names.empty()) names += ", ";
        names += contraindication_words[static_cast<std::size_t>(c)];
    }
    found.push_back(
        {.path = path, .reason = "traction is contraindicated (" + names + "): the scenario is refused", .hint = override_hint});
}

/// What the discs' conditions ask of the rest: a slipped or unstable level is a contraindication that must be named, and an imported
/// mesh has the shape that it has.
void conditions(const Scenario& s, std::vector<Problem>& found) {
    const auto& given = s.patient.contraindications;
    const auto named = [&](Contraindication c) { return s.laboratory || std::find(given.begin(), given.end(), c) != given.end(); };
    for (std::size_t i = 0; i < s.patient.discs.size(); ++i) {
        const DiscCondition& disc = s.patient.discs[i];
        const std::string path = "patient.discs." + std::string(models::disc_names[i]);
        const auto missing = [&](const char* field, const std::string& word) {
            found.push_back({.path = path + "." + field,
                             .reason = "a contraindication that patient.contraindications does not name",
                             .hint = "contraindications: " + word + ", and purpose: research for a study",
                             .involves = {"patient.contraindications"}});
        };
        if (disc.slip > 0.0 && !named(Contraindication::spondylolisthesis)) missing("slip", "spondylolisthesis");
        if (disc.laxity > 0.0 && !named(Contraindication::instability)) missing("laxity", "instability");
        if (disc.facets.contact == FacetContact::lost && !named(Contraindication::instability)) missing("facets.contact", "instability");
        if (s.anatomy == parametric_anatomy) continue;
        const auto imported = [&](const char* field) {
            found.push_back({.path = path + "." + field,
                             .reason = "the disc of an imported anatomy keeps its shape",
                             .hint = "remove it, or use anatomy: parametric",
                             .involves = {"anatomy"}});
        };
        if (disc.herniation) imported("herniation");
        if (disc.slip > 0.0) imported("slip");
    }
}

void patient(const Scenario& s, std::vector<Problem>& found) {
    conditions(s, found);
    if (s.patient.lordosis && s.anatomy != parametric_anatomy) {
        found.push_back({.path = "patient.lordosis",
                         .reason = "an imported anatomy has its own lordosis",
                         .hint = "remove it, or use anatomy: parametric",
                         .involves = {"anatomy"}});
    }
    const ToneCourse tone = tone_course(s.patient.muscles);
    if (tone.final > tone.initial) {
        found.push_back({.path = "patient.muscles.final_activation",
                         .reason = "the final activation, " + display(tone.final, Dimension::fraction) +
                                   ", is above the initial one, " + display(tone.initial, Dimension::fraction),
                         .hint = "resting muscle relaxes: exchange them, or give both",
                         .involves = {"patient.muscles.initial_activation", "patient.muscles.tone"}});
    }
}

void posture_and_table(const Scenario& s, std::vector<Problem>& found) {
    if (s.posture.position == Position::fowler && hip_flexion(s.posture) < 45.0_deg) {
        found.push_back(
            {.path = "posture.hip_flexion",
             .reason = "fowler's position needs at least 45 deg, is " + display(hip_flexion(s.posture), Dimension::angle),
             .hint = "use position: supine"});
    }
    if (s.posture.position == Position::prone && hip_flexion(s.posture) > 45.0_deg) {
        found.push_back({.path = "posture.hip_flexion",
                         .reason = "prone allows at most 45 deg, is " + display(hip_flexion(s.posture), Dimension::angle),
                         .hint = "use position: supine or fowler"});
    }
    if (s.table.surface == Surface::custom) {
        for (const auto& [name, value] :
             {std::pair{"friction_lower", s.table.friction_lower}, {"friction_upper", s.table.friction_upper}}) {
            if (value) continue;
            found.push_back(
                {.path = std::string("table.") + name, .reason = "missing for surface: custom", .hint = "for example 0.3"});
        }
    }
}

void setup(const Scenario& s, std::vector<Problem>& found) {
    if (!s.laboratory) posture_and_table(s, found);
    if (s.model.vertebrae == Vertebrae::deformable && s.anatomy != parametric_anatomy) {
        found.push_back({.path = "model.vertebrae",
                         .reason = "the bone of an imported anatomy does not deform",
                         .hint = "use vertebrae: rigid, or anatomy: parametric",
                         .involves = {"anatomy"}});
    }
}

void laboratory(const Scenario& s, std::vector<Problem>& found) {
    const Laboratory& lab = *s.laboratory;
    if (!s.session.empty()) {
        found.push_back({.path = "session", .reason = "a test in the laboratory has no session", .hint = "remove one of the two"});
    }
    if (static_cast<int>(lab.upper) > static_cast<int>(lab.lower)) {
        found.push_back({.path = "laboratory.lower",
                         .reason = "the lowest vertebra, " + std::string(lower_vertebra_words[static_cast<std::size_t>(lab.lower)]) +
                                   ", does not lie below the uppermost, " + std::string(upper_vertebra_words[static_cast<std::size_t>(lab.upper)]),
                         .hint = "for example upper: L4 and lower: L5",
                         .involves = {"laboratory.upper"}});
    }
    if (lab.steps.empty()) {
        found.push_back({.path = "laboratory.steps", .reason = "there is no step", .hint = "for example - {flexion: 7.5 Nm, ramp: 10 s}"});
    }
}

void course(const Course& c, std::vector<Problem>& found) {
    for (std::size_t i = 0; i < c.between.size(); ++i) {
        if (c.between[i].kind != ActivityKind::traction) continue;
        found.push_back({.path = "course.between[" + std::to_string(i + 1) + "].traction",
                         .reason = "between two sessions there is no traction",
                         .hint = "give it in session, or use standing and lying"});
    }
}

void session(const Scenario& s, std::vector<Problem>& found) {
    if (s.session.empty()) {
        found.push_back({.path = "session", .reason = "there is no activity", .hint = "for example - rest: 5 min"});
        return;
    }
    double total = 0.0;
    if (s.course) course(*s.course, found);
    for (std::size_t i = 0; i < s.session.size(); ++i) {
        const Activity& activity = s.session[i];
        const std::string path = "session[" + std::to_string(i + 1) + "]";
        if (activity.kind == ActivityKind::traction) {
            const auto more = traction_problems(path + ".traction", activity.traction, s.device);
            found.insert(found.end(), more.begin(), more.end());
            const Traction& t = activity.traction;
            total += t.duration.value_or(0.0) + t.cycles.value_or(0) * (t.hold.time + t.rest.time);
        } else {
            total += activity.time;
        }
    }
    double days = s.course ? s.course->sessions * total : 0.0;
    for (std::size_t i = 0; s.course && i < s.course->between.size(); ++i) days += (s.course->sessions - 1) * s.course->between[i].time;
    if (total > longest_session) {
        found.push_back({.path = "session", .reason = "the session lasts longer than 48 h", .hint = "use course for sessions on several days"});
    } else if (days > longest_course) {
        found.push_back({.path = "course", .reason = "the course lasts longer than 60 days", .hint = "fewer sessions, or less between them"});
    } else if (s.output.fields > total && total > 0.0 && std::all_of(s.session.begin(), s.session.end(), [](const Activity& a) {
                   return a.kind != ActivityKind::traction;
               })) {
        found.push_back({.warning = true,
                         .path = "output.fields",
                         .reason = "no field is written after the start: the session is shorter",
                         .hint = "use a shorter interval"});
    }
}
}  // namespace

std::vector<Problem> problems(const Scenario& scenario) {
    std::vector<Problem> found = out_of_range(scenario);
    contraindications(scenario, found);
    patient(scenario, found);
    setup(scenario, found);
    scenario.laboratory ? laboratory(scenario, found) : session(scenario, found);
    return found;
}

}  // namespace foramen::scenarios
