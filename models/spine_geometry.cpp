#include "models/spine_geometry.hpp"

#include <cmath>

#include "engine/core/contract.hpp"
#include "models/imported_geometry.hpp"
#include "models/imported_tissues.hpp"
#include "models/pose_chain.hpp"

namespace foramen::models {

namespace {

using engine::Pose;

constexpr double height_per_stature = 0.00783 / 10.0;  // per mm of stature
constexpr double female_heights = 0.955, female_widths = 0.895;  // over the male ones
/// Stature at which a sex has its mean size [mm].
constexpr double mean_stature(Sex sex) { return sex == Sex::female ? 1630.0 : 1760.0; }

/// Turn about y by `lordotic` towards extension: the anterior edge goes up.
Eigen::Matrix3d extension(double lordotic) { return engine::rotation_from_vector({0.0, -lordotic, 0.0}); }

double body_wedge(const VertebraRow& row) {
    const double depth = 0.5 * (row.endplate_depth_upper + row.endplate_depth_lower);
    return std::atan((row.height_anterior - row.height_posterior) / depth);
}
double body_height(const VertebraRow& row) { return 0.5 * (row.height_anterior + row.height_posterior); }

void scale_vertebra(VertebraRow& v, double size, double girth) {
    for (double* across : {&v.endplate_width_upper, &v.endplate_width_lower, &v.endplate_depth_upper, &v.endplate_depth_lower, &v.canal_width,
                           &v.canal_depth, &v.pedicle_width, &v.pedicle_x, &v.pedicle_y, &v.spinous_tip_x, &v.transverse_tip_x,
                           &v.transverse_tip_y})
        *across *= girth;
    for (double* along : {&v.height_anterior, &v.height_posterior, &v.pedicle_height, &v.pedicle_z, &v.spinous_tip_z, &v.transverse_tip_z})
        *along *= size;
}

void scale_tables(AnatomyTables& t, double size, double girth) {
    for (VertebraRow& v : t.vertebrae) scale_vertebra(v, size, girth);
    t.thorax.x *= girth;
    t.thorax.z *= size;
    for (DiscRow& d : t.discs) {
        d.height_mid *= size;
        d.posterior_concavity *= girth;
        d.endplate_concavity_cranial *= size;
        d.endplate_concavity_caudal *= size;
    }
    for (FacetRow& f : t.facets) {
        f.centre_x *= girth;
        f.centre_y *= girth;
        f.centre_z *= size;
        f.width *= girth;
        f.height *= size;
    }
    for (LigamentRow& l : t.ligaments) {
        for (double* across : {&l.upper_x, &l.upper_y, &l.lower_x, &l.lower_y}) *across *= girth;
        for (double* along : {&l.upper_z, &l.lower_z}) *along *= size;
    }
    for (VertebraRow& v : t.vertebrae) v.ganglion_width *= girth;
    for (FascicleRow& f : t.fascicles) {
        f.optimal_fibre_length *= size;
        f.tendon_slack_length *= size;
        for (MusclePoint& p : f.path) {
            p.x *= girth;
            p.y *= girth;
            p.z *= size;
        }
    }
}

/// From a disc's lower end-plate to its upper one: height, wedge and slip forwards.
Pose disc_step(double height, double wedge, double slip) {
    return {extension(wedge), extension(0.5 * wedge) * Eigen::Vector3d(slip, 0.0, height)};
}

/// Plates and facets as the rows give them.
void place_by_rows(SpineGeometry& g) {
    for (int b = static_cast<int>(Body::L1); b < body_count; ++b) {
        const Body body = static_cast<Body>(b);
        g.upper_plates[b] = upper_endplate(g.vertebra(body), body);
        if (body != Body::S1) g.lower_plates[b] = lower_endplate(g.vertebra(body));
    }
    for (int d = 0; d < disc_count; ++d)
        for (const Side side : {Side::left, Side::right}) g.facets[d][static_cast<int>(side)] = facet_patch(g.tables.facets[d], side);
}

/// Gap and tropism: half the difference of the transverse angles to each side.
void change_facet(FacetPatch& patch, const FacetCondition& condition) {
    patch.gap = condition.gap.value_or(patch.gap);
    if (condition.tropism == 0.0) return;
    // a larger transverse angle turns the normal of a left joint, a smaller one that of a right joint, clockwise as seen from above
    const Eigen::Matrix3d about_z = engine::rotation_from_vector({0.0, 0.0, -0.5 * condition.tropism});
    for (Eigen::Vector3d* axis : {&patch.normal, &patch.across, &patch.up}) *axis = about_z * *axis;
}

/// Mid-disc heights that the discs shall have; those of files are what they are, whatever the grade.
void set_target_heights(SpineGeometry& g, const SpineSpec& spec) {
    for (int d = 0; d < disc_count; ++d) {
        const SpineSpec::Disc& choice = spec.discs[d];
        FORAMEN_EXPECTS(choice.grade >= 1 && choice.grade <= 5, choice.grade);
        const bool imported = spec.anatomy && spec.anatomy->discs[d];
        const double healthy = g.tables.discs[d].height_mid;
        g.target_height[d] = choice.height.value_or(imported ? healthy : healthy * g.tables.grades[choice.grade - 1].height_factor);
    }
}

/// Spreads a lordosis that is asked for over the discs in proportion to their wedges.
void set_lordosis(SpineGeometry& g, double lordosis) {
    double bodies = 0.0, discs = 0.0;
    for (int d = 0; d < disc_count; ++d) {
        discs += g.tables.discs[d].lordotic_wedge;
        bodies += body_wedge(g.vertebra(upper_body(d)));
    }
    const double factor = (lordosis - bodies) / discs;
    for (DiscRow& d : g.tables.discs) d.lordotic_wedge *= factor;
}

}  // namespace

SizeFactors size_factors(Sex sex, double stature) {
    const double grown = 1.0 + height_per_stature * (stature - mean_stature(sex));
    FORAMEN_EXPECTS(grown > 0.5, stature);
    // the tables hold the mean of both sexes
    const bool female = sex == Sex::female;
    return {grown * (female ? female_heights : 1.0) / (0.5 * (1.0 + female_heights)),
            grown * (female ? female_widths : 1.0) / (0.5 * (1.0 + female_widths))};
}

Pose upper_endplate(const VertebraRow& row, Body body) {
    if (body == Body::S1) return {};
    return {extension(0.5 * body_wedge(row)), {0.0, 0.0, 0.5 * body_height(row)}};
}

Pose lower_endplate(const VertebraRow& row) { return {extension(-0.5 * body_wedge(row)), {0.0, 0.0, -0.5 * body_height(row)}}; }

SpineGeometry spine_geometry(const AnatomyTables& tables, const SpineSpec& spec) {
    SpineGeometry g;
    g.tables = tables;
    const MeasuredPlates plates = spec.anatomy ? measured_plates(*spec.anatomy) : MeasuredPlates{};
    const SizeFactors factors = spec.anatomy ? imported_size(tables, plates) : size_factors(spec.sex, spec.stature);
    g.size = factors.size;
    g.girth = factors.girth;
    scale_tables(g.tables, g.size, g.girth);
    if (spec.anatomy) adopt_measures(g, *spec.anatomy, plates);
    scale_tissues(g.tables, tissue_factors(tables, spec));
    set_target_heights(g, spec);
    if (spec.lordosis && !spec.anatomy) set_lordosis(g, *spec.lordosis);
    place_by_rows(g);
    if (spec.anatomy) adopt_shapes(g, *spec.anatomy, plates, spec.imported_elements);
    for (int d = 0; d < disc_count; ++d)
        for (FacetPatch& patch : g.facets[d]) change_facet(patch, spec.discs[d].facets);

    g.pose(Body::S1) = {};
    for (int d = disc_count - 1; d >= 0; --d) {
        const Body lower = lower_body(d), upper = upper_body(d);
        const bool imported = spec.anatomy && spec.anatomy->discs[d];
        const Pose step = imported ? imported_step(*plates.upper[d + 1], *plates.lower[d], g.target_height[d])
                                   : disc_step(g.target_height[d], g.tables.discs[d].lordotic_wedge, spec.discs[d].slip);
        g.pose(upper) = chained(chained(chained(g.pose(lower), g.upper_plate(lower)), step), inverted(g.lower_plate(upper)));
    }
    const ThoraxRow& t = g.tables.thorax;
    g.pose(Body::thorax) = chained(g.pose(Body::L1), {extension(t.tilt), {t.x, 0.0, t.z}});

    // the line S1 - thorax becomes the table's z axis
    const Eigen::Vector3d line = g.pose(Body::thorax).origin - g.pose(Body::S1).origin;
    const Pose turn{engine::rotation_from_vector({0.0, -std::atan2(line.x(), line.z()), 0.0}), Eigen::Vector3d::Zero()};
    for (Pose& p : g.neutral) p = chained(turn, p);
    return g;
}

std::array<Pose, body_count> posed(const SpineGeometry& g, double lordosis_change) {
    std::array<Pose, body_count> poses = g.neutral;
    for (int d = disc_count - 1; d >= 0; --d) {
        const Body lower = lower_body(d), upper = upper_body(d);
        const Eigen::Vector3d centre = 0.5 * (poses[static_cast<int>(lower)].point(g.upper_plate(lower).origin) +
                                              poses[static_cast<int>(upper)].point(g.lower_plate(upper).origin));
        const Eigen::Matrix3d turn = extension(lordosis_change * posture_share[d]);
        for (int above = 0; above <= static_cast<int>(upper); ++above) {
            poses[above].origin = centre + turn * (poses[above].origin - centre);
            poses[above].rotation = turn * poses[above].rotation;
        }
    }
    const Eigen::Vector3d line = poses[0].origin - poses[body_count - 1].origin;
    const Eigen::Vector3d root = poses[body_count - 1].origin;
    const Eigen::Matrix3d turn = engine::rotation_from_vector({0.0, -std::atan2(line.x(), line.z()), 0.0});
    for (Pose& p : poses) {
        p.origin = root + turn * (p.origin - root);
        p.rotation = turn * p.rotation;
    }
    return poses;
}

double lordosis(const SpineGeometry& g, const std::array<Pose, body_count>& poses) {
    const auto anterior = [&](Body b) -> Eigen::Vector3d {
        return poses[static_cast<int>(b)].rotation * g.upper_plate(b).rotation.col(0);
    };
    const Eigen::Vector3d l1 = anterior(Body::L1), s1 = anterior(Body::S1);
    return std::atan2(l1.z(), l1.x()) - std::atan2(s1.z(), s1.x());
}

}  // namespace foramen::models
