#pragma once

#include "models/spine_model.hpp"

namespace foramen::models {

/// The spinal canal at the height of a disc. The back of the bony canal lies its depth behind the posterior rim of each
/// end-plate, in the mid-plane; between the two vertebrae it is the straight line between these points (flavum and laminae are
/// not felt; assumption). Depth: of the disc's margin in the mid-plane before that line, across it, where it is least. Area: of
/// an ellipse with that depth and the mean width of the two bony canals (assumption).
struct CanalMeasures {
    double depth;  ///< [mm]
    double area;   ///< [mm2]
};
[[nodiscard]] CanalMeasures measure_canal(const SpineModel& model, int d);

}  // namespace foramen::models
