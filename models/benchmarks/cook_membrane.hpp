#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "models/benchmarks/benchmark.hpp"

namespace foramen::models {

enum class CookState { drained, undrained };
inline constexpr std::array<std::string_view, 2> cook_state_words{"drained", "undrained"};
enum class CookPlane { strain, stress };
inline constexpr std::array<std::string_view, 2> cook_plane_words{"strain", "stress"};

/// Cook's membrane: a tapered panel with the corners (0, 0), (48, 44), (48, 60), (0, 44) mm, clamped at x = 0, sheared upwards by
/// a uniform traction at x = 48 mm that is so small that the theory is linear. One layer of elements.
/// Source: Cook (1974) J Struct Div ASCE 100:1851.
struct CookMembrane {
    double modulus = 1.0;  ///< Young's, drained [MPa]
    double poisson = 0.2;  ///< Poisson's ratio, drained [-]
    CookState state = CookState::undrained;
    CookPlane plane = CookPlane::strain;
    int coarsest = 4;  ///< elements along each side of the coarsest mesh, even
    int meshes = 4;    ///< each with twice as many
};

void describe(engine::FieldVisitor& v, CookMembrane& c);

/// Deflection of the right edge's middle (48, 52) times E times thickness over force [-], E Young's modulus of the state
/// (undrained: 3 mu): `deflections` over the number of elements a side, `deflection` on the finest mesh.
[[nodiscard]] std::vector<Trace> run(const CookMembrane& c);

}  // namespace foramen::models
