#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace foramen::scenarios {

enum class DesignKind { population, latin_hypercube, sobol_sequence, morris, sobol_indices, grid, zip, list };
inline constexpr std::array<std::string_view, 8> design_kind_words{"population",    "latin_hypercube", "sobol_sequence", "morris",
                                                                   "sobol_indices", "grid",            "zip",            "list"};

/// Points of the unit cube, a row a run, a column an input; every coordinate in (0, 1).
using UnitPoints = Eigen::MatrixXd;

/// Independent random numbers, by (seed, name of the input, row): row 17 is the same for every count and set of inputs.
[[nodiscard]] UnitPoints random_points(int count, const std::vector<std::string>& names, std::uint64_t seed);

/// Each input's range cut into `count` equal strips, one point in each. Source: McKay, Beckman & Conover (1979) Technometrics 21:239.
[[nodiscard]] UnitPoints latin_hypercube(int count, const std::vector<std::string>& names, std::uint64_t seed);

/// First points of the Sobol' sequence, shifted by the seed.
[[nodiscard]] UnitPoints sobol_points(int count, int inputs, std::uint64_t seed);

/// Gives the columns the correlations of a Gaussian copula: u = Phi(L Phi^-1(u)), L L^T = correlation. For random points and sequences.
/// @pre correlation is positive definite with ones on its diagonal
void correlate(UnitPoints& points, const Eigen::MatrixXd& correlation);

/// The same by reordering each column, whose values stay: for Latin hypercubes.
/// Source: Iman & Conover (1982) Commun Stat B 11:311, with normal scores.
void correlate_by_rank(UnitPoints& points, const Eigen::MatrixXd& correlation);

[[nodiscard]] bool positive_definite(const Eigen::MatrixXd& matrix);

/// Blocks of Saltelli's design, one base row after another: A, B, then A with one column of B for each input.
/// @return rows base_count (inputs + 2); A and B are the halves of one sequence of twice as many dimensions
/// Source: Saltelli et al. (2010) Comput Phys Commun 181:259
[[nodiscard]] UnitPoints saltelli_points(int base_count, int inputs, std::uint64_t seed);

/// Trajectories of Morris's design: each changes one input at a time by half of the levels, in a random order. Coordinates lie in
/// the middle of their level's strip, (level + 1/2)/levels, so that a change is 1/2 and no end of an unbounded law is asked for.
/// @pre levels is even
/// @return rows trajectories (inputs + 1)
/// Source: Morris (1991) Technometrics 33:161
[[nodiscard]] UnitPoints morris_points(int trajectories, int inputs, int levels, std::uint64_t seed);

}  // namespace foramen::scenarios
