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

}  // namespace foramen::viz
