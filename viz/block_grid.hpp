#pragma once

#include <span>
#include <string>

#include <vtkSmartPointer.h>
#include <vtkUnstructuredGrid.h>

#include "io/result_file.hpp"

namespace foramen::viz {

/// A block at one output time: points in the deformed configuration [mm], with the asked fields that the block has.
[[nodiscard]] vtkSmartPointer<vtkUnstructuredGrid> block_grid(const io::ResultFile& result, const io::BlockSpec& block, int step,
                                                              std::span<const std::string> fields = {});

/// The range that holds 99 % of a field's values (of points or cells) over all blocks of a group and (up to 64, evenly spread) output times;
/// {0, 0} if there is none.
struct FieldRange {
    double lowest, highest;
};
[[nodiscard]] FieldRange usual_range(const io::ResultFile& result, const std::string& group, const std::string& field);

}  // namespace foramen::viz
