#include "scenarios/study/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "engine/core/contract.hpp"
#include "scenarios/study/counted_random.hpp"

namespace foramen::scenarios {

namespace {

using Rows = std::vector<Eigen::Index>;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Rows all_rows(Eigen::Index count) {
    Rows rows(static_cast<std::size_t>(count));
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

/// Estimates of `estimate(rows)` on all rows, with percentile intervals over resamples of the rows.
std::vector<Estimate> bootstrapped(Eigen::Index count, const Bootstrap& b, const std::function<std::vector<double>(const Rows&)>& estimate) {
    const std::vector<double> values = estimate(all_rows(count));
    std::vector<std::vector<double>> again(values.size());
    const CountedRandom random(b.seed, "bootstrap");
    Rows rows(static_cast<std::size_t>(count));
    for (int r = 0; r < b.resamples; ++r) {
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i] = static_cast<Eigen::Index>(random.below(rows.size(), static_cast<std::uint64_t>(r) * rows.size() + i));
        const std::vector<double> resampled = estimate(rows);
        for (std::size_t j = 0; j < values.size(); ++j)
            if (std::isfinite(resampled[j])) again[j].push_back(resampled[j]);
    }
    std::vector<Estimate> all;
    for (std::size_t j = 0; j < values.size(); ++j) {
        std::vector<double>& sorted = again[j];
        std::sort(sorted.begin(), sorted.end());
        const auto at = [&](double share) {
            return sorted.empty() ? nan : sorted[static_cast<std::size_t>(std::lround(share * static_cast<double>(sorted.size() - 1)))];
        };
        all.push_back({values[j], at(0.5 * (1.0 - b.confidence)), at(0.5 * (1.0 + b.confidence))});
    }
    return all;
}

/// First the S_j, then the T_j, of base rows of [A, B, AB_1 ...].
std::vector<double> saltelli_estimates(const Eigen::MatrixXd& f, const Rows& rows) {
    const Eigen::Index inputs = f.cols() - 2;
    const double n = static_cast<double>(rows.size());
    double mean = 0.0, square = 0.0;
    for (const Eigen::Index i : rows) mean += 0.5 * (f(i, 0) + f(i, 1)) / n;
    for (const Eigen::Index i : rows) square += 0.5 * (std::pow(f(i, 0) - mean, 2) + std::pow(f(i, 1) - mean, 2)) / n;
    std::vector<double> estimates(static_cast<std::size_t>(2 * inputs), nan);
    if (!(square > 1e-24 * mean * mean)) return estimates;
    for (Eigen::Index j = 0; j < inputs; ++j) {
        double first = 0.0, total = 0.0;
        for (const Eigen::Index i : rows) {
            const double change = f(i, 2 + j) - f(i, 0);
            first += (f(i, 1) - mean) * change;
            total += 0.5 * change * change;
        }
        estimates[static_cast<std::size_t>(j)] = first / n / square;
        estimates[static_cast<std::size_t>(inputs + j)] = total / n / square;
    }
    return estimates;
}

Eigen::VectorXd mean_ranks(const Eigen::VectorXd& values) {
    std::vector<Eigen::Index> order = all_rows(values.size());
    std::sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) { return values(a) < values(b); });
    Eigen::VectorXd rank(values.size());
    for (std::size_t i = 0; i < order.size();) {
        std::size_t end = i;
        while (end < order.size() && values(order[end]) == values(order[i])) ++end;
        for (std::size_t k = i; k < end; ++k) rank(order[k]) = 0.5 * static_cast<double>(i + end - 1);
        i = end;
    }
    return rank;
}

double correlation(Eigen::VectorXd a, Eigen::VectorXd b) {
    a.array() -= a.mean();
    b.array() -= b.mean();
    const double size = a.norm() * b.norm();
    return size > 0.0 ? a.dot(b) / size : nan;
}

}  // namespace

