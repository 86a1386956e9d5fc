#pragma once

#include <array>
#include <numbers>

#include "engine/core/pack.hpp"
#include "engine/elements/hex8_reference.hpp"

// A trilinear function of several elements side by side, from its corners to the 2 x 2 x 2 points and back, by sums and differences
// along one axis after the other (sum factorisation, Orszag 1980 J Comput Phys 37:70). For kernels only: everything stands inside them.

/// Whatever a kernel is made of stands inside it: calls would pass some hundred vectors through memory.
#define KERNEL_PART inline __attribute__((always_inline))

namespace foramen::engine {

/// Derivatives of a trilinear function along the cube's axes at the 2 x 2 x 2 points, [axis][place], see hex8_derivative_place.
using CubeGradients = std::array<std::array<Pack, 4>, 3>;

constexpr double gauss = std::numbers::inv_sqrt3;

/// a + b s + c t + d s t at s, t = -+ gauss, in the order of hex8_derivative_place.
KERNEL_PART std::array<Pack, 4> bilinear(const Pack& a, const Pack& b, const Pack& c, const Pack& d) {
    const Pack gb = gauss * b, gc = gauss * c, gd = gauss * gauss * d;
    const Pack low = a - gb, high = a + gb, low_t = gc - gd, high_t = gc + gd;
    return {low - low_t, high - high_t, low + low_t, high + high_t};
}

/// Its transpose: sums of v, s v, t v, s t v.
KERNEL_PART std::array<Pack, 4> bilinear_moments(const std::array<Pack, 4>& v) {
    const Pack low = v[0] + v[1], high = v[2] + v[3], low_s = v[1] - v[0], high_s = v[3] - v[2];
    return {low + high, gauss * (low_s + high_s), gauss * (high - low), gauss * gauss * (high_s - low_s)};
}

/// A trilinear function from its values at the corners: 8 times its coefficients of 1, x, y, z, yz, zx, xy, xyz.
KERNEL_PART std::array<Pack, 8> monomials(const std::array<Pack, 8>& v) {
    // along x on the four edges (-y -z), (+y -z), (-y +z), (+y +z)
    const std::array<Pack, 4> sum{v[0] + v[1], v[3] + v[2], v[4] + v[5], v[7] + v[6]}, rise{v[1] - v[0], v[2] - v[3], v[5] - v[4], v[6] - v[7]};
    const Pack s0 = sum[0] + sum[1], s1 = sum[2] + sum[3], s2 = sum[1] - sum[0], s3 = sum[3] - sum[2];
    const Pack r0 = rise[0] + rise[1], r1 = rise[2] + rise[3], r2 = rise[1] - rise[0], r3 = rise[3] - rise[2];
    return {s0 + s1, r0 + r1, s2 + s3, s1 - s0, s3 - s2, r1 - r0, r2 + r3, r3 - r2};
}

/// Its transpose: what the corners have of the moments of 1, x, .. xyz, 8 times.
KERNEL_PART std::array<Pack, 8> at_corners(const std::array<Pack, 8>& m) {
    const Pack s0 = m[0] - m[3], s1 = m[0] + m[3], s2 = m[2] - m[4], s3 = m[2] + m[4];
    const Pack r0 = m[1] - m[5], r1 = m[1] + m[5], r2 = m[6] - m[7], r3 = m[6] + m[7];
    const std::array<Pack, 4> sum{s0 - s2, s0 + s2, s1 - s3, s1 + s3}, rise{r0 - r2, r0 + r2, r1 - r3, r1 + r3};
    return {sum[0] - rise[0], sum[0] + rise[0], sum[1] + rise[1], sum[1] - rise[1], sum[2] - rise[2], sum[2] + rise[2], sum[3] + rise[3], sum[3] - rise[3]};
}

/// @param m  monomials of the function
KERNEL_PART CubeGradients cube_gradients(const std::array<Pack, 8>& m) {
    return {bilinear(m[1], m[6], m[5], m[7]), bilinear(m[2], m[6], m[4], m[7]), bilinear(m[3], m[5], m[4], m[7])};
}

/// Moments of x, y, .. xyz (of 1: zero) from what each point asks of the derivatives along the axes: the transpose.
KERNEL_PART std::array<Pack, 8> gradient_moments(const CubeGradients& v) {
    const std::array<Pack, 4> x = bilinear_moments(v[0]), y = bilinear_moments(v[1]), z = bilinear_moments(v[2]);
    return {Pack{}, x[0], y[0], z[0], y[2] + z[2], x[2] + z[1], x[1] + y[1], x[3] + y[3] + z[3]};
}

/// Moments of 1, x, .. xyz from what each point asks of the value.
KERNEL_PART std::array<Pack, 8> value_moments(const std::array<Pack, 8>& v) {
    std::array<Pack, 4> even, odd;  // over the two points along x
    for (int q = 0; q < 8; ++q) {
        if (hex8_corner[q][0] > 0) continue;
        const int place = hex8_derivative_place.at[q][0], other = q ^ 1;  // corners 0 1, 3 2, 4 5, 7 6
        even[place] = v[q] + v[other];
        odd[place] = gauss * (v[other] - v[q]);
    }
    const std::array<Pack, 4> e = bilinear_moments(even), o = bilinear_moments(odd);
    return {e[0], o[0], e[1], e[2], e[3], o[2], o[1], o[3]};
}

}  // namespace foramen::engine
