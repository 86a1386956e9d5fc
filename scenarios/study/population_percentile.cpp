#include "scenarios/study/population_percentile.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"

namespace foramen::scenarios {

double binomial_share(int k, int n, double p) {
    double sum = 0.0;
    for (int i = 0; i <= std::min(k, n); ++i) {
        const double log_term = std::lgamma(n + 1.0) - std::lgamma(i + 1.0) - std::lgamma(n - i + 1.0) + i * std::log(p) + (n - i) * std::log1p(-p);
        sum += std::exp(log_term);
    }
    return std::min(sum, 1.0);
}

Percentile population_percentile(std::vector<double> values, double share, double confidence) {
    FORAMEN_EXPECTS(!values.empty() && share > 0.0 && share < 1.0, values.size(), share);
    std::sort(values.begin(), values.end());
    const int n = static_cast<int>(values.size());
    Percentile result;
    result.estimate = values[static_cast<std::size_t>(std::clamp(static_cast<int>(std::ceil(share * n)), 1, n) - 1)];
    for (int r = 1; r <= n; ++r) {  // the largest rank that is low enough, the smallest that is high enough
        const double below = 1.0 - binomial_share(r - 1, n, share);  // P(X_(r) <= quantile)
        if (below >= confidence) result.low = values[static_cast<std::size_t>(r - 1)];
        if (!result.high && binomial_share(r - 1, n, share) >= confidence) result.high = values[static_cast<std::size_t>(r - 1)];
    }
    return result;
}

int least_sample(double share, double confidence) {
    return static_cast<int>(std::ceil(std::log1p(-confidence) / std::log1p(-share) - 1e-12));
}

}  // namespace foramen::scenarios
