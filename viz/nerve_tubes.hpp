#pragma once

#include <vtkRenderer.h>

#include "io/result_file.hpp"

namespace foramen::viz {

/// Nerve roots with their ganglia, and the dural sac, as tubes (io::nerves).
void add_nerve_tubes(vtkRenderer& renderer, const io::ResultFile& result, int step);

/// The left roots alone, cut open at a sagittal plane [mm].
void add_left_roots(vtkRenderer& renderer, const io::ResultFile& result, int step, double cut);

}  // namespace foramen::viz
