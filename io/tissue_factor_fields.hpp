#pragma once

#include "io/table_fields.hpp"

namespace foramen::io {

/// The factors by which discs of an imported spine stray from the tables: columns of data/materials/imported_tissues.csv and keys of
/// `tissues:` in an anatomy's YAML.
inline constexpr TableField<models::DiscTissueFactors> tissue_factor_fields[] = {
    {"fibre_k1_outer", "1", 0.01, 100, &models::DiscTissueFactors::fibre_k1_outer},
    {"fibre_k1_inner", "1", 0.01, 100, &models::DiscTissueFactors::fibre_k1_inner},
    {"fibre_k1_posterior", "1", 0.01, 100, &models::DiscTissueFactors::fibre_k1_posterior},
    {"fibre_k2", "1", 0.05, 20, &models::DiscTissueFactors::fibre_k2},
    {"fibre_k2_inner", "1", 0.05, 20, &models::DiscTissueFactors::fibre_k2_inner},
    {"fibre_angle", "1", 0.5, 1.5, &models::DiscTissueFactors::fibre_angle},
    {"annulus_shear", "1", 0.05, 20, &models::DiscTissueFactors::annulus_shear},
    {"annulus_shear_inner", "1", 0.05, 20, &models::DiscTissueFactors::annulus_shear_inner},
    {"annulus_lambda", "1", 0.05, 20, &models::DiscTissueFactors::annulus_lambda},
    {"nucleus_moduli", "1", 0.05, 20, &models::DiscTissueFactors::nucleus_moduli},
    {"fixed_charge", "1", 0.05, 5, &models::DiscTissueFactors::fixed_charge},
};

}  // namespace foramen::io
