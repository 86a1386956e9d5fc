#pragma once

#include <string>
#include <vector>

#include "models/spine_model.hpp"

namespace foramen::models {

/// One measure of a spine at each level.
struct Measure {
    std::string name, unit;
    std::vector<std::string> levels;
    std::vector<double> values;  ///< NaN where the spine has none, or the files of an imported one do not give it
};

/// What an image of a lying person would be measured for, in the neutral stack, before any load: end-plates, bodies, discs,
/// facets, foramina, lordosis; volumes of the discs at the heights of that stack.
[[nodiscard]] std::vector<Measure> morphometry(const SpineModel& model);

/// Mean area of a disc's two end-plates as meshed, across the mean normal of each [mm2].
[[nodiscard]] double plate_area(const DiscMesh& disc);

/// Volume of the elements of one tissue [mm3].
[[nodiscard]] double tissue_volume(const DiscMesh& disc, DiscTissue tissue);

}  // namespace foramen::models
