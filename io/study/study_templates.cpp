#include "io/study/study_templates.hpp"

namespace foramen::io {

namespace {

constexpr std::string_view inputs = R"(study: 1
name: My study                 # title
base: quick                    # the scenario that varies: a file beside this one, or a name of the library
seed: 1                        # the same seed gives the same patients

# population, latin_hypercube, sobol_sequence: size patients; sobol_indices, morris: sensitivities;
# grid: every combination of the values, zip: first with first, list: one value at a time
design: {kind: population, size: 100}

vary:                          # foramen describe prints the fields of the base scenario
  - {field: patient.sex, values: [female, male]}
  - {field: patient.stature, distribution: normal, mean: 170 cm, deviation: 9 cm, low: 148 cm, high: 196 cm}
  - {field: patient.body_mass, distribution: normal, mean: 74 kg, deviation: 13 kg, low: 45 kg, high: 120 kg}
  - {field: patient.discs.L4-L5.grade, values: [{value: 1, share: 2}, {value: 2, share: 3}, {value: 3, share: 3}]}
correlations:                  # of the inputs' normal scores
  - {first: patient.sex, second: patient.stature, coefficient: 0.6}
  - {first: patient.stature, second: patient.body_mass, coefficient: 0.5}
)";

constexpr std::string_view outputs = R"(
outputs:                       # docs/observables.md; reduce: max, min, end, start, mean, change, rise, rise_in_pull, fraction_above, fraction_below
  - {name: lowest pressure, series: idp, label: L4-L5, reduce: min}
  - {name: ganglion free, series: ganglion_gap, label: L4-L5 left, reduce: fraction_above, threshold: 0, during: hold}
  - {name: fibre strain, series: peak_fibre_strain, reduce: max}
responder:                     # a run responds when each holds
  - {output: ganglion free, above: 0.5}
  - {output: fibre strain, below: 0.15}
keep: none                     # whole results: none, failed, edges, all
)";

constexpr std::string_view ceiling = R"(
ceiling:
  limits: [annulus-fibre-strain, ligament-failure, facet-capsule-strain]  # of data/limits; left out: all
  low: 20 N                    # least force that is tried; high: the device's max_force
  tolerance: 5 N               # width of the last bracket
  release: 50 ms               # the rope goes slack in this time at the end of the last hold
  after: 10 s                  # of rest after the release
  percentile: 5 %              # of the population that may lie below the ceiling
  confidence: 90 %             # of each end of its interval
  convergence: none            # finer: the governing patient again on a finer mesh and with smaller steps
  device: {sensor_uncertainty: 10 N, delay: 50 ms, overshoot: 3 %}
  report: {author: "", question: "", context_of_use: ""}  # left empty: NOT PROVIDED
)";

}  // namespace

std::vector<std::string> study_template_kinds() { return {"study", "ceiling"}; }

std::string study_template(std::string_view kind) {
    return std::string("# Research software. Not a medical device; no clinical advice.\n").append(inputs).append(kind == "study" ? outputs : ceiling);
}

}  // namespace foramen::io
