#include "engine/core/piecewise_linear.hpp"

#include <doctest/doctest.h>

#include "engine/core/contract.hpp"
#include "tests/support/close.hpp"

using foramen::engine::PiecewiseLinear;

TEST_SUITE("unit/engine") {
    TEST_CASE("a piecewise-linear function goes through its points and is constant outside") {
        const PiecewiseLinear f({0.0, 1.0, 3.0}, {0.0, 10.0, -10.0});
        CHECK(f.value(-5.0) == 0.0);
        CHECK(f.value(0.25) == 2.5);
        CHECK(f.value(1.0) == 10.0);
        CHECK(f.value(2.0) == 0.0);
        CHECK(f.value(9.0) == -10.0);
        CHECK(f.max() == 10.0);
    }

    TEST_CASE("the integral of a piecewise-linear function is exact over kinks and beyond the ends") {
        const PiecewiseLinear f({0.0, 1.0, 3.0}, {0.0, 10.0, -10.0});
        CHECK_CLOSE(f.integral(0.0, 1.0), 5.0, 1e-15);
        CHECK_CLOSE(f.integral(0.5, 2.0), 3.75 + 5.0, 1e-15);
        CHECK_CLOSE(f.integral(-1.0, 5.0), 5.0 + 0.0 - 20.0, 1e-15);
        CHECK(f.integral(2.0, 2.0) == 0.0);
    }

    TEST_CASE("points out of order, repeated or unequal in number are refused") {
        CHECK_THROWS_AS(PiecewiseLinear({0.0, 0.0}, {1.0, 2.0}), foramen::ContractViolation);
        CHECK_THROWS_AS(PiecewiseLinear({1.0, 0.0}, {1.0, 2.0}), foramen::ContractViolation);
        CHECK_THROWS_AS(PiecewiseLinear({0.0, 1.0}, {1.0}), foramen::ContractViolation);
        CHECK_THROWS_AS(PiecewiseLinear({}, {}), foramen::ContractViolation);
    }
}
