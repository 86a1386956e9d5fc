#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "scenarios/study/sobol_sequence.hpp"
#include "scenarios/study/study.hpp"

namespace foramen::scenarios {

inline constexpr std::size_t largest_sequence_dimension = SobolSequence::largest_dimension;

/// The runs of a study: a row a run, a column a varied field.
struct DesignTable {
    UnitPoints points;       ///< in the unit cube; empty for grid, zip, list
    Eigen::MatrixXd values;  ///< internal units; of a word its index
    std::vector<std::string> blocks;  ///< of sobol_indices: A, B, AB 1 ...; else empty texts
};

/// Number of runs, also where there are too many to list.
[[nodiscard]] double expected_runs(const Study& study);

/// Of the inputs' normal scores, ones on the diagonal.
[[nodiscard]] Eigen::MatrixXd correlation_matrix(const Study& study);

/// @pre the study has no problems
[[nodiscard]] DesignTable design_table(const Study& study);

}  // namespace foramen::scenarios
