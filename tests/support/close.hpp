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

}  // namespace foramen::testing

/// Passes when two numbers (or matrices) agree to `tolerance`, relative to the larger; prints both otherwise.
#define CHECK_CLOSE(actual, expected, tolerance)                                                     \
    do {                                                                                             \
        INFO("actual " << (actual) << ", expected " << (expected));                                 \
        CHECK(::foramen::testing::relative_difference((actual), (expected)) <= (tolerance));        \
    } while (false)
