#include "scenarios/scenario.hpp"

#include "engine/core/units.hpp"

namespace foramen::scenarios {

using engine::Dimension;

void describe(engine::FieldVisitor& v, Activity& a) {
    int kind = static_cast<int>(a.kind);
    v.on_one_of({"", activity_words, {}, {.help = "one activity"}}, kind, [&](int chosen) {
        const auto name = activity_words[static_cast<std::size_t>(chosen)];
        switch (static_cast<ActivityKind>(chosen)) {
            case ActivityKind::traction:
                v.section(name, a.traction, {.help = "a pull", .library = "protocols"});
                break;
            case ActivityKind::standing:
                v.quantity(name, a.time, Dimension::time, {1.0_s, 86400.0_s},
                           {.help = "upright under patient.standing_load", .example = "10 min"});
                break;
            default:
                v.quantity(name, a.time, Dimension::time, {1.0_s, 86400.0_s}, {.help = "lying without pull", .example = "5 min"});
        }
    });
    a.kind = static_cast<ActivityKind>(kind);
}

std::vector<Activity> activities(const Scenario& s) {
    std::vector<Activity> all = s.session;
    for (int k = 1; s.course && k < s.course->sessions; ++k) {
        all.insert(all.end(), s.course->between.begin(), s.course->between.end());
        all.insert(all.end(), s.session.begin(), s.session.end());
    }
    return all;
}

void describe(engine::FieldVisitor& v, Course& c) {
    v.whole("sessions", c.sessions, 1, 60, "", {.help = "how often the session is repeated", .example = "10"});
    v.list("between", c.between, {.help = "from one session to the next, without traction", .example = "[{standing: 15 h}, {lying: 8 h}]", .required = true});
    v.quantity("strengthening", c.strengthening, Dimension::fraction, {0.0, 0.2},
               {.help = "of the muscles' strength, from each session to the next",
                .source = "assumption: no measurement in a course of traction was found",
                .example = "1 %"});
}

void describe(engine::FieldVisitor& v, ModelChoices& m) {
    v.word("resolution", m.resolution, resolution_words, {.help = "elements a disc: about 800, 2,200, 8,000 or 32,000; finest is for studies of the mesh: 20 min and 9 GB for two cycles"});
    v.word("imported_elements", m.imported_elements, imported_elements_words,
           {.help = "of an imported anatomy's discs: split beside drained surfaces, so that the first is 0.15 mm thick, or as the files give them"});
    v.word("imported_ligaments", m.imported_ligaments, imported_ligaments_words,
           {.help = "of an imported anatomy's strands: stiffness of the calibrated tables with the lengths and reference strains of the files, or all as the files give it"});
    v.word("imported_tissues", m.imported_tissues, imported_tissues_words,
           {.help = "constants of an imported anatomy's discs and strands: those of the tables times what was calibrated for that spine, where anything was, or the tables' alone"});
    v.word("vertebrae", m.vertebrae, vertebrae_words, {.help = "rigid, or deformable: L1 to L5 of elastic bone"});
    v.word("osmotic", m.osmotic, osmotic_law_words,
           {.help = "osmotic pressure: with water inside the fibrils and activity coefficients, or ideal Donnan",
            .source = "Schroeder 2007, Wilson 2007; Lai 1991"});
    v.word("permeability", m.permeability, permeability_law_words,
           {.help = "law of the permeability's change with volume", .source = "Argoubi & Shirazi-Adl 1996; Holmes & Mow 1990"});
    v.word("transport", m.transport, transport_words,
           {.help = "solutes: oxygen, glucose, lactate and pH in the discs, with and without what the flow carries",
            .source = "Bibby 2005 (turnover); Mackie & Meares 1955 (diffusivity)"});
    v.word("solver_precision", m.solver_precision, solver_precision_words,
           {.help = "of the factorised matrix; residuals and results are f64 either way"});
    v.quantity("time_tolerance", m.time_tolerance, Dimension::length, {1e-5, 1.0},
               {.help = "error of the displacements that one time step may make"});
    v.quantity("force_tolerance", m.force_tolerance, Dimension::none, {1e-9, 1e-2},
               {.help = "unbalanced force on a vertebra over the largest pull at which an iteration ends"});
    v.quantity("max_step", m.max_step, Dimension::time, {0.1_s, 3600.0_s}, {.help = "longest time step"});
    v.quantity("max_step_between", m.max_step_between, Dimension::time, {0.1_s, 7200.0_s},
               {.help = "longest time step standing, or lying between sessions"});
}

void describe(engine::FieldVisitor& v, OutputChoices& o) {
    v.quantity("fields", o.fields, Dimension::time, {0.05_s, 3600.0_s},
               {.help = "interval at which whole fields are written; histories hold every step",
                .example = "every 10 s",
                .prefix = "every"});
    v.whole("precision", o.precision, 8, 23, "bit", {.help = "bits kept of a field value's mantissa", .example = "16 bit"});
    v.text("file", o.file, {.help = "result file", .absent = "the scenario file's name with .h5", .example = "session.h5"});
}

void describe(engine::FieldVisitor& v, Scenario& s) {
    v.whole("foramen", s.format, 1, 1, "", {.help = "version of this file format", .example = "1", .required = true});
    v.text("name", s.name, {.help = "title of the run", .example = "Clinic table, supine", .required = true});
    v.text("description", s.description, {.help = "whatever a reader should know", .absent = "none"});
    v.word("purpose", s.purpose, purpose_words, {.help = "research overrides the contraindications; every result says so"});
    v.section("patient", s.patient,
              {.help = "who lies on the table", .example = "{contraindications: none}", .library = "patients", .required = true});
    v.text("anatomy", s.anatomy,
           {.help = "parametric: the tables at the size of the patient; else a folder or YAML file with somebody's own spine, looked for beside "
                    "this file and in the folder that FORAMEN_ANATOMY names",
            .example = "parametric"});
    v.section("laboratory", s.laboratory, {.help = "a test of a part of this person's spine in a machine, in place of a session"});
    const auto lying = [in_laboratory = s.laboratory.has_value()](engine::Notes notes) {
        notes.applies = !in_laboratory;
        notes.applies_to = "scenarios without laboratory";
        return notes;
    };
    v.section("posture", s.posture, lying({.help = "how the patient lies"}));
    v.section("table", s.table, lying({.help = "what the patient lies on", .library = "tables"}));
    v.section("harness", s.harness, lying({.help = "pelvic and thoracic harness, taken alike"}));
    v.section("device", s.device, lying({.help = "what pulls", .library = "devices"}));
    v.list("session", s.session, lying({.help = "activities, one after another", .example = "[{rest: 5 min}]", .required = true}));
    v.section("course", s.course, lying({.help = "the session on several days, as one run", .absent = "a single session"}));
    v.section("model", s.model, {.help = "how it is computed"});
    v.section("output", s.output, {.help = "what is written"});
}

}  // namespace foramen::scenarios
