#pragma once

#include <Eigen/Core>
#include <string>

#include <vtkCellPicker.h>

#include "io/result_file.hpp"
#include "viz/window/shown_part.hpp"

namespace foramen::viz {

/// The disc whose middle is nearest to a point at an output time: its level, for parts that do not say between which bones they lie.
/// Empty without discs.
[[nodiscard]] std::string level_at(const io::ResultFile& result, const Eigen::Vector3d& point, int step);

/// What is told of a picked part: its name, side and level, the value there with its unit, and the place [mm] from the origin.
/// "disc L4-L5:  pressure 0.0641 MPa  at (12.1, -3.0, -88.4) mm".
[[nodiscard]] std::string describe_part(const io::ResultFile& result, const ShownPart& part, vtkCellPicker& picker, const Look& look);

/// The same of a nerve.
[[nodiscard]] std::string describe_nerve(const io::ResultFile& result, vtkCellPicker& picker, int step);

}  // namespace foramen::viz
