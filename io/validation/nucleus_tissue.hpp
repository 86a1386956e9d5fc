#pragma once

#include "io/validation/measure.hpp"
#include "models/confined_nucleus.hpp"

namespace foramen::io {

/// Stress of a sample of nucleus that is held at its first volume in a laboratory, 293 K [MPa]: the laws alone, no mesh.
struct NucleusSwellingStress {
    int grade = 1;
};
void describe(engine::FieldVisitor& v, NucleusSwellingStress& m);
[[nodiscard]] std::vector<std::string> scenarios_of(const NucleusSwellingStress& m);
[[nodiscard]] Measured measured(const NucleusSwellingStress& m, const Records& records);

/// Slope of its stress in confined compression, from its first volume to a strain [MPa], swelling with it.
struct NucleusAggregateModulus {
    int grade = 1;
    double strain = 0.0;  ///< [-]
};
void describe(engine::FieldVisitor& v, NucleusAggregateModulus& m);
[[nodiscard]] std::vector<std::string> scenarios_of(const NucleusAggregateModulus& m);
[[nodiscard]] Measured measured(const NucleusAggregateModulus& m, const Records& records);

}  // namespace foramen::io
