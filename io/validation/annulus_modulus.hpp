#pragma once

#include <array>
#include <string_view>

#include "io/validation/measure.hpp"
#include "models/annulus_strip.hpp"

namespace foramen::io {

inline constexpr std::array<std::string_view, 3> strip_direction_words{"radial", "circumferential", "axial"};

/// Tangent modulus of a strip of annulus between two strains [MPa]: the laws alone, no mesh.
struct AnnulusModulus {
    models::StripDirection direction = models::StripDirection::circumferential;
    int grade = 1;
    double depth = 0.0;                 ///< 0 outer surface .. 1 nucleus [-]
    double circumference = 0.0;         ///< 0 anterior .. pi posterior [rad]
    double least = 0.0, largest = 0.0;  ///< strains [-]
};
void describe(engine::FieldVisitor& v, AnnulusModulus& m);
[[nodiscard]] std::vector<std::string> scenarios_of(const AnnulusModulus& m);
[[nodiscard]] Measured measured(const AnnulusModulus& m, const Records& records);

}  // namespace foramen::io
