#pragma once

#include <vector>

#include "models/spine_model.hpp"

namespace foramen::models {

/// Constants of an element's tissue in the grade of disc `d`.
[[nodiscard]] const DiscTissueRow& tissue_row(const SpineModel& model, int d, int element);

/// Integrals and extremes over a disc's present state.
struct DiscState {
    /// Means over the nucleus' core, weighted by volume and by (1 - (3 (s - 1/2))^2)^2 within the middle two thirds of the height
    /// (s: 0 to 1 from plate to plate), whose weight is that of its central third: a smooth needle, so that the mean does not
    /// depend on where the mesh has its layers [MPa]
    double pressure, fluid_pressure, osmotic_pressure;
    double fluid_volume;                                ///< water in the whole disc [mm3]
    double peak_fibre_strain;                           ///< largest stretch of a fibre less 1 [-]
    Eigen::Vector3d peak_fibre_place;                   ///< of that integration point, in the lower vertebra's frame; NaN without a stretched fibre [mm]
    double peak_principal_stress;                       ///< largest principal total Cauchy stress of the annulus, tension positive [MPa]
};
[[nodiscard]] DiscState disc_state(const SpineModel& model, int d);

/// How far the posterior margin stands behind the line between the two rims, at its farthest [mm].
[[nodiscard]] double posterior_bulge(const SpineModel& model, int d);

/// Heights between the two end-plates at their middles and at the anterior, posterior, left and right rim [mm]; at the rims
/// along the mean normal of the two plates.
[[nodiscard]] std::array<double, 5> disc_heights(const SpineModel& model, int d);

/// Fields of a disc for pictures: nodal values by volume-weighted means of the points, element values by volume means.
struct DiscFields {
    std::vector<Eigen::Vector3d> position;                            ///< of every node in space [mm]
    std::vector<double> pressure, fluid_pressure, osmotic_pressure;   ///< per node [MPa]
    std::vector<std::array<double, 6>> stress;                        ///< total Cauchy, per element [MPa]
    std::vector<std::array<double, 3>> flux;                          ///< per element [mm/s]
    std::vector<double> fluid_fraction, fibre_strain;                 ///< per element [-]
};
[[nodiscard]] DiscFields disc_fields(const SpineModel& model, int d);

}  // namespace foramen::models
