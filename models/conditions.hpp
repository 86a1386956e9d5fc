#pragma once

#include <array>
#include <optional>

namespace foramen::models {

/// A focal disc herniation. The annulus is torn in a sector, nucleus tissue lies in the inner half of its thickness, and the outer
/// surface stands `protrusion` beyond the margin, lying at rest. Focal: its base is less than a quarter of the circumference
/// (nomenclature of Fardon et al. 2014); how sector, height and tear are spread is PROPOSED (models/protrusion.hpp).
struct Herniation {
    double angle;       ///< of its middle, from anterior over the left side [rad]
    double protrusion;  ///< beyond the straight line between the rims, at its farthest, after equilibration [mm]
    double tear = 0.9;  ///< share of the fibres' stiffness that is lost in its middle [-]; PROPOSED
};

/// What ails a pair of facet joints.
struct FacetCondition {
    double hypertrophy = 0.0;     ///< thickening of the superior articular process, forwards [mm]
    std::optional<double> gap;    ///< between the joint's surfaces in the neutral stack [mm]
    double stiffness = 1.0;       ///< of the contact: factor on its pressure; thin or bare cartilage is stiffer [-]
    double tropism = 0.0;         ///< left less right transverse angle [rad]
    double capsule = 1.0;         ///< factor on the stiffness of the capsular ligaments [-]
    bool contact = true;          ///< false: none (a defect of the pars or the facets is lost)
};

/// What narrows one foramen and its lateral recess, and what lies in them.
struct ForamenCondition {
    double flavum = 0.0;                   ///< thickening of the ligamentum flavum [mm]
    double spur = 0.0;                     ///< of bone, forwards from the superior articular process [mm]
    std::optional<double> ganglion_width;  ///< [mm]; none: the table's
    std::optional<double> root_diameter;   ///< of the root that passes on to the next level [mm]; none: 4 mm at the size of the person
};

}  // namespace foramen::models
