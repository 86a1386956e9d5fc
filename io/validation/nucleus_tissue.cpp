#include "io/validation/nucleus_tissue.hpp"

#include "engine/materials/osmotic.hpp"

namespace foramen::io {

using engine::Dimension;

namespace {

void grade_field(engine::FieldVisitor& v, int& grade) { v.whole("grade", grade, 1, 5, "", {.help = "of the disc, after Pfirrmann"}); }

models::NucleusSample sample(const Records& records, int grade) {
    return models::nucleus_sample(records.tables, grade, engine::laboratory_temperature);
}

}  // namespace

void describe(engine::FieldVisitor& v, NucleusSwellingStress& m) { grade_field(v, m.grade); }

std::vector<std::string> scenarios_of(const NucleusSwellingStress&) { return {}; }

Measured measured(const NucleusSwellingStress& m, const Records& records) {
    return {-models::confined_stress(sample(records, m.grade), 1.0), "MPa"};
}

void describe(engine::FieldVisitor& v, NucleusAggregateModulus& m) {
    grade_field(v, m.grade);
    v.quantity("strain", m.strain, Dimension::fraction, {0.001, 0.3},
               {.help = "compression at the end of the slope", .example = "5 %", .required = true});
}

std::vector<std::string> scenarios_of(const NucleusAggregateModulus&) { return {}; }

Measured measured(const NucleusAggregateModulus& m, const Records& records) {
    const models::NucleusSample s = sample(records, m.grade);
    return {(models::confined_stress(s, 1.0) - models::confined_stress(s, 1.0 - m.strain)) / m.strain, "MPa"};
}

}  // namespace foramen::io
