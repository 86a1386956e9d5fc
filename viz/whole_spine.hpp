#pragma once

#include <vtkRenderer.h>

#include "io/result_file.hpp"
#include "viz/moment.hpp"
#include "viz/scene_range.hpp"
#include "viz/view.hpp"

namespace foramen::viz {

/// Fills a renderer with the whole spine at one moment: bones, discs coloured by the pressure at their surface, ligaments as tubes
/// coloured by strain, nerves, facet patches; seen from the front, from behind, or from behind and the left.
/// @param with_scales  also the scales of colours and the names of the vertebrae
void build_whole_spine(const io::ResultFile& result, Moment moment, vtkRenderer& renderer, View view, const SceneRanges& ranges, double scale,
                       bool with_scales);

}  // namespace foramen::viz
