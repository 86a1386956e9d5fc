#pragma once

#include <vector>

#include <vtkPolyData.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>

#include "io/result_file.hpp"
#include "io/scene/nerve_roots.hpp"

namespace foramen::viz {

/// The surface of all tubes.
[[nodiscard]] vtkSmartPointer<vtkPolyData> nerve_surface(const std::vector<io::Nerve>& nerves);

/// Colour and shade of nerves.
void shade_nerve(vtkProperty& property);

/// Nerve roots with their ganglia, and the dural sac, as tubes (io::nerves).
void add_nerve_tubes(vtkRenderer& renderer, const io::ResultFile& result, int step);

/// The left roots alone, cut open at a sagittal plane [mm].
void add_left_roots(vtkRenderer& renderer, const io::ResultFile& result, int step, double cut);

}  // namespace foramen::viz
