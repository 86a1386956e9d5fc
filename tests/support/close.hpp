#pragma once

#include <doctest/doctest.h>

#include <Eigen/Dense>
#include <cmath>

namespace foramen::testing {

/// Largest |a - b| over the entries, relative to max(|a|, |b|, floor).
[[nodiscard]] inline double relative_difference(double a, double b, double floor = 0.0) {
    const double scale = std::max({std::abs(a), std::abs(b), floor});
    return scale == 0.0 ? 0.0 : std::abs(a - b) / scale;
}

template <class A, class B>
[[nodiscard]] double relative_difference(const Eigen::MatrixBase<A>& a, const Eigen::MatrixBase<B>& b) {
    const double scale = std::max(a.cwiseAbs().maxCoeff(), b.cwiseAbs().maxCoeff());
    return scale == 0.0 ? 0.0 : (a - b).cwiseAbs().maxCoeff() / scale;
}

[[nodiscard]] inline double evaluated(double v) { return v; }
/// A matrix expression as a matrix.
template <class A>
[[nodiscard]] typename A::PlainObject evaluated(const Eigen::MatrixBase<A>& v) {
    return v;
}

}  // namespace foramen::testing

/// Passes when two numbers (or matrices) agree to `tolerance`, relative to the larger; prints both otherwise.
#define CHECK_CLOSE(actual, expected, tolerance)                                                     \
    do {                                                                                             \
        const auto close_actual = ::foramen::testing::evaluated(actual);                             \
        const auto close_expected = ::foramen::testing::evaluated(expected);                         \
        INFO("actual " << close_actual << ", expected " << close_expected);                          \
        CHECK(::foramen::testing::relative_difference(close_actual, close_expected) <= (tolerance)); \
    } while (false)
