#pragma once

#include <vector>

#include "models/disc_margin.hpp"
#include "models/spine_model.hpp"

namespace foramen::models {

/// The nerve root that passes behind a disc on its way to the foramen below (behind L4-L5 that of L5): a straight, round cord in the
/// lateral recess. PROPOSED, for want of measurements by level: 4 mm thick (3 to 5 mm, recalled), 1 mm behind the line between the
/// vertebrae's rims, at the lower vertebra beside the pedicle (half the canal's width less its radius from the mid-plane), a quarter of
/// that nearer to the mid-plane at the upper one; the recess ends behind at the anterior, medial edge of the facet joint, which 3 mm of
/// ligamentum flavum cover.
struct RootPassage {
    int disc;
    Side side;
    double radius;                    ///< [mm]
    Eigen::Vector3d above;            ///< its middle at the upper vertebra's lower rim, in that vertebra's frame
    Eigen::Vector3d below;            ///< and at the lower vertebra's upper rim, in that vertebra's frame
    double wall;                      ///< x of the recess' back, in the frame of the lower vertebra's arch [mm]
    std::vector<MarginPoint> margin;  ///< of the disc in front of it
};

/// Of the discs present; none without posterior elements. In the order of the foramina.
[[nodiscard]] std::vector<RootPassage> root_passages(const SpineModel& model);

/// Antero-posterior distances within the root's width.
struct RootMeasures {
    double clearance;  ///< from the disc's margin to the front of the root in its place; negative: the root is pushed back by as much [mm]
    double recess;     ///< from the disc's margin to the recess' back, less the root's diameter; negative: the root is squeezed [mm]
};
[[nodiscard]] RootMeasures measure_root(const SpineModel& model, const RootPassage& root);

}  // namespace foramen::models
