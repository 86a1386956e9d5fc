#pragma once

#include <cmath>
#include <limits>
#include <numbers>

#include "engine/core/pack.hpp"

namespace foramen::engine {

// exp and log1p of all lanes at once; a call of the library for each lane costs more than the rest of a fibre. Both are within
// two units of the last place (a test compares them with long double).

/// Whole numbers beside the lanes, for exponents.
typedef long long IntegerPack __attribute__((vector_size(8 * register_lanes)));

namespace detail {
inline constexpr double to_nearest = 0x1.8p52;  // added to |x| < 2^51 it leaves x rounded to a whole number in the last bits
// ln 2 in two parts; the first has zeros at its end, so that a whole multiple of it is exact
inline constexpr double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;

[[nodiscard]] inline IntegerPack bits(const Pack& v) { return reinterpret_cast<const IntegerPack&>(v); }
[[nodiscard]] inline Pack from_bits(const IntegerPack& v) { return reinterpret_cast<const Pack&>(v); }
}  // namespace detail

[[nodiscard]] inline double exp_lanes(double x) { return std::exp(x); }

/// exp x = 2^n exp r,  n = round(x/ln 2), |r| <= ln(2)/2; exp r by its series to r^13 (remainder 4e-18).
/// Below -708 the smallest normal numbers, above 709.7 infinity; NaN stays NaN.
[[nodiscard]] inline Pack exp_lanes(const Pack& given) {
    constexpr double lowest = -708.0, highest = 709.7;
    Pack x = given < lowest ? broadcast<Pack>(lowest) : given;
    x = x > highest ? broadcast<Pack>(highest) : x;
    const Pack shifted = x * std::numbers::log2e + detail::to_nearest, n = shifted - detail::to_nearest;
    const Pack r = (x - n * detail::ln2_high) - n * detail::ln2_low;
    constexpr std::array<double, 12> inverse_factorial{1.0 / 6227020800.0, 1.0 / 479001600.0, 1.0 / 39916800.0, 1.0 / 3628800.0,
                                                       1.0 / 362880.0,     1.0 / 40320.0,     1.0 / 5040.0,     1.0 / 720.0,
                                                       1.0 / 120.0,        1.0 / 24.0,        1.0 / 6.0,        0.5};
    Pack series = broadcast<Pack>(inverse_factorial[0]);
    for (std::size_t k = 1; k < inverse_factorial.size(); ++k) series = series * r + inverse_factorial[k];
    const Pack exp_r = 1.0 + (r + r * r * series);
    const IntegerPack exponent = (detail::bits(shifted) + 1023) << 52;  // n in the lowest bits of the shifted number
    const Pack out = exp_r * detail::from_bits(exponent);
    return given > highest ? broadcast<Pack>(std::numeric_limits<double>::infinity()) : out;
}

[[nodiscard]] inline double log1p_lanes(double x) { return std::log1p(x); }

/// log(1 + x) = k ln 2 + 2 artanh(s),  s = f/(2 + f),  1 + f = (1 + x)/2^k within 1/sqrt 2 .. sqrt 2; where k is 0, f is x itself.
/// artanh by its series to s^23 (remainder 1e-19). NaN for x <= -1 and for what is not finite.
[[nodiscard]] inline Pack log1p_lanes(const Pack& x) {
    const Pack u = 1.0 + x;
    // exponent of u over 1/sqrt 2
    constexpr long long half_root = 0x3fe6a09e667f3bcd, exponent_of_one = 0x3ff0000000000000;
    const IntegerPack k = (detail::bits(u) - half_root) >> 52;
    const Pack scaled = detail::from_bits(detail::bits(u) - (k << 52));
    const Pack two_k = detail::from_bits((k << 52) + exponent_of_one);
    const Pack lost = x > 1.0 ? 1.0 - (u - x) : x - (u - 1.0);  // by rounding 1 + x
    const Pack f = k == 0 ? x : (scaled - 1.0) + lost / two_k;
    const Pack s = f / (2.0 + f), z = s * s;
    Pack series = broadcast<Pack>(1.0 / 23.0);
    for (int odd = 21; odd >= 3; odd -= 2) series = series * z + 1.0 / odd;
    const Pack two_s = 2.0 * s, count = __builtin_convertvector(k, Pack);
    const Pack out = count * detail::ln2_high + (two_s + (two_s * z * series + count * detail::ln2_low));
    const Pack largest = broadcast<Pack>(std::numeric_limits<double>::max());
    return (u > 0.0) & (u <= largest) ? out : broadcast<Pack>(std::numeric_limits<double>::quiet_NaN());
}

}  // namespace foramen::engine
