#pragma once

#include <optional>
#include <vector>

namespace foramen::scenarios {

/// A lower percentile of a population from a sample, without a law: its estimate and bounds by order statistics.
struct Percentile {
    double estimate = 0.0;        ///< the ordered value of rank ceil(share n)
    std::optional<double> low;    ///< lies at or below the percentile with the confidence, or more; empty: the sample is too small
    std::optional<double> high;   ///< at or above it; each bound is one-sided
};

/// P(B(n, p) <= k) of a binomial law.
[[nodiscard]] double binomial_share(int k, int n, double p);

/// @param share       of the population below the percentile, 0..1
/// @param confidence  of each bound, one-sided
/// @pre values is not empty
/// Source: David & Nagaraja (2003) Order Statistics, section 7.1: P(X_(r) <= quantile) = P(B(n, p) >= r)
[[nodiscard]] Percentile population_percentile(std::vector<double> values, double share, double confidence);

/// Patients that the smallest value needs to be a lower bound: 1 - (1 - share)^n >= confidence.
[[nodiscard]] int least_sample(double share, double confidence);

}  // namespace foramen::scenarios
