#pragma once

#include <Eigen/Geometry>
#include <optional>

#include "models/anatomy_tables.hpp"
#include "models/triangle_surface.hpp"

namespace foramen::models {

/// What the picture of a bone needs besides its own row. Lengths [mm].
struct VertebraSurfaceOptions {
    /// Joint with the vertebra below (FacetRow of the disc below, as it stands in the table): carried by the inferior
    /// articular processes.
    std::optional<FacetRow> inferior_facet;
    /// Joint with the vertebra above, in this bone's frame (facet_in_frame): met by the superior articular processes.
    std::optional<FacetRow> superior_facet;
    double endplate_concavity_upper = 2.0;  ///< depth of the upper end-plate's hollow
    double endplate_concavity_lower = 2.5;
    double posterior_concavity = 1.5;       ///< depth of the kidney shape's posterior hollow
    double joint_space = 1.0;               ///< bone to bone at a facet; half of it on either side of the patch
    double cell = 1.8;                      ///< size of the triangles
};

/// Unit normal of the left patch of a facet pair, from the inferior process of the upper vertebra towards the superior
/// process of the lower one: antero-lateral and (tilt > 0) caudal.
///
///     n = (cos(tilt) sin(angle), cos(tilt) cos(angle), -sin(tilt))
[[nodiscard]] Eigen::Vector3d facet_normal(const FacetRow& facet);

/// The same patch seen from another frame that is turned and moved in the sagittal plane.
/// @param to_frame  takes points of the row's frame (the upper vertebra) to the new frame (the lower vertebra)
[[nodiscard]] FacetRow facet_in_frame(const FacetRow& facet, const Eigen::Isometry3d& to_frame);

/// Outer surface of a lumbar vertebra in its own frame (origin at the body's centre, x anterior, y left, z cranial):
/// body with concave end-plates and a waist, pedicles, laminae, spinous and transverse processes, articular processes.
///
/// A smooth union of simple solids, mirrored in y; closed, the same bits for the same row. The shape follows the
/// row's sizes; what no row holds (thickness of laminae and processes, rounding) is of ordinary proportions and serves
/// pictures only.
/// @throws ContractViolation if a size is not positive
[[nodiscard]] TriangleSurface vertebra_surface(const VertebraRow& row, const VertebraSurfaceOptions& options);

/// Outer surface of the sacrum in its own frame (origin at the middle of its end-plate, x along it): promontory, alae,
/// five fused segments with their foramina, median crest, superior articular processes.
[[nodiscard]] TriangleSurface sacrum_surface(const VertebraRow& row, const VertebraSurfaceOptions& options);

}  // namespace foramen::models
