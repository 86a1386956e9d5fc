// Estimators of sensitivity and percentiles against closed forms.

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "scenarios/study/population_percentile.hpp"
#include "scenarios/study/sensitivity.hpp"
#include "tests/support/close.hpp"

using namespace foramen::scenarios;

namespace {

constexpr double pi = std::numbers::pi;

/// Ishigami & Homma (1990): sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, x in (-pi, pi).
double ishigami(const Eigen::RowVectorXd& u) {
    const Eigen::RowVectorXd x = (2.0 * u.array() - 1.0) * pi;
    return std::sin(x(0)) + 7.0 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

Eigen::VectorXd evaluated(const UnitPoints& points, double (*f)(const Eigen::RowVectorXd&)) {
    Eigen::VectorXd y(points.rows());
    for (Eigen::Index i = 0; i < points.rows(); ++i) y(i) = f(points.row(i));
    return y;
}

bool inside(const Estimate& e, double exact) { return e.low <= exact && exact <= e.high; }

}  // namespace

TEST_SUITE("unit/study") {
    TEST_CASE("Sobol indices of Ishigami's function, first order and total, and their intervals") {
        const double v1 = 0.5 * std::pow(1.0 + 0.1 * std::pow(pi, 4) / 5.0, 2), v2 = 49.0 / 8.0, v13 = 0.01 * std::pow(pi, 8) * (1.0 / 18.0 - 1.0 / 50.0);
        const double v = v1 + v2 + v13;
        const std::array<double, 3> first{v1 / v, v2 / v, 0.0}, total{(v1 + v13) / v, v2 / v, v13 / v};
        CHECK_CLOSE(first[0], 0.3139, 2e-4);
        CHECK_CLOSE(total[2], 0.2437, 2e-4);
        const SobolIndices indices = sobol_indices(evaluated(saltelli_points(8192, 3, 1), ishigami), 3, {.resamples = 100});
        CHECK(indices.base_rows == 8192);
        for (std::size_t j = 0; j < 3; ++j) {
            CAPTURE(j);
            CHECK(std::abs(indices.first[j].value - first[j]) < 0.01);
            CHECK(std::abs(indices.total[j].value - total[j]) < 0.01);
            CHECK(inside(indices.first[j], first[j]));
            CHECK(inside(indices.total[j], total[j]));
        }
        const SobolIndices few = sobol_indices(evaluated(saltelli_points(256, 3, 1), ishigami), 3, {.resamples = 100});
        CHECK(few.total[0].high - few.total[0].low > 2.0 * (indices.total[0].high - indices.total[0].low));
    }

    TEST_CASE("a run without a value takes its base row out and nothing else") {
        const UnitPoints points = saltelli_points(512, 3, 2);
        Eigen::VectorXd y = evaluated(points, ishigami);
        y(7) = std::numeric_limits<double>::quiet_NaN();
        y(511 * 5) = std::numeric_limits<double>::infinity();
        const SobolIndices with = sobol_indices(y, 3, {.resamples = 20});
        CHECK(with.base_rows == 510);
        Eigen::VectorXd without(510 * 5);  // rows 1 and 511 are gone
        without << y.head(5), y.segment(10, 509 * 5);
        CHECK(with.first[1].value == sobol_indices(without, 3, {.resamples = 20}).first[1].value);
        CHECK(std::isnan(sobol_indices(Eigen::VectorXd::Constant(50, 3.0), 3, {.resamples = 5}).first[0].value));
    }

    TEST_CASE("Morris: a linear function has its slopes and no deviation, an interaction has one") {
        const auto linear = [](const Eigen::RowVectorXd& u) { return 3.0 * u(0) - 2.0 * u(1) + 0.0 * u(2); };
        const UnitPoints points = morris_points(20, 3, 4, 9);
        const MorrisEffects effects = morris_effects(points, evaluated(points, linear), {.resamples = 50});
        CHECK_CLOSE(effects.mean[0], 3.0, 1e-12);
        CHECK_CLOSE(effects.mean[1], -2.0, 1e-12);
        CHECK_CLOSE(effects.mean_absolute[1].value, 2.0, 1e-12);
        CHECK(std::abs(effects.mean_absolute[2].value) < 1e-12);
        CHECK(effects.deviation[0] < 1e-12);
        CHECK(effects.count[0] == 20);
        const auto product = [](const Eigen::RowVectorXd& u) { return u(0) * u(1); };
        CHECK(morris_effects(points, evaluated(points, product), {.resamples = 5}).deviation[0] > 0.1);
        for (Eigen::Index i = 0; i < points.rows(); ++i)
            if ((i + 1) % 4 != 0) CHECK((points.row(i + 1) - points.row(i)).cwiseAbs().sum() == doctest::Approx(0.5));
    }

    TEST_CASE("rank correlation: one for a growing function, by closed form for a sum, equal values share a rank") {
        const UnitPoints points = latin_hypercube(2000, {"a", "b"}, 3);
        const auto growing = [](const Eigen::RowVectorXd& u) { return std::exp(5.0 * u(0)); };
        const std::vector<Estimate> r = rank_correlations(points, evaluated(points, growing), {.resamples = 50});
        CHECK_CLOSE(r[0].value, 1.0, 1e-12);
        CHECK(inside(r[1], 0.0));
        Eigen::MatrixXd tied(4, 1);
        tied << 1.0, 1.0, 2.0, 2.0;  // ranks 0.5, 0.5, 2.5, 2.5 against 0, 1, 2, 3
        CHECK_CLOSE(rank_correlations(tied, Eigen::Vector4d(1.0, 2.0, 3.0, 4.0), {.resamples = 5})[0].value, 4.0 / std::sqrt(4.0 * 5.0), 1e-12);
    }

    TEST_CASE("a percentile has the bounds that order statistics give it, and none where the sample is too small") {
        CHECK(least_sample(0.05, 0.95) == 59);  // the classical number
        CHECK(least_sample(0.10, 0.90) == 22);
        std::vector<double> values;
        for (int i = 58; i >= 1; --i) values.push_back(i);
        CHECK_FALSE(population_percentile(values, 0.05, 0.95).low.has_value());
        values.push_back(59.0);
        const Percentile p = population_percentile(values, 0.05, 0.95);
        REQUIRE(p.low.has_value());
        CHECK(*p.low == 1.0);
        CHECK(p.estimate == 3.0);
        CHECK(p.high.has_value());
        CHECK_CLOSE(binomial_share(2, 10, 0.3), 0.3827827864, 1e-9);
        // the median of 9 values: ranks 2 and 8 hold it with 98 % each (tables of the sign test)
        const Percentile median = population_percentile({1, 2, 3, 4, 5, 6, 7, 8, 9}, 0.5, 0.975);
        CHECK(median.estimate == 5.0);
        CHECK(*median.low == 2.0);
        CHECK(*median.high == 8.0);
    }
}
