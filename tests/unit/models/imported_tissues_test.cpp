#include "models/imported_tissues.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "models/disc.hpp"

using namespace foramen::models;
using doctest::Approx;

namespace {

/// Tables whose k1, k2 and moduli are all 1, with one spine of its own.
AnatomyTables unit_tables() {
    AnatomyTables tables{};
    for (auto& row : tables.fibres.k1) row.fill(1.0);
    for (auto& row : tables.fibres.k2) row.fill(1.0);
    for (DiscGradeRow& grade : tables.grades)
        for (DiscTissueRow* tissue : {&grade.nucleus, &grade.annulus, &grade.endplate})
            tissue->shear_modulus = tissue->lame_lambda = tissue->fixed_charge = 1.0;
    tables.fibres.angle_anterior_outer = 0.5;
    tables.fibres.angle_posterior_outer = 0.6;
    tables.fibres.angle_inner_gain = 0.1;
    tables.imported_tissues["somebody"].annulus_shear = 0.5;
    return tables;
}

DiscTissueFactors all_of_them() { return {2.0, 3.0, 5.0, 7.0, 1.5, 1.1, 11.0, 0.8, 13.0, 17.0, 0.19}; }

}  // namespace

TEST_SUITE_BEGIN("unit/models");

TEST_CASE("factors of one spine: k1, k2 and mu geometric in depth, k1 in circumference, every other constant by its own, the end-plates by none") {
    AnatomyTables t = unit_tables();
    scale_tissues(t, all_of_them());
    CHECK(t.fibres.k1[0][0] == Approx(2.0));                            // in front, outside
    CHECK(t.fibres.k1[4][0] == Approx(3.0));                            // in front, beside the nucleus
    CHECK(t.fibres.k1[0][4] == Approx(2.0 * 5.0));                      // behind, outside
    CHECK(t.fibres.k1[2][2] == Approx(std::sqrt(2.0 * 3.0 * 5.0)));     // half way both ways
    CHECK(t.fibres.k1[1][3] == Approx(std::pow(2.0, 0.75) * std::pow(3.0, 0.25) * std::pow(5.0, 0.75)));
    for (std::size_t layer = 0; layer < 5; ++layer)
        for (const double k2 : t.fibres.k2[layer]) CHECK(k2 == Approx(7.0 * std::pow(1.5, static_cast<double>(layer) / 4.0)));
    CHECK(t.fibres.angle_anterior_outer == Approx(0.55));
    CHECK(t.fibres.angle_posterior_outer == Approx(0.66));
    CHECK(t.fibres.angle_inner_gain == Approx(0.11));
    CHECK(t.fibres.path_angle_factor == Approx(1.1));
    for (const DiscGradeRow& grade : t.grades) {
        CHECK(grade.annulus.shear_modulus == 11.0);
        CHECK(ground_substance(grade.annulus).c10 == Approx(0.5 * 11.0));             // outside
        CHECK(ground_substance(grade.annulus, 0.5).c10 == Approx(0.5 * 11.0 * std::sqrt(0.8)));
        CHECK(ground_substance(grade.annulus, 1.0).c10 == Approx(0.5 * 11.0 * 0.8));  // beside the nucleus
        CHECK(grade.annulus.lame_lambda == 13.0);
        CHECK(grade.annulus.fixed_charge == 1.0);
        CHECK(grade.nucleus.shear_modulus == 17.0);
        CHECK(grade.nucleus.lame_lambda == 17.0);
        CHECK(grade.nucleus.fixed_charge == 0.19);
        CHECK(grade.endplate.shear_modulus == 1.0);
        CHECK(grade.endplate.lame_lambda == 1.0);
        CHECK(grade.endplate.fixed_charge == 1.0);
    }
}

TEST_CASE("whose factors: those of the files, else those of the tables for that name, else none; none where the tables alone are asked for") {
    const AnatomyTables t = unit_tables();
    SpineSpec spec;
    CHECK(tissue_factors(t, spec) == DiscTissueFactors{});  // nobody's own spine
    ImportedAnatomy anatomy;
    anatomy.name = "nobody";
    spec.anatomy = std::make_shared<const ImportedAnatomy>(anatomy);
    CHECK(tissue_factors(t, spec) == DiscTissueFactors{});
    anatomy.name = "somebody";
    spec.anatomy = std::make_shared<const ImportedAnatomy>(anatomy);
    CHECK(tissue_factors(t, spec).annulus_shear == 0.5);
    anatomy.tissues = all_of_them();
    spec.anatomy = std::make_shared<const ImportedAnatomy>(anatomy);
    CHECK(tissue_factors(t, spec) == all_of_them());
    spec.imported_tissues = ImportedTissues::as_tables;
    CHECK(tissue_factors(t, spec) == DiscTissueFactors{});
}

TEST_SUITE_END();
