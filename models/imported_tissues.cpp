#include "models/imported_tissues.hpp"

#include <cmath>

namespace foramen::models {

DiscTissueFactors tissue_factors(const AnatomyTables& tables, const SpineSpec& spec) {
    if (!spec.anatomy || spec.imported_tissues == ImportedTissues::as_tables) return {};
    if (spec.anatomy->tissues) return *spec.anatomy->tissues;
    const auto known = tables.imported_tissues.find(spec.anatomy->name);
    return known == tables.imported_tissues.end() ? DiscTissueFactors{} : known->second;
}

void scale_tissues(AnatomyTables& tables, const DiscTissueFactors& factors) {
    for (int layer = 0; layer < 5; ++layer)
        for (int region = 0; region < 5; ++region) {
            const double d = 0.25 * layer, c = 0.25 * region;
            tables.fibres.k1[layer][region] *=
                std::pow(factors.fibre_k1_outer, 1.0 - d) * std::pow(factors.fibre_k1_inner, d) * std::pow(factors.fibre_k1_posterior, c);
            tables.fibres.k2[layer][region] *= factors.fibre_k2 * std::pow(factors.fibre_k2_inner, d);
        }
    for (double* angle : {&tables.fibres.angle_anterior_outer, &tables.fibres.angle_posterior_outer, &tables.fibres.angle_inner_gain,
                          &tables.fibres.path_angle_factor})
        *angle *= factors.fibre_angle;
    for (DiscGradeRow& grade : tables.grades) {
        grade.annulus.shear_modulus *= factors.annulus_shear;
        grade.annulus.inner_shear *= factors.annulus_shear_inner;
        grade.annulus.lame_lambda *= factors.annulus_lambda;
        grade.nucleus.shear_modulus *= factors.nucleus_moduli;
        grade.nucleus.lame_lambda *= factors.nucleus_moduli;
        grade.nucleus.fixed_charge *= factors.fixed_charge;
    }
}

}  // namespace foramen::models
