#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "models/benchmarks/benchmark.hpp"

namespace foramen::models {

enum class FacetShape { cylinder, paraboloid };
inline constexpr std::array<std::string_view, 2> facet_shape_words{"cylinder", "paraboloid"};
enum class FacetLaw { linear, exponential };
inline constexpr std::array<std::string_view, 2> facet_law_words{"linear", "exponential"};

/// Two facets are pressed together by a growing force; the lower body may only move along the contact's normal. The element is an
/// elastic foundation: the pressure at a point depends on the overclosure there alone. The pair stands turned in space.
///     cylinder:    a flat square of points against the element's own cylindrical surface of curvature -1/radius
///     paraboloid:  points on z = r^2/(2 radius) against a flat surface
struct FacetPair {
    FacetShape shape = FacetShape::cylinder;
    FacetLaw law = FacetLaw::linear;
    double radius = 20.0;     ///< of curvature [mm]
    double half_width = 4.0;  ///< of the square (cylinder) or radius of the disc (paraboloid) [mm]
    double stiffness = 10.0;  ///< of the linear law: pressure over overclosure, in N/mm a mm2
    double pressure = 0.1;    ///< of the exponential law at contact [MPa]
    double clearance = 0.1;   ///< of the exponential law, where its pressure starts [mm]
    double force = 100.0;     ///< largest [N]
    int steps = 10;
    int points = 200;  ///< along the square's side or the disc's diameter
};

void describe(engine::FieldVisitor& v, FacetPair& f);

/// Over the force [N]: approach of the bodies since the surfaces met [mm]. And `exponent`: of the force over the approach,
/// between the last two steps.
[[nodiscard]] std::vector<Trace> run(const FacetPair& f);

}  // namespace foramen::models
