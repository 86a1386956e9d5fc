#pragma once

#include "models/plate_fit.hpp"
#include "models/spine_geometry.hpp"

namespace foramen::models {

/// End-plates of the vertebrae L1 .. S1 in the frame of the files, from the discs' meshes; that of L1 above, which has no disc, from the
/// surface of its body. None where nothing gives it.
struct MeasuredPlates {
    std::array<std::optional<PlateFit>, 6> upper, lower;
};
[[nodiscard]] MeasuredPlates measured_plates(const ImportedAnatomy& anatomy);

/// Length scales of an imported spine against the tables: along it the mean ratio of its bodies' heights, across it that of the square
/// root of width x depth of its end-plates. Without a whole body both are the second.
[[nodiscard]] SizeFactors imported_size(const AnatomyTables& tables, const MeasuredPlates& plates);

/// Stature at which size_factors gives this scale along the spine [mm].
[[nodiscard]] double fitted_stature(Sex sex, double size);

/// Puts measures in the place of the tables' rows, which are scaled to imported_size: end-plates, body heights, disc heights and wedges,
/// facets. What no file gives (pedicles, processes, muscles' points) is scaled by each vertebra's own depth, width and height over those
/// of its row.
void adopt_measures(SpineGeometry& geometry, const ImportedAnatomy& anatomy, const MeasuredPlates& plates);

/// Poses of the bodies in the files, end-plates in the bodies' frames, facets and meshes: all that does not follow from the rows.
/// A body's frame lies half way between its end-plates; one with a single known end-plate takes the other from its row.
void adopt_shapes(SpineGeometry& geometry, const ImportedAnatomy& anatomy, const MeasuredPlates& plates, ImportedElements elements);

/// From a disc's lower end-plate to its upper one as the files have it, with another mid-disc height.
[[nodiscard]] engine::Pose imported_step(const PlateFit& lower, const PlateFit& upper, double height);

/// Surface of a bone in its body's frame, if the anatomy has it.
[[nodiscard]] std::optional<TriangleSurface> imported_bone(const SpineGeometry& geometry, const SpineSpec& spec, Body body);

}  // namespace foramen::models
