// Random numbers, sequences and designs of studies.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "scenarios/study/counted_random.hpp"
#include "scenarios/study/design.hpp"
#include "scenarios/study/distribution.hpp"
#include "scenarios/study/normal_law.hpp"
#include "scenarios/study/sobol_sequence.hpp"
#include "tests/support/close.hpp"

using namespace foramen::scenarios;

namespace {

double correlation(Eigen::VectorXd a, Eigen::VectorXd b) {
    a.array() -= a.mean();
    b.array() -= b.mean();
    return a.dot(b) / (a.norm() * b.norm());
}

Eigen::MatrixXd scores(const UnitPoints& points) { return points.unaryExpr(&normal_quantile); }

/// Mean and deviation over a fine grid of shares.
std::pair<double, double> moments(const Distribution& d) {
    constexpr int count = 200000;
    double sum = 0.0, square = 0.0;
    for (int i = 0; i < count; ++i) {
        const double x = d.quantile((i + 0.5) / count);
        sum += x / count;
        square += x * x / count;
    }
    return {sum, std::sqrt(square - sum * sum)};
}

}  // namespace

TEST_SUITE("unit/study") {
    TEST_CASE("normal quantiles are those of the tables and the inverse of the distribution function") {
        CHECK_CLOSE(normal_quantile(0.975), 1.959963984540054, 1e-15);
        CHECK_CLOSE(normal_quantile(0.95), 1.6448536269514722, 1e-15);
        CHECK(normal_quantile(0.5) == doctest::Approx(0.0).epsilon(1e-15));
        for (const double p : {1e-12, 1e-5, 0.02, 0.3, 0.77}) CHECK_CLOSE(normal_share(normal_quantile(p)), p, 1e-13);
    }

    TEST_CASE("the Sobol' sequence has the points of SciPy 1.10 (unscrambled), up to its last dimension") {
        const SobolSequence sequence(SobolSequence::largest_dimension);
        const std::array<std::size_t, 6> dimensions{0, 1, 2, 9, 19, 39};
        const std::array<double, 6> fifth{0.875, 0.875, 0.125, 0.125, 0.625, 0.375},
            thousandth{0.2197265625, 0.0966796875, 0.5185546875, 0.0693359375, 0.7255859375, 0.4794921875};
        for (std::size_t k = 0; k < dimensions.size(); ++k) {
            CHECK(sequence.point(5)[dimensions[k]] == fifth[k] + 0x1p-33);
            CHECK(sequence.point(1000)[dimensions[k]] == thousandth[k] + 0x1p-33);
        }
    }

    TEST_CASE("every dimension of the sequence puts one of 256 points into each of 256 strips, shifted or not") {
        const CountedRandom shift(7, "shift");
        for (const CountedRandom* const by : {static_cast<const CountedRandom*>(nullptr), &shift}) {
            const SobolSequence sequence(SobolSequence::largest_dimension, by);
            std::vector<std::set<int>> strips(SobolSequence::largest_dimension);
            for (int i = 0; i < 256; ++i) {
                const std::vector<double> point = sequence.point(static_cast<std::uint64_t>(i));
                for (std::size_t d = 0; d < point.size(); ++d) strips[d].insert(static_cast<int>(256.0 * point[d]));
            }
            for (const auto& strip : strips) CHECK(strip.size() == 256);
        }
    }

    TEST_CASE("random numbers are uniform and a patient is the same in a study of any size and with any other input") {
        const UnitPoints few = random_points(20, {"a", "b"}, 3), many = random_points(4000, {"c", "b"}, 3);
        CHECK(few.col(1) == many.col(1).head(20));
        CHECK(random_points(20, {"a", "b"}, 4).col(1) != few.col(1));
        CHECK(std::abs(many.mean() - 0.5) < 4.0 / std::sqrt(12.0 * 8000.0));
        CHECK(std::abs(correlation(many.col(0), many.col(1))) < 4.0 / std::sqrt(4000.0));
        CHECK(many.minCoeff() > 0.0);
        CHECK(many.maxCoeff() < 1.0);
    }

    TEST_CASE("a Latin hypercube has one point in every strip, also after its columns were correlated by rank") {
        UnitPoints points = latin_hypercube(500, {"a", "b", "c"}, 11);
        Eigen::Matrix3d wanted;
        wanted << 1.0, 0.7, 0.2, 0.7, 1.0, 0.5, 0.2, 0.5, 1.0;
        for (int round = 0; round < 2; ++round) {
            for (int j = 0; j < 3; ++j) {
                std::set<int> strips;
                for (int i = 0; i < 500; ++i) strips.insert(static_cast<int>(500.0 * points(i, j)));
                CHECK(strips.size() == 500);
            }
            if (round == 0) correlate_by_rank(points, wanted);
        }
        const Eigen::MatrixXd z = scores(points);
        CHECK(correlation(z.col(0), z.col(1)) == doctest::Approx(0.7).epsilon(0.02));
        CHECK(correlation(z.col(0), z.col(2)) == doctest::Approx(0.2).epsilon(0.05));
        CHECK(correlation(z.col(1), z.col(2)) == doctest::Approx(0.5).epsilon(0.02));
    }

    TEST_CASE("a copula gives random points the correlation and leaves each column uniform") {
        UnitPoints points = random_points(20000, {"a", "b"}, 5);
        correlate(points, (Eigen::Matrix2d() << 1.0, -0.6, -0.6, 1.0).finished());
        const Eigen::MatrixXd z = scores(points);
        CHECK(correlation(z.col(0), z.col(1)) == doctest::Approx(-0.6).epsilon(0.02));
        // Spearman of a Gaussian copula: 6/pi asin(rho/2)
        CHECK(correlation(points.col(0), points.col(1)) == doctest::Approx(6.0 / M_PI * std::asin(-0.3)).epsilon(0.03));
        CHECK(points.col(1).mean() == doctest::Approx(0.5).epsilon(0.02));
    }

    TEST_CASE("correlated points are the same to the bit in a study of any size") {
        const std::vector<std::string> inputs{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n"};
        const auto count = static_cast<Eigen::Index>(inputs.size());
        Eigen::MatrixXd correlation = Eigen::MatrixXd::Constant(count, count, 0.3);
        correlation.diagonal().setOnes();
        UnitPoints all = random_points(500, inputs, 7);
        correlate(all, correlation);
        for (const int size : {1, 2, 6, 7, 100, 499}) {
            CAPTURE(size);
            UnitPoints part = random_points(size, inputs, 7);
            correlate(part, correlation);
            CHECK((part.array() == all.topRows(size).array()).all());
        }
    }

    TEST_CASE("a matrix that no population has is known") {
        Eigen::Matrix3d impossible;
        impossible << 1.0, 0.9, 0.9, 0.9, 1.0, -0.9, 0.9, -0.9, 1.0;
        CHECK_FALSE(positive_definite(impossible));
        CHECK(positive_definite(Eigen::Matrix3d::Identity()));
    }

    TEST_CASE("moments of the laws are those of their closed forms") {
        const auto [uniform_mean, uniform_deviation] = moments({.law = Law::uniform, .low = 2.0, .high = 8.0});
        CHECK_CLOSE(uniform_mean, 5.0, 1e-9);
        CHECK_CLOSE(uniform_deviation, 6.0 / std::sqrt(12.0), 1e-6);
        const auto [triangle_mean, triangle_deviation] = moments({.law = Law::triangular, .low = 0.0, .high = 6.0, .mean = 1.0});
        CHECK_CLOSE(triangle_mean, 7.0 / 3.0, 1e-6);
        CHECK_CLOSE(triangle_deviation, std::sqrt((36.0 + 1.0 - 6.0) / 18.0), 1e-4);
        // cut off at one deviation below: mean + deviation phi(-1)/(1 - Phi(-1))
        const auto [cut_mean, cut_deviation] = moments({.law = Law::normal, .low = 90.0, .mean = 100.0, .deviation = 10.0});
        CHECK_CLOSE(cut_mean, 100.0 + 10.0 * 0.24197072451914337 / 0.8413447460685429, 1e-5);
        CHECK(cut_deviation < 10.0);
        const auto [log_mean, log_deviation] = moments({.law = Law::lognormal, .mean = 3.0, .deviation = 1.5});
        CHECK_CLOSE(log_mean, 3.0, 1e-4);
        CHECK_CLOSE(log_deviation, 1.5, 5e-3);
    }

    TEST_CASE("listed values come by their shares, in their order") {
        const Distribution d{.choices = {{10.0, 1.0}, {20.0, 2.0}, {30.0, 1.0}}};
        CHECK(d.quantile(0.24) == 10.0);
        CHECK(d.quantile(0.26) == 20.0);
        CHECK(d.quantile(0.74) == 20.0);
        CHECK(d.quantile(0.76) == 30.0);
        CHECK(d.quantile(1.0 - 0x1p-53) == 30.0);
    }

    TEST_CASE("what a law lacks is said") {
        CHECK(faults({.law = Law::uniform, .low = 1.0}).size() == 1);
        CHECK(faults({.law = Law::normal}).size() == 2);
        CHECK(faults({.law = Law::normal, .low = 3.0, .high = 2.0, .mean = 1.0, .deviation = 1.0}).front() == "low is not below high");
        CHECK(faults({.law = Law::triangular, .low = 0.0, .high = 1.0, .mean = 2.0}).front() == "the peak lies outside low and high");
        CHECK(faults({.low = 1.0, .choices = {{1.0, 1.0}}}).front() == "values and a law exclude each other");
    }
}
