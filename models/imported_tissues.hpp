#pragma once

#include "models/anatomy_tables.hpp"
#include "models/spine_spec.hpp"

namespace foramen::models {

/// What the discs of this spine are multiplied by: the factors that its files bring, else those that the tables hold for its name,
/// else 1; always 1 without an imported anatomy, or where the tables alone are asked for.
[[nodiscard]] DiscTissueFactors tissue_factors(const AnatomyTables& tables, const SpineSpec& spec);

/// Multiplies the constants of nucleus and annulus, every grade. Of the fibres at depth d (0 outer surface .. 1 nucleus) and
/// circumference c (0 anterior .. 1 posterior):
///
///     k1 *= outer^(1 - d) inner^d posterior^c,     k2 *= fibre_k2 k2_inner^d,     mu *= annulus_shear shear_inner^d
///
/// and their angle to the transverse plane *= fibre_angle, by the law of the tables and along the paths of files.
void scale_tissues(AnatomyTables& tables, const DiscTissueFactors& factors);

}  // namespace foramen::models
