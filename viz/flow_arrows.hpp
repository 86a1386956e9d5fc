#pragma once

#include <vtkRenderer.h>

#include "io/result_file.hpp"

namespace foramen::viz {

/// Arrows on a disc's sagittal cut along the flux of its water: means over cells of a grid of 1.6 mm x 1 mm, each as long as the
/// square root of its flux, so that slow water is seen too.
/// @param drawn_at  y of the arrows [mm]
/// @param longest   flux of an arrow of 5 mm [mm/s]; faster water has the same arrow
void add_flow_arrows(vtkRenderer& renderer, const io::ResultFile& result, const io::BlockSpec& disc, int step, double cut, double drawn_at, double longest);

}  // namespace foramen::viz
