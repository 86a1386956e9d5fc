#pragma once

#include <numbers>

namespace foramen::engine {

inline constexpr int hex8_corner[8][3] = {{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, 1}, {1, 1, 1}, {-1, 1, 1}};

/// Trilinear shape functions and their derivatives at the 2x2x2 Gauss points of the cube [-1, 1]^3.
struct Hex8Reference {
    double N[8][8];      // [point][node]
    double dN[8][8][3];  // with respect to the cube's axes
    constexpr Hex8Reference() : N{}, dN{} {
        constexpr double g = std::numbers::inv_sqrt3;
        for (int q = 0; q < 8; ++q) {
            for (int a = 0; a < 8; ++a) {
                double f[3] = {};
                for (int i = 0; i < 3; ++i) f[i] = 0.5 * (1.0 + hex8_corner[a][i] * hex8_corner[q][i] * g);
                N[q][a] = f[0] * f[1] * f[2];
                for (int i = 0; i < 3; ++i) dN[q][a][i] = 0.5 * hex8_corner[a][i] * f[(i + 1) % 3] * f[(i + 2) % 3];
            }
        }
    }
};

/// Derivatives of a trilinear function along an axis of the cube depend on the two other coordinates only: which of their four values
/// a Gauss point has, [point][axis]. Bit 0: the first of the others is positive, bit 1: the second is.
inline constexpr auto hex8_derivative_place = [] {
    struct {
        int at[8][3];
    } place{};
    for (int q = 0; q < 8; ++q) {
        const int positive[3] = {hex8_corner[q][0] > 0, hex8_corner[q][1] > 0, hex8_corner[q][2] > 0};
        place.at[q][0] = positive[1] + 2 * positive[2];
        place.at[q][1] = positive[0] + 2 * positive[2];
        place.at[q][2] = positive[0] + 2 * positive[1];
    }
    return place;
}();

}  // namespace foramen::engine
