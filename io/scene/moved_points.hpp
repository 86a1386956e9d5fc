#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "io/result_file.hpp"

namespace foramen::io {

/// The block of that name; nullptr if the result has none.
[[nodiscard]] const BlockSpec* find_block(const ResultFile& result, const std::string& name);

/// Whether a block writes a point field.
[[nodiscard]] bool has_point_field(const BlockSpec& block, const std::string& name);

/// Points of a block as they lie at an output time: reference plus `displacement` [mm].
[[nodiscard]] std::vector<Eigen::Vector3d> moved_points(const ResultFile& result, const BlockSpec& block, int step);

/// Mean of points; zero of none.
[[nodiscard]] Eigen::Vector3d centroid(const std::vector<Eigen::Vector3d>& points);

}  // namespace foramen::io
