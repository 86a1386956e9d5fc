#pragma once

#include <Eigen/Geometry>
#include <array>

#include "models/anatomy_tables.hpp"
#include "models/vertebra_surface.hpp"

namespace foramen::testing {

/// Six bones of ordinary size, stacked.
struct SyntheticSpine {
    std::array<models::VertebraRow, 6> rows;
    std::array<models::FacetRow, 5> facets;
    std::array<double, 5> disc_height;        ///< at the middle [mm]
    std::array<Eigen::Isometry3d, 6> place;   ///< body frame to table frame
};

[[nodiscard]] SyntheticSpine synthetic_spine();

/// Place of the lower end-plate's middle (upper == false) or the upper one's, in the body's frame, z cranial and normal to it.
[[nodiscard]] Eigen::Isometry3d endplate_frame(const models::VertebraRow& row, bool upper);

}  // namespace foramen::testing
