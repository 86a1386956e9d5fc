#include "models/imported_geometry.hpp"

#include <cmath>

#include "engine/core/contract.hpp"
#include "models/imported_disc_mesh.hpp"
#include "models/pose_chain.hpp"

namespace foramen::models {

namespace {

using engine::Pose;

/// Turn half the way from one orientation to another.
Eigen::Matrix3d half_way(const Eigen::Matrix3d& from, const Eigen::Matrix3d& to) {
    return from * engine::rotation_from_vector(0.5 * engine::vector_from_rotation(from.transpose() * to));
}

/// Distance of two plates at relative depth `x` (1: anterior rims, -1: posterior rims), along their mean normal.
double height_at(const PlateFit& lower, const PlateFit& upper, double x) {
    const Eigen::Vector3d normal = half_way(lower.frame.rotation, upper.frame.rotation).col(2);
    return (upper.frame.point({0.5 * x * upper.depth, 0.0, 0.0}) - lower.frame.point({0.5 * x * lower.depth, 0.0, 0.0}))
        .dot(normal);
}

double mid_height(const PlateFit& lower, const PlateFit& upper) { return (upper.frame.origin - lower.frame.origin).norm(); }

/// Angle between two plates in the sagittal plane, anterior open positive.
double wedge(const PlateFit& lower, const PlateFit& upper) {
    return -engine::vector_from_rotation(lower.frame.rotation.transpose() * upper.frame.rotation).y();
}

/// Scales of one vertebra against its row.
struct Ratio {
    double depth = 1.0, width = 1.0, height = 1.0;
};

Ratio ratio_of(const VertebraRow& row, const std::optional<PlateFit>& upper, const std::optional<PlateFit>& lower) {
    Ratio r;
    if (upper && lower) {
        r.depth = (upper->depth + lower->depth) / (row.endplate_depth_upper + row.endplate_depth_lower);
        r.width = (upper->width + lower->width) / (row.endplate_width_upper + row.endplate_width_lower);
        r.height = mid_height(*lower, *upper) / (0.5 * (row.height_anterior + row.height_posterior));
    } else if (upper || lower) {
        const PlateFit& plate = upper ? *upper : *lower;
        r.depth = plate.depth / (upper ? row.endplate_depth_upper : row.endplate_depth_lower);
        r.width = plate.width / (upper ? row.endplate_width_upper : row.endplate_width_lower);
    }
    return r;
}

void scale_processes(VertebraRow& v, const Ratio& r) {
    for (double* along_x : {&v.canal_depth, &v.pedicle_x, &v.spinous_tip_x, &v.transverse_tip_x}) *along_x *= r.depth;
    for (double* along_y : {&v.canal_width, &v.pedicle_width, &v.pedicle_y, &v.transverse_tip_y}) *along_y *= r.width;
    for (double* along_z : {&v.pedicle_height, &v.pedicle_z, &v.spinous_tip_z, &v.transverse_tip_z}) *along_z *= r.height;
}

void measure_row(VertebraRow& v, const std::optional<PlateFit>& upper, const std::optional<PlateFit>& lower) {
    if (upper) {
        v.endplate_width_upper = upper->width;
        v.endplate_depth_upper = upper->depth;
    }
    if (lower) {
        v.endplate_width_lower = lower->width;
        v.endplate_depth_lower = lower->depth;
    }
    if (upper && lower) {
        v.height_anterior = height_at(*lower, *upper, 1.0);
        v.height_posterior = height_at(*lower, *upper, -1.0);
    }
}

/// The row that a fitted facet would stand in.
void measure_facet(FacetRow& row, const FacetPatch& left) {
    row = {left.centre.x(),
           left.centre.y(),
           left.centre.z(),
           left.width,
           left.height,
           std::atan2(left.normal.x(), left.normal.y()),
           -std::asin(left.normal.z())};
}

Pose body_in_files(const SpineGeometry& g, Body b, const std::optional<PlateFit>& upper, const std::optional<PlateFit>& lower) {
    if (upper && lower)
        return {half_way(lower->frame.rotation, upper->frame.rotation), 0.5 * (lower->frame.origin + upper->frame.origin)};
    if (upper) return chained(upper->frame, inverted(g.upper_plate(b)));
    if (lower) return chained(lower->frame, inverted(g.lower_plate(b)));
    return {};
}

}  // namespace

MeasuredPlates measured_plates(const ImportedAnatomy& anatomy) {
    MeasuredPlates plates;
    for (int d = 0; d < disc_count; ++d) {
        if (!anatomy.discs[d]) continue;
        plates.lower[d] = fit_plate(*anatomy.discs[d], "upper");
        plates.upper[d + 1] = fit_plate(*anatomy.discs[d], "lower");
    }
    for (int v = 0; v < 5; ++v)
        if (!plates.upper[v] && plates.lower[v] && !anatomy.vertebrae[v].body.triangles.empty())
            plates.upper[v] = fit_plate(anatomy.vertebrae[v].body, plates.lower[v]->frame.rotation.col(2));
    return plates;
}

SizeFactors imported_size(const AnatomyTables& tables, const MeasuredPlates& plates) {
    double across = 0.0, along = 0.0;
    int across_count = 0, along_count = 0;
    for (int v = 0; v < 6; ++v) {
        const VertebraRow& row = tables.vertebrae[v];
        const auto add = [&](const std::optional<PlateFit>& plate, double width, double depth) {
            if (!plate) return;
            across += std::sqrt(plate->width * plate->depth / (width * depth));
            ++across_count;
        };
        add(plates.upper[v], row.endplate_width_upper, row.endplate_depth_upper);
        add(plates.lower[v], row.endplate_width_lower, row.endplate_depth_lower);
        if (!plates.upper[v] || !plates.lower[v]) continue;
        along += mid_height(*plates.lower[v], *plates.upper[v]) / (0.5 * (row.height_anterior + row.height_posterior));
        ++along_count;
    }
    FORAMEN_EXPECTS(across_count > 0, across_count);
    const double girth = across / across_count;
    return {along_count > 0 ? along / along_count : girth, girth};
}

double fitted_stature(Sex sex, double size) {
    constexpr double low = 1500.0, high = 2000.0;  // mm: the law is a straight line
    const double at_low = size_factors(sex, low).size, at_high = size_factors(sex, high).size;
    return low + (high - low) * (size - at_low) / (at_high - at_low);
}

void adopt_measures(SpineGeometry& g, const ImportedAnatomy& anatomy, const MeasuredPlates& plates) {
    std::array<Ratio, body_count> ratios;
    for (int v = 0; v < 6; ++v) {
        VertebraRow& row = g.tables.vertebrae[v];
        ratios[v + 1] = ratio_of(row, plates.upper[v], plates.lower[v]);
        scale_processes(row, ratios[v + 1]);
        measure_row(row, plates.upper[v], plates.lower[v]);
    }
    for (FascicleRow& f : g.tables.fascicles)
        for (MusclePoint& p : f.path) {
            const Ratio& r = ratios[static_cast<int>(p.body)];
            p.x *= r.depth;
            p.y *= r.width;
            p.z *= r.height;
        }
    for (int d = 0; d < disc_count; ++d) {
        if (!anatomy.discs[d]) continue;
        const PlateFit &low = *plates.upper[d + 1], &high = *plates.lower[d];
        g.tables.discs[d] = {mid_height(low, high), wedge(low, high), 0.5 * (low.concavity + high.concavity), high.hollow,
                             low.hollow};
    }
}

void adopt_shapes(SpineGeometry& g, const ImportedAnatomy& anatomy, const MeasuredPlates& plates, ImportedElements elements) {
    ImportedGeometry imported;
    for (int v = 0; v < 6; ++v) {
        const Body b = static_cast<Body>(v + 1);
        Pose& body = imported.body[v + 1];
        body = body_in_files(g, b, plates.upper[v], plates.lower[v]);
        if (plates.upper[v]) g.upper_plates[v + 1] = chained(inverted(body), plates.upper[v]->frame);
        if (plates.lower[v]) g.lower_plates[v + 1] = chained(inverted(body), plates.lower[v]->frame);
    }
    for (int d = 0; d < disc_count; ++d) {
        if (!anatomy.discs[d]) continue;
        const PlateFit &low = *plates.upper[d + 1], &high = *plates.lower[d];
        const Pose& below = imported.body[static_cast<int>(lower_body(d))];
        imported.discs[d] =
            imported_disc_mesh(*anatomy.discs[d], {low, high, below, imported.body[static_cast<int>(upper_body(d))]}, elements);
        imported.file_height[d] = mid_height(low, high);
        imported.axis[d] = below.rotation.transpose() * half_way(low.frame.rotation, high.frame.rotation).col(2);
        for (const Side side : {Side::left, Side::right}) {
            const ImportedFacet& facet = anatomy.facets[d][static_cast<int>(side)];
            if (!facet.given()) continue;
            g.facets[d][static_cast<int>(side)] = fitted_facet(facet, imported.body[static_cast<int>(upper_body(d))]);
            if (side == Side::left) measure_facet(g.tables.facets[d], g.facet(d, side));
        }
    }
    g.imported = std::move(imported);
}

Pose imported_step(const PlateFit& lower, const PlateFit& upper, double height) {
    Pose step = chained(inverted(lower.frame), upper.frame);
    step.origin += (height - mid_height(lower, upper)) * half_way(Eigen::Matrix3d::Identity(), step.rotation).col(2);
    return step;
}

std::optional<TriangleSurface> imported_bone(const SpineGeometry& g, const SpineSpec& spec, Body body) {
    const int b = static_cast<int>(body);
    if (!spec.anatomy || spec.anatomy->vertebrae[b - 1].bone.triangles.empty()) return {};
    TriangleSurface bone = spec.anatomy->vertebrae[b - 1].bone;
    for (Eigen::Vector3d& x : bone.points) x = g.imported->body[b].local(x);
    return bone;
}

}  // namespace foramen::models
