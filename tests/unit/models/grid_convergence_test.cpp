#include "models/benchmarks/grid_convergence.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "engine/core/contract.hpp"

using namespace foramen::models;

TEST_SUITE("unit/models") {
    TEST_CASE("grid convergence finds order and limit of f = 3 + 0.2 h^p on meshes that do not halve") {
        for (const double p : {0.8, 1.0, 2.0, 3.0}) {
            const std::array<double, 3> h{1.0, 0.61, 0.4};
            std::array<double, 3> f{};
            for (std::size_t i = 0; i < 3; ++i) f[i] = 3.0 + 0.2 * std::pow(h[i], p);
            const GridConvergence g = grid_convergence(f, h);
            CHECK(g.order == doctest::Approx(p).epsilon(1e-6));
            CHECK(g.extrapolated == doctest::Approx(3.0).epsilon(1e-8));
            CHECK(g.error_middle == doctest::Approx(f[1] / 3.0 - 1.0).epsilon(1e-6));
            CHECK(g.index == doctest::Approx(1.25 * (f[2] - 3.0) / f[2]).epsilon(1e-6));
            CHECK_FALSE(g.oscillating);
        }
    }

    TEST_CASE("grid convergence gives the numbers of the published example") {
        // Celik et al. (2008), table 1, reattachment length: 18000, 8000, 4500 cells in two dimensions, r 1.5 and 1.333
        const GridConvergence g = grid_convergence({5.863, 5.972, 6.063}, {2.0, 1.5, 1.0});
        CHECK(g.order == doctest::Approx(1.53).epsilon(0.005));
        CHECK(g.extrapolated == doctest::Approx(6.1685).epsilon(1e-4));
        CHECK(g.index == doctest::Approx(0.022).epsilon(0.02));
    }

    TEST_CASE("grid convergence says when values go to and fro, and bounds the order that it uses") {
        const GridConvergence to_and_fro = grid_convergence({1.0, 1.2, 1.1}, {4.0, 2.0, 1.0});
        CHECK(to_and_fro.oscillating);
        CHECK(to_and_fro.extrapolated == 1.1);
        CHECK(to_and_fro.index == doctest::Approx(0.1 / 1.1));
        CHECK(to_and_fro.error_middle == doctest::Approx(0.1 / 1.1));
        const GridConvergence slow = grid_convergence({1.3, 1.2, 1.1}, {4.0, 2.0, 1.0});
        CHECK(slow.extrapolated == doctest::Approx(1.1 - 0.1 / (std::sqrt(2.0) - 1.0)));
        const GridConvergence still = grid_convergence({1.0, 1.0, 1.0}, {4.0, 2.0, 1.0});
        CHECK(still.extrapolated == 1.0);
        CHECK(still.index == 0.0);
        CHECK_THROWS_AS((void)grid_convergence({1.0, 1.0, 1.0}, {1.0, 2.0, 4.0}), foramen::ContractViolation);
    }
}
