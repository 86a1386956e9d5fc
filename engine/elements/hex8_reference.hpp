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

}  // namespace foramen::engine
