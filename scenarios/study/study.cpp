#include "scenarios/study/study.hpp"

namespace foramen::scenarios {

using engine::Dimension;

void describe(engine::FieldVisitor& v, Output& o) {
    v.text("name", o.name, {.help = "column of the table", .example = "clearance", .required = true});
    v.text("series", o.series, {.help = "series of a result (docs/observables.md)", .example = "foramen_area", .required = true});
    v.text("label", o.label, {.help = "which of the series' labels; with a * at its end all that begin so", .absent = "all, reduced by across at every time", .example = "L4-L5 left"});
    v.word("across", o.across, across_words, {.help = "of all labels, at every time"});
    v.word("reduce", o.reduce, reduction_words,
           {.help = "over time; change: last value less first; rise: largest less first; the fractions: share of the time above or below the threshold"});
    v.quantity("threshold", o.threshold, Dimension::none, {}, {.help = "of the fractions, in the series' unit", .absent = "none", .example = "0"});
    v.word("during", o.during, during_words, {.help = "session; hold: the times at full force; after: from the end of the last pull"});
}

void describe(engine::FieldVisitor& v, Criterion& c) {
    v.text("output", c.output, {.help = "name of an output", .example = "clearance", .required = true});
    v.quantity("above", c.above, Dimension::none, {}, {.help = "the output must be larger, in its unit", .absent = "no bound", .example = "0.5"});
    v.quantity("below", c.below, Dimension::none, {}, {.help = "the output must be smaller, in its unit", .absent = "no bound", .example = "1"});
}

void describe(engine::FieldVisitor& v, Correlation& c) {
    v.text("first", c.first, {.help = "a varied field", .example = "patient.stature", .required = true});
    v.text("second", c.second, {.help = "another one", .example = "patient.body_mass", .required = true});
    v.quantity("coefficient", c.coefficient, Dimension::none, {-0.999, 0.999},
               {.help = "correlation of the two inputs' normal scores", .example = "0.5", .required = true});
}

void describe(engine::FieldVisitor& v, Design& d) {
    v.word("kind", d.kind, design_kind_words,
           {.help = "population: random patients; latin_hypercube, sobol_sequence: even ones; morris, sobol_indices: for sensitivities; "
                    "grid: every combination of the values; zip: first with first, second with second; list: one value at a time, the others at their first",
            .example = "population",
            .required = true});
    v.whole("size", d.size, 1, 1000000,
            {.help = "patients or points; of sobol_indices base rows, each of inputs + 2 runs; of morris trajectories, each of inputs + 1 runs",
             .absent = "from the values, for grid, zip and list",
             .example = "500"});
    v.whole("levels", d.levels, 2, 20, "", {.help = "of morris: steps of each input's range, an even number"});
}

namespace {

void describe_varied(engine::FieldVisitor& v, Varied& varied, const Scenario& base) {
    v.text("field", varied.field, {.help = "path in the base scenario", .example = "patient.stature", .required = true});
    const std::optional<FieldKind> kind = find_field(base, varied.field);
    const FieldKind as = kind.value_or(FieldKind{});
    const bool number = as.words.empty();
    if (number) describe(v, varied.distribution, as);
    v.on_list(
        "values", {.help = "instead of a law: the values, each with its share", .absent = "none", .example = "[300 N, {value: 400 N, share: 2}]"},
        varied.distribution.choices.size(), [&](std::size_t n) { varied.distribution.choices.resize(n); },
        [&](std::size_t i) {
            Choice& choice = varied.distribution.choices[i];
            if (number) {
                v.quantity("value", choice.value, as.dimension, as.range, {.help = "one value", .example = "300 N", .required = true});
            } else {
                int index = static_cast<int>(choice.value);
                v.on_word({"value", as.words, {}, {.help = "one word", .required = true}}, index);
                choice.value = index;
            }
            v.quantity("share", choice.share, Dimension::none, {0.0, 1e6}, {.help = "how often, relative to the others"});
        });
}

}  // namespace

void describe(engine::FieldVisitor& v, Study& s) {
    v.whole("study", s.format, 1, 1, "", {.help = "version of this file format", .example = "1", .required = true});
    v.text("name", s.name, {.help = "title of the study", .example = "Clinic table, mixed population", .required = true});
    v.text("description", s.description, {.help = "whatever a reader should know", .absent = "none"});
    v.text("base", s.base, {.help = "the scenario that is varied: a file beside this one, or a name of the library", .example = "quick", .required = true});
    v.whole("seed", s.seed, 0, 1000000000, "", {.help = "the same seed gives the same patients"});
    v.section("design", s.design, {.help = "which runs", .example = "{kind: population, size: 500}", .required = true});
    v.on_list(
        "vary", {.help = "what varies", .example = "[{field: patient.stature, low: 150 cm, high: 190 cm}]", .required = true}, s.vary.size(),
        [&](std::size_t n) { s.vary.resize(n); }, [&](std::size_t i) { describe_varied(v, s.vary[i], s.base_scenario); });
    v.list("correlations", s.correlations, {.help = "between inputs", .absent = "none", .example = "[{first: patient.stature, second: patient.body_mass, coefficient: 0.5}]"});
    v.list("outputs", s.outputs, {.help = "what is kept of a run", .absent = "none", .example = "[{name: clearance, series: foramen_clearance}]"});
    v.list("responder", s.responder, {.help = "a run responds when each of these holds", .absent = "no criterion", .example = "[{output: clearance, above: 0}]"});
    v.word("keep", s.keep, keep_words,
           {.help = "whose whole results are kept: none, the failed ones, those with the smallest and the largest of an output, all; each is run once more for it"});
    v.section("ceiling", s.ceiling, {.help = "of foramen ceiling: the search for the highest force"});
}

}  // namespace foramen::scenarios
