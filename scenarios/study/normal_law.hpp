#pragma once

namespace foramen::scenarios {

/// Standard normal distribution function Phi(z).
[[nodiscard]] double normal_share(double z);

/// Its inverse, 0 < p < 1: a rational approximation (Abramowitz & Stegun 1964, 26.2.23), then Halley's method to rounding.
/// @throws ContractViolation for another p
[[nodiscard]] double normal_quantile(double p);

}  // namespace foramen::scenarios
