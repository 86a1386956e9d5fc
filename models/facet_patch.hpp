#pragma once

#include "models/anatomy_tables.hpp"
#include "models/imported_anatomy.hpp"

namespace foramen::models {

/// A facet joint: a patch on the upper vertebra, axes in that vertebra's frame, and the gap to what faces it in the neutral stack.
struct FacetPatch {
    Eigen::Vector3d centre, normal, across, up;
    double width, height;
    double curvature;  ///< about `up`, convex positive [1/mm]
    double gap;        ///< [mm]
};
/// The patch of the tables; PROPOSED: radius 20 mm; gap 0.4 mm, of 0.4 to 0.6 of other models.
[[nodiscard]] FacetPatch facet_patch(const FacetRow& row, Side side);

/// A patch fitted to imported surfaces: middle and normal by area, width and height as a plane rectangle of the same second moments
/// would have, curvature by least squares, gap: median distance to the facing surface along the normal (0.4 mm where none is given).
/// @param upper_body  in the files
[[nodiscard]] FacetPatch fitted_facet(const ImportedFacet& facet, const engine::Pose& upper_body);

}  // namespace foramen::models