SobolIndices sobol_indices(const Eigen::VectorXd& outputs, int inputs, const Bootstrap& bootstrap) {
    FORAMEN_EXPECTS(inputs >= 1 && outputs.size() % (inputs + 2) == 0, inputs, outputs.size());
    Rows whole;
    for (Eigen::Index i = 0; i < outputs.size() / (inputs + 2); ++i)
        if (outputs.segment(i * (inputs + 2), inputs + 2).allFinite()) whole.push_back(i);
    Eigen::MatrixXd f(whole.size(), inputs + 2);
    for (std::size_t i = 0; i < whole.size(); ++i)
        f.row(static_cast<Eigen::Index>(i)) = outputs.segment(whole[i] * (inputs + 2), inputs + 2).transpose();
    const std::vector<Estimate> both = bootstrapped(f.rows(), bootstrap, [&](const Rows& rows) { return saltelli_estimates(f, rows); });
    return {{both.begin(), both.begin() + inputs}, {both.begin() + inputs, both.end()}, static_cast<int>(f.rows())};
}

MorrisEffects morris_effects(const UnitPoints& points, const Eigen::VectorXd& outputs, const Bootstrap& bootstrap) {
    const Eigen::Index inputs = points.cols();
    FORAMEN_EXPECTS(points.rows() == outputs.size() && outputs.size() % (inputs + 1) == 0, inputs, outputs.size());
    std::vector<std::vector<double>> effects(static_cast<std::size_t>(inputs));
    for (Eigen::Index i = 0; i + 1 < points.rows(); ++i) {
        if ((i + 1) % (inputs + 1) == 0) continue;  // the next row begins another trajectory
        Eigen::Index moved = 0;
        const Eigen::RowVectorXd change = points.row(i + 1) - points.row(i);
        change.cwiseAbs().maxCoeff(&moved);
        const double effect = (outputs(i + 1) - outputs(i)) / change(moved);
        if (std::isfinite(effect)) effects[static_cast<std::size_t>(moved)].push_back(effect);
    }
    MorrisEffects result;
    for (const std::vector<double>& e : effects) {
        const auto n = static_cast<double>(e.size());
        const double mean = std::accumulate(e.begin(), e.end(), 0.0) / n;
        double square = 0.0;
        for (const double x : e) square += (x - mean) * (x - mean);
        result.mean.push_back(mean);
        result.deviation.push_back(e.size() > 1 ? std::sqrt(square / (n - 1.0)) : nan);
        result.count.push_back(static_cast<int>(e.size()));
        result.mean_absolute.push_back(bootstrapped(static_cast<Eigen::Index>(e.size()), bootstrap, [&](const Rows& rows) {
                                           double sum = 0.0;
                                           for (const Eigen::Index i : rows) sum += std::abs(e[static_cast<std::size_t>(i)]);
                                           return std::vector<double>{sum / static_cast<double>(rows.size())};
                                       }).front());
    }
    return result;
}

std::vector<Estimate> rank_correlations(const Eigen::MatrixXd& inputs, const Eigen::VectorXd& outputs, const Bootstrap& bootstrap) {
    FORAMEN_EXPECTS(inputs.rows() == outputs.size(), inputs.rows(), outputs.size());
    Rows present;
    for (Eigen::Index i = 0; i < outputs.size(); ++i)
        if (std::isfinite(outputs(i))) present.push_back(i);
    return bootstrapped(static_cast<Eigen::Index>(present.size()), bootstrap, [&](const Rows& rows) {
        Rows chosen;
        for (const Eigen::Index i : rows) chosen.push_back(present[static_cast<std::size_t>(i)]);
        const Eigen::VectorXd y = mean_ranks(outputs(chosen));
        std::vector<double> estimates;
        for (Eigen::Index j = 0; j < inputs.cols(); ++j) estimates.push_back(correlation(mean_ranks(inputs.col(j)(chosen)), y));
        return estimates;
    });
}

}  // namespace foramen::scenarios
