#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "models/benchmarks/benchmark.hpp"

namespace foramen::models {

enum class SwellingLaw { ideal, intrafibrillar };
enum class SwellingHeld { free, sideways, everywhere };
inline constexpr std::array<std::string_view, 2> swelling_law_words{"ideal", "intrafibrillar"};
inline constexpr std::array<std::string_view, 3> swelling_held_words{"free", "sideways", "everywhere"};

/// A distorted cube of Mooney-Rivlin ground substance swells in its bath until its matrix bears the osmotic pressure. The state
/// is homogeneous, so the mesh adds no error.
struct Swelling {
    SwellingLaw law = SwellingLaw::ideal;
    SwellingHeld held = SwellingHeld::free;
    double charge = 0.25;           ///< fixed charge at rest [mEq/ml]
    double water = 0.8;             ///< water content at rest [-]
    double collagen = 0.15;         ///< per wet weight, of the intrafibrillar law [-]
    double c10 = 0.06, c01 = 0.02, lambda = 0.15;  ///< of the matrix [MPa]
};

void describe(engine::FieldVisitor& v, Swelling& s);

/// Numbers at equilibrium: volume (ratio), pressure (largest effective fluid pressure) [MPa], wall (pressure on the top) [MPa].
[[nodiscard]] std::vector<Trace> run(const Swelling& s);

}  // namespace foramen::models
