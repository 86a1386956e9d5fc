#include "scenarios/study/ceiling_spec.hpp"

#include "engine/core/units.hpp"

namespace foramen::scenarios {

using engine::Dimension;

void describe(engine::FieldVisitor& v, LimitName& l) {
    v.text("name", l.name, {.help = "a limit of data/limits", .example = "annulus-fibre-strain", .required = true});
}

void describe(engine::FieldVisitor& v, DeviceErrors& d) {
    v.quantity("sensor_uncertainty", d.sensor_uncertainty, Dimension::force, {0.0_N, 500.0_N},
               {.help = "expanded uncertainty of the force sensor", .example = "10 N", .required = true});
    v.quantity("delay", d.delay, Dimension::time, {0.0_s, 10.0_s},
               {.help = "from the sensor to the actuator: what the force grows by in this time is taken off", .example = "50 ms", .required = true});
    v.quantity("rate", d.rate, Dimension::force_rate, {0.0, 10000.0},
               {.help = "fastest growth of the force meanwhile", .absent = "the device's max_ramp", .example = "60 N/s"});
    v.quantity("overshoot", d.overshoot, Dimension::fraction, {0.0, 1.0},
               {.help = "of the controller, of the force asked for", .example = "3 %", .required = true});
}

void describe(engine::FieldVisitor& v, ReportWords& w) {
    constexpr std::string_view absent = "NOT PROVIDED";
    v.text("author", w.author, {.help = "who signs", .absent = absent});
    v.text("document_number", w.document_number, {.help = "of the maker's file", .absent = absent});
    v.text("question", w.question, {.help = "question of interest", .absent = absent});
    v.text("context_of_use", w.context_of_use, {.help = "what the model decides, for whom", .absent = absent});
    v.text("influence", w.influence, {.help = "of the model on the decision, and why", .absent = absent});
    v.text("consequence", w.consequence, {.help = "of a wrong decision, and why", .absent = absent});
    v.text("rationale", w.rationale, {.help = "why this patient group, posture and device setting", .absent = absent});
    v.text("acceptance", w.acceptance, {.help = "the maker's acceptance of the code verification", .absent = absent});
    v.text("adequacy", w.adequacy, {.help = "the maker's judgement of the credibility", .absent = absent});
    v.text("bench_evidence", w.bench_evidence, {.help = "own bench tests, calibration of the load cell, runs with the device in the loop", .absent = absent});
    v.text("hazards", w.hazards, {.help = "identifiers of the hazards in the risk file", .absent = absent});
}

void describe(engine::FieldVisitor& v, CeilingSpec& c) {
    v.list("limits", c.limits, {.help = "limits that must be kept; left out: all", .absent = "all of data/limits", .example = "[annulus-fibre-strain]"});
    v.quantity("low", c.low, Dimension::force, {1.0_N, 2000.0_N}, {.help = "least force that is tried"});
    v.quantity("high", c.high, Dimension::force, {1.0_N, 2000.0_N},
               {.help = "largest force that is tried", .absent = "the device's max_force", .example = "900 N"});
    v.quantity("tolerance", c.tolerance, Dimension::force, {0.1_N, 200.0_N}, {.help = "width of the last bracket; its lower end counts"});
    v.quantity("release", c.release, Dimension::time, {0.01_s, 10.0_s},
               {.help = "time in which the rope goes slack at the end of the last hold: a sudden release", .source = "assumption: nothing measured was found"});
    v.quantity("after", c.after, Dimension::time, {0.0_s, 600.0_s}, {.help = "rest after the release, over which limits must be kept"});
    v.quantity("percentile", c.percentile, Dimension::fraction, {0.001, 0.5}, {.help = "share of the population that may lie below the ceiling"});
    v.quantity("confidence", c.confidence, Dimension::fraction, {0.5, 0.999}, {.help = "of each end of the percentile's interval"});
    v.word("convergence", c.convergence, convergence_words,
           {.help = "finer: the ceiling of the governing patient again on the next finer mesh, and with a quarter of the error per step"});
    v.section("device", c.device, {.help = "what separates the force asked for from the force that is there", .required = true});
    v.section("report", c.report, {.help = "the user's words in the report"});
}

}  // namespace foramen::scenarios
