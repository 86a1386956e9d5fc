#pragma once

#include <array>
#include <optional>

#include "engine/system/pose.hpp"
#include "models/anatomy_tables.hpp"
#include "models/facet_patch.hpp"
#include "models/spine_spec.hpp"

namespace foramen::models {

/// What a spine takes from an imported anatomy.
struct ImportedGeometry {
    std::array<engine::Pose, body_count> body;               ///< L1 .. S1 in the frame of the files
    std::array<std::optional<DiscMesh>, disc_count> discs;   ///< at the heights of the files, in the frame of the lower body
    std::array<double, disc_count> file_height{};            ///< mid-disc heights of the files [mm]
    std::array<Eigen::Vector3d, disc_count> axis;            ///< mean normal of a disc's end-plates, in the frame of the lower body
};

/// The tables at the size of one person, and the bodies' places in the neutral supine stack (before posture and load).
struct SpineGeometry {
    AnatomyTables tables;                              ///< lengths scaled to the person
    std::array<engine::Pose, body_count> neutral;      ///< body to table frame
    std::array<double, disc_count> target_height;      ///< mid-disc heights asked for after equilibration [mm]
    double size = 1.0;                                 ///< length scale along the spine [-]
    double girth = 1.0;                                ///< length scale across it [-]
    std::array<engine::Pose, body_count> upper_plates, lower_plates;  ///< end-plates L1 .. S1 in their bodies' frames; S1 has no lower one
    std::array<std::array<FacetPatch, 2>, disc_count> facets;         ///< left, right
    std::optional<ImportedGeometry> imported;

    [[nodiscard]] const VertebraRow& vertebra(Body b) const { return tables.vertebrae[static_cast<int>(b) - 1]; }
    /// Frame of an end-plate in its body's frame: origin at its middle, x anterior, z cranial.
    [[nodiscard]] const engine::Pose& upper_plate(Body b) const { return upper_plates[static_cast<int>(b)]; }
    [[nodiscard]] const engine::Pose& lower_plate(Body b) const { return lower_plates[static_cast<int>(b)]; }
    [[nodiscard]] const FacetPatch& facet(int disc, Side side) const { return facets[disc][static_cast<int>(side)]; }
    [[nodiscard]] engine::Pose& pose(Body b) { return neutral[static_cast<int>(b)]; }
    [[nodiscard]] const engine::Pose& pose(Body b) const { return neutral[static_cast<int>(b)]; }
};

/// Length scales of a person against the tables (mean of both sexes). Along the spine: the sexes' ratio of heights 0.955, at a
/// stature of 163 cm (women) or 176 cm (men), and 0.00783 of it per centimetre of stature more, from the posterior body heights
/// of Lavecchia et al. (2018) after Tibbetts. Across: the ratio of widths 0.895, with the same growth. Ratios: PROPOSED from
/// Cook & Baker (2021), see data/README.md.
struct SizeFactors {
    double size, girth;
};
[[nodiscard]] SizeFactors size_factors(Sex sex, double stature);

/// Frame of an end-plate of the tables in its body's frame: origin at its middle, z along its outward normal's cranial direction.
[[nodiscard]] engine::Pose upper_endplate(const VertebraRow& row, Body body);
[[nodiscard]] engine::Pose lower_endplate(const VertebraRow& row);

/// Stacks the bodies on S1 with the given mid-disc heights and the tables' wedges; the line from S1 to the thorax is the
/// table's z axis. A lordosis that is asked for over L1-S1 is spread over the discs in proportion to their wedges. With spec.anatomy the
/// bodies stand as its files have them: models/imported_geometry.hpp.
[[nodiscard]] SpineGeometry spine_geometry(const AnatomyTables& tables, const SpineSpec& spec);

/// Share of a change of lordosis that each disc takes, L1-L2 first.
/// PROPOSED, see data/README.md: 0.10 0.15 0.20 0.30 0.25.
inline constexpr std::array<double, disc_count> posture_share{0.10, 0.15, 0.20, 0.30, 0.25};

/// Poses after turning the segments about their discs' centres by the posture's change of lordosis.
[[nodiscard]] std::array<engine::Pose, body_count> posed(const SpineGeometry& geometry, double lordosis_change);

/// Angle between the upper end-plates of L1 and S1, positive lordotic [rad].
[[nodiscard]] double lordosis(const SpineGeometry& geometry, const std::array<engine::Pose, body_count>& poses);

}  // namespace foramen::models
