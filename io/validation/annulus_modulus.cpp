#include "io/validation/annulus_modulus.hpp"

#include <numbers>

namespace foramen::io {

using engine::Dimension;

void describe(engine::FieldVisitor& v, AnnulusModulus& m) {
    v.word("direction", m.direction, strip_direction_words, {.help = "along which the strip is pulled"});
    v.whole("grade", m.grade, 1, 5, "", {.help = "of the disc, after Pfirrmann"});
    v.quantity("depth", m.depth, Dimension::fraction, {0.0, 1.0}, {.help = "0 at the outer surface, 1 at the nucleus"});
    v.quantity("circumference", m.circumference, Dimension::angle, {0.0, std::numbers::pi},
               {.help = "0 in front, 180 deg behind"});
    v.quantity("least", m.least, Dimension::fraction, {0.0, 0.5},
               {.help = "strain at the lower end of the slope", .example = "4 %", .required = true});
    v.quantity("largest", m.largest, Dimension::fraction, {0.001, 0.5},
               {.help = "strain at its upper end", .example = "6 %", .required = true});
}

std::vector<std::string> scenarios_of(const AnnulusModulus&) { return {}; }

Measured measured(const AnnulusModulus& m, const Records& records) {
    const models::AnnulusStrip strip = models::annulus_strip(records.tables, m.grade, m.depth, m.circumference);
    const auto stress = [&](double strain) { return models::strip_stress(strip, m.direction, strain); };
    return {(stress(m.largest) - stress(m.least)) / (m.largest - m.least), "MPa"};
}

}  // namespace foramen::io
