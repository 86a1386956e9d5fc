#pragma once

#include <numbers>

namespace foramen {

// Inside: mm, N, MPa, s, t, rad. The factors below and io/quantity.cpp are the only two places that convert.
inline namespace unit_literals {
constexpr double operator""_mm(long double v) { return static_cast<double>(v); }
constexpr double operator""_N(long double v) { return static_cast<double>(v); }
constexpr double operator""_MPa(long double v) { return static_cast<double>(v); }
constexpr double operator""_kPa(long double v) { return static_cast<double>(v) * 1e-3; }
constexpr double operator""_s(long double v) { return static_cast<double>(v); }
constexpr double operator""_min(long double v) { return static_cast<double>(v) * 60.0; }
constexpr double operator""_deg(long double v) { return static_cast<double>(v) * std::numbers::pi / 180.0; }
constexpr double operator""_Nm(long double v) { return static_cast<double>(v) * 1e3; }
/// permeability; 1 m^4/(N s) = 1e12 mm^4/(N s)
constexpr double operator""_m4_per_Ns(long double v) { return static_cast<double>(v) * 1e12; }
}  // namespace unit_literals

inline constexpr double standard_gravity = 9.80665;  ///< m/s^2: N per kg
inline constexpr double degree = std::numbers::pi / 180.0;

}  // namespace foramen
