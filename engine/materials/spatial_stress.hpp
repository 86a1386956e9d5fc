#pragma once

#include <array>

namespace foramen::engine {

// Spatial (pushed-forward) quantities of a point, the same code for one element (T = double) and for a vector of
// elements (T = Pack). Order of symmetric pairs: xx yy zz xy yz xz.

/// Row-major 3x3 tensor.
template <class T>
using Tensor3 = std::array<T, 9>;
/// Symmetric 3x3 tensor, xx yy zz xy yz xz.
template <class T>
using Sym3 = std::array<T, 6>;

inline constexpr std::array<std::array<int, 2>, 6> sym_pair{{{0, 0}, {1, 1}, {2, 2}, {0, 1}, {1, 2}, {0, 2}}};
inline constexpr std::array<std::array<int, 3>, 3> sym_index{{{0, 3, 5}, {3, 1, 4}, {5, 4, 2}}};

/// Kirchhoff stress tau = J sigma [MPa] and the spatial tangent c of its Oldroyd rate, c_ijkl at [I][J], I <= J used;
/// the material tangent dS/dE pushed forward: c_ijkl = F_iA F_jB F_kC F_lD (dS/dE)_ABCD.
template <class T>
struct SpatialStress {
    Sym3<T> tau{};
    std::array<std::array<T, 6>, 6> c{};
};

/// tau += a I;  c += b I(x)I + d 2I_s, with I_s the symmetric fourth-order identity.
template <class T>
inline void add_volumetric(SpatialStress<T>& s, const T& a, const T& b, const T& d, bool tangent) {
    for (int i = 0; i < 3; ++i) s.tau[i] += a;
    if (!tangent) return;
    for (int i = 0; i < 3; ++i)
        for (int j = i; j < 3; ++j) s.c[i][j] += b;
    for (int i = 0; i < 3; ++i) s.c[i][i] += 2.0 * d;
    for (int i = 3; i < 6; ++i) s.c[i][i] += d;
}

/// tau += a h;  c += w h(x)h
template <class T>
inline void add_structural(SpatialStress<T>& s, const Sym3<T>& h, const T& a, const T& w, bool tangent) {
    for (int i = 0; i < 6; ++i) s.tau[i] += a * h[i];
    if (!tangent) return;
    for (int i = 0; i < 6; ++i)
        for (int j = i; j < 6; ++j) s.c[i][j] += w * h[i] * h[j];
}

/// Left Cauchy-Green tensor b = F F^T.
template <class T>
[[nodiscard]] inline Sym3<T> left_cauchy_green(const Tensor3<T>& F) {
    Sym3<T> b;
    for (int n = 0; n < 6; ++n) {
        const int i = sym_pair[n][0], j = sym_pair[n][1];
        b[n] = F[3 * i] * F[3 * j] + F[3 * i + 1] * F[3 * j + 1] + F[3 * i + 2] * F[3 * j + 2];
    }
    return b;
}

}  // namespace foramen::engine
