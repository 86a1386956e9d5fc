#include "scenarios/study/design.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <numeric>

#include "engine/core/contract.hpp"
#include "scenarios/study/counted_random.hpp"
#include "scenarios/study/normal_law.hpp"
#include "scenarios/study/sobol_sequence.hpp"

namespace foramen::scenarios {

namespace {

/// 0 .. count - 1 in a random order: places sorted by their random numbers.
std::vector<int> shuffled(int count, const CountedRandom& random, std::uint64_t first = 0) {
    std::vector<int> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    const auto key = [&](int i) { return random.bits(first + static_cast<std::uint64_t>(i)); };
    std::sort(order.begin(), order.end(), [&](int a, int b) { return std::pair(key(a), a) < std::pair(key(b), b); });
    return order;
}

/// Place of each value among the others, from 0.
std::vector<int> ranks(const Eigen::VectorXd& values) {
    std::vector<int> order(static_cast<std::size_t>(values.size()));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return values(a) < values(b); });
    std::vector<int> rank(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) rank[static_cast<std::size_t>(order[i])] = static_cast<int>(i);
    return rank;
}

Eigen::MatrixXd lower_factor(const Eigen::MatrixXd& matrix) {
    const Eigen::LLT<Eigen::MatrixXd> factor(matrix);
    FORAMEN_EXPECTS(factor.info() == Eigen::Success, matrix.rows());
    return factor.matrixL();
}

}  // namespace

UnitPoints random_points(int count, const std::vector<std::string>& names, std::uint64_t seed) {
    UnitPoints points(count, names.size());
    for (Eigen::Index j = 0; j < points.cols(); ++j) {
        const CountedRandom random(seed, names[static_cast<std::size_t>(j)]);
        for (int i = 0; i < count; ++i) points(i, j) = random.uniform(static_cast<std::uint64_t>(i));
    }
    return points;
}

UnitPoints latin_hypercube(int count, const std::vector<std::string>& names, std::uint64_t seed) {
    UnitPoints points(count, names.size());
    for (Eigen::Index j = 0; j < points.cols(); ++j) {
        const std::string& name = names[static_cast<std::size_t>(j)];
        const CountedRandom inside(seed, name);
        const std::vector<int> strip = shuffled(count, CountedRandom(seed, name + " order"));
        for (int i = 0; i < count; ++i)
            points(i, j) = (strip[static_cast<std::size_t>(i)] + inside.uniform(static_cast<std::uint64_t>(i))) / count;
    }
    return points;
}

UnitPoints sobol_points(int count, int inputs, std::uint64_t seed) {
    const CountedRandom shift(seed, "shift");
    const SobolSequence sequence(inputs, &shift);
    UnitPoints points(count, inputs);
    for (int i = 0; i < count; ++i) {
        const std::vector<double> point = sequence.point(static_cast<std::uint64_t>(i));
        for (int j = 0; j < inputs; ++j) points(i, j) = point[static_cast<std::size_t>(j)];
    }
    return points;
}

void correlate(UnitPoints& points, const Eigen::MatrixXd& correlation) {
    // row by row and in one order: a product of matrices adds in an order that changes with their size, and a patient must be the same to the bit
    const Eigen::MatrixXd factor = lower_factor(correlation);
    for (Eigen::Index i = 0; i < points.rows(); ++i) {
        const Eigen::VectorXd scores = points.row(i).transpose().unaryExpr(&normal_quantile);
        for (Eigen::Index j = 0; j < points.cols(); ++j) {
            double score = 0.0;
            for (Eigen::Index k = 0; k <= j; ++k) score += factor(j, k) * scores(k);
            points(i, j) = normal_share(score);
        }
    }
}

void correlate_by_rank(UnitPoints& points, const Eigen::MatrixXd& correlation) {
    const Eigen::Index n = points.rows();
    if (n < 2) return;
    Eigen::MatrixXd scores(n, points.cols());  // normal scores in the order of the points
    for (Eigen::Index j = 0; j < points.cols(); ++j) {
        const std::vector<int> rank = ranks(points.col(j));
        for (Eigen::Index i = 0; i < n; ++i)
            scores(i, j) = normal_quantile((rank[static_cast<std::size_t>(i)] + 0.5) / static_cast<double>(n));
    }
    // what the scores are correlated by already is taken out first; too few rows have no factor, then it stays
    const Eigen::VectorXd size = scores.colwise().norm();
    const Eigen::MatrixXd present = (scores.transpose() * scores).cwiseQuotient(size * size.transpose());
    Eigen::MatrixXd target = lower_factor(correlation).transpose();
    if (positive_definite(present)) {
        const Eigen::MatrixXd root = lower_factor(present);
        target = root.transpose().triangularView<Eigen::Upper>().solve(target);
    }
    const Eigen::MatrixXd wanted = scores * target;
    for (Eigen::Index j = 0; j < points.cols(); ++j) {
        Eigen::VectorXd sorted = points.col(j);
        std::sort(sorted.begin(), sorted.end());
        const std::vector<int> rank = ranks(wanted.col(j));
        for (Eigen::Index i = 0; i < n; ++i) points(i, j) = sorted(rank[static_cast<std::size_t>(i)]);
    }
}

bool positive_definite(const Eigen::MatrixXd& matrix) {
    const Eigen::LLT<Eigen::MatrixXd> factor(matrix);
    if (factor.info() != Eigen::Success) return false;
    return factor.matrixLLT().diagonal().minCoeff() > 1e-7;
}

UnitPoints saltelli_points(int base_count, int inputs, std::uint64_t seed) {
    const UnitPoints both = sobol_points(base_count, 2 * inputs, seed);
    UnitPoints points(base_count * (inputs + 2), inputs);
    for (int i = 0; i < base_count; ++i) {
        const Eigen::RowVectorXd a = both.row(i).head(inputs), b = both.row(i).tail(inputs);
        const Eigen::Index first = static_cast<Eigen::Index>(i) * (inputs + 2);
        points.row(first) = a;
        points.row(first + 1) = b;
        for (int j = 0; j < inputs; ++j) {
            points.row(first + 2 + j) = a;
            points(first + 2 + j, j) = b(j);
        }
    }
    return points;
}

UnitPoints morris_points(int trajectories, int inputs, int levels, std::uint64_t seed) {
    FORAMEN_EXPECTS(levels >= 2 && levels % 2 == 0, levels);
    UnitPoints points(trajectories * (inputs + 1), inputs);
    const int jump = levels / 2;
    const CountedRandom start(seed, "start"), order(seed, "order"), direction(seed, "direction");
    for (int t = 0; t < trajectories; ++t) {
        const std::uint64_t place = static_cast<std::uint64_t>(t) * static_cast<std::uint64_t>(inputs);
        Eigen::RowVectorXi level(inputs), move(inputs);
        for (int j = 0; j < inputs; ++j) {
            const std::uint64_t counter = place + static_cast<std::uint64_t>(j);
            move(j) = direction.below(2, counter) == 0 ? jump : -jump;
            level(j) = static_cast<int>(start.below(static_cast<std::uint64_t>(jump), counter)) + (move(j) < 0 ? jump : 0);
        }
        const std::vector<int> turn = shuffled(inputs, order, place);
        for (int k = 0; k <= inputs; ++k) {
            points.row(static_cast<Eigen::Index>(t) * (inputs + 1) + k) = (level.cast<double>().array() + 0.5) / levels;
            if (k < inputs) level(turn[static_cast<std::size_t>(k)]) += move(turn[static_cast<std::size_t>(k)]);
        }
    }
    return points;
}

}  // namespace foramen::scenarios
