#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "scenarios/study/design.hpp"

namespace foramen::scenarios {

/// An estimate with the interval that a bootstrap gives it.
struct Estimate {
    double value = 0.0, low = 0.0, high = 0.0;
};

struct Bootstrap {
    int resamples = 1000;
    double confidence = 0.95;  ///< two-sided, percentiles of the resampled estimates
    std::uint64_t seed = 1;
};

/// Share of an output's variance that an input explains alone, and with all it takes part in.
struct SobolIndices {
    std::vector<Estimate> first, total;  ///< an entry an input
    int base_rows = 0;                   ///< used: those of which every run has a value
};

/// Indices from the outputs of saltelli_points, NaN where a run has none: its whole base row is left out, in every resample too.
///
///     V   = variance of f over A and B
///     S_j = mean(f_B (f_ABj - f_A))/V,    f without its mean           (Saltelli et al. 2010, table 2 b)
///     T_j = mean((f_A - f_ABj)^2)/(2 V)                                (Jansen 1999)
///
/// @return NaN where the output does not vary
[[nodiscard]] SobolIndices sobol_indices(const Eigen::VectorXd& outputs, int inputs, const Bootstrap& bootstrap);

/// Elementary effects of an input: change of the output over the change of the unit coordinate.
struct MorrisEffects {
    std::vector<Estimate> mean_absolute;  ///< mu*, an entry an input
    std::vector<double> mean, deviation;  ///< mu, sigma
    std::vector<int> count;               ///< effects used: of which both runs have a value
};

/// Effects from points and outputs (NaN: none) of morris_points. Source: Morris (1991); mu* of Campolongo et al. (2007).
[[nodiscard]] MorrisEffects morris_effects(const UnitPoints& points, const Eigen::VectorXd& outputs, const Bootstrap& bootstrap);

/// Rank correlation (Spearman) of each input with the output over the rows that have one; equal values share their mean rank.
/// @return NaN where one of both does not vary
[[nodiscard]] std::vector<Estimate> rank_correlations(const Eigen::MatrixXd& inputs, const Eigen::VectorXd& outputs, const Bootstrap& bootstrap);

}  // namespace foramen::scenarios
