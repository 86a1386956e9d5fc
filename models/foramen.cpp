#include "models/foramen.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "models/disc_margin.hpp"
#include "models/disc_rim.hpp"

namespace foramen::models {

namespace {

constexpr double process_thickness = 6.0;  // mm
constexpr double pars_behind = 3.0, pars_below = 4.0;
constexpr double margin_reach = 0.7;       // of half the disc's width: farther out its margin turns to the side
constexpr double pedicle_half_length = 3.0;

/// The corners of the vertebrae where the margin of an imported mesh begins and ends.
void take_corners(const SpineModel& model, ForamenLandmarks& f) {
    const DiscMesh& disc = model.disc_mesh(f.disc);
    const std::vector<EdgePoint> cut = hind_margin(disc, f.y);
    if (cut.size() < 2) return;
    const auto at = [&](const EdgePoint& p) -> Eigen::Vector3d { return p.weight[0] * disc.mesh.nodes.col(p.node[0]) + p.weight[1] * disc.mesh.nodes.col(p.node[1]); };
    f.lower_corner = at(cut.front());
    f.upper_corner = disc.upper_rest.local(at(cut.back()));
}

Eigen::Vector3d at_y(Eigen::Vector3d x, double y) {
    x.y() = y;
    return x;
}

ForamenLandmarks landmarks(const SpineModel& model, int d, Side side) {
    const SpineGeometry& g = model.geometry;
    const VertebraRow& above = g.vertebra(upper_body(d));
    const VertebraRow& below = g.vertebra(lower_body(d));
    ForamenLandmarks f;
    f.disc = d;
    f.side = side;
    const double disc_width = std::min(above.endplate_width_lower, below.endplate_width_upper);
    f.y = side_sign(side) * std::min(0.5 * (above.pedicle_y + below.pedicle_y), margin_reach * 0.5 * disc_width);
    const double under = above.pedicle_z - 0.5 * above.pedicle_height, over = below.pedicle_z + 0.5 * below.pedicle_height;
    const double concavity = g.tables.discs[d].posterior_concavity;
    const double upper_rim = posterior_rim(f.y, above.endplate_width_lower, above.endplate_depth_lower, concavity);
    const double lower_rim = posterior_rim(f.y, below.endplate_width_upper, below.endplate_depth_upper, concavity);
    f.upper_pedicle = {above.pedicle_x, f.y, under};
    f.upper_wall = {std::max(upper_rim, above.pedicle_x), f.y, under};
    f.upper_back = {above.pedicle_x - pedicle_half_length, f.y, under};
    f.pars = {above.pedicle_x - pars_behind * g.girth, f.y, under - pars_below * g.size};
    f.upper_corner = at_y(g.lower_plate(upper_body(d)).point({upper_rim, f.y, 0.0}), f.y);
    const engine::Pose plate = g.upper_plate(lower_body(d));
    f.lower_corner = at_y(plate.point({lower_rim, f.y, 0.0}), f.y);
    f.lower_pedicle = {below.pedicle_x, f.y, over};
    f.lower_wall = {std::max(lower_rim, below.pedicle_x), f.y, over};
    f.lower_back = {below.pedicle_x - pedicle_half_length, f.y, over};

    const FacetPatch& patch = g.facet(d, side);
    const engine::Pose& upper = g.pose(upper_body(d));
    const engine::Pose& lower = g.pose(lower_body(d));
    const SpineSpec::Disc& condition = model.spec.discs[d];
    const ForamenCondition& narrow = condition.foramina[static_cast<std::size_t>(side)];
    f.pars.x() += narrow.flavum;
    const double forward = 0.5 * patch.width * std::abs(patch.across.x()) + process_thickness * g.girth * patch.normal.x() +
                           condition.facets.hypertrophy + narrow.spur + narrow.flavum;
    const Eigen::Vector3d front = patch.centre + Eigen::Vector3d(forward, 0.0, 0.0);
    f.process_front = at_y(lower.local(upper.point(front)), f.y);
    f.process_tip = at_y(lower.local(upper.point(front + 0.5 * patch.height * patch.up)), f.y);
    f.ganglion_width = narrow.ganglion_width.value_or(above.ganglion_width);
    f.margin = disc_margin(model.disc_mesh(d), f.y, side);
    if (!model.disc_mesh(d).has_layers()) take_corners(model, f);
    return f;
}

}  // namespace

std::vector<ForamenLandmarks> foramen_landmarks(const SpineModel& model) {
    std::vector<ForamenLandmarks> all;
    if (!model.spec.posterior_elements()) return all;
    for (const int d : model.spec.present_discs())
        for (const Side side : {Side::left, Side::right}) all.push_back(landmarks(model, d, side));
    return all;
}

std::vector<Eigen::Vector3d> foramen_outline(const SpineModel& model, const ForamenLandmarks& f) {
    const engine::Pose& upper = model.system.poses[static_cast<int>(upper_body(f.disc))];
    const engine::Pose& lower = model.system.poses[static_cast<int>(lower_body(f.disc))];
    const engine::Pose& upper_arch = model.system.poses[model.posterior(upper_body(f.disc))];
    const engine::Pose& lower_arch = model.system.poses[model.posterior(lower_body(f.disc))];
    std::vector<Eigen::Vector3d> outline{upper.point(f.upper_wall)};
    for (const auto* x : {&f.upper_back, &f.pars}) outline.push_back(upper_arch.point(*x));
    for (const auto* x : {&f.process_tip, &f.process_front, &f.lower_back}) outline.push_back(lower_arch.point(*x));
    for (const auto* x : {&f.lower_wall, &f.lower_corner}) outline.push_back(lower.point(*x));
    const engine::BiphasicDomain& disc = model.domain(f.disc);
    for (const MarginPoint& p : f.margin) outline.push_back(present_place(disc, p));
    outline.push_back(upper.point(f.upper_corner));
    return outline;
}

double polygon_area(const std::vector<Eigen::Vector2d>& outline) {
    double twice = 0.0;
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const Eigen::Vector2d &a = outline[i], &b = outline[(i + 1) % outline.size()];
        twice += a.x() * b.y() - b.x() * a.y();
    }
    return 0.5 * std::abs(twice);
}

double polygon_chord(const std::vector<Eigen::Vector2d>& outline, double z) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const Eigen::Vector2d &a = outline[i], &b = outline[(i + 1) % outline.size()];
        if ((a.y() - z) * (b.y() - z) > 0.0 || a.y() == b.y()) continue;
        const double x = a.x() + (z - a.y()) / (b.y() - a.y()) * (b.x() - a.x());
        low = std::min(low, x);
        high = std::max(high, x);
    }
    return high > low ? high - low : 0.0;
}

namespace {

Eigen::Vector2d on_cut(const engine::Pose& lower, const Eigen::Vector3d& x) {
    const Eigen::Vector3d local = lower.local(x);
    return {local.x(), local.z()};
}

}  // namespace

std::vector<Eigen::Vector2d> foramen_cut(const SpineModel& model, const ForamenLandmarks& f) {
    const engine::Pose& lower = model.system.poses[static_cast<int>(lower_body(f.disc))];
    std::vector<Eigen::Vector2d> cut;
    for (const Eigen::Vector3d& x : foramen_outline(model, f)) cut.push_back(on_cut(lower, x));
    return cut;
}

ForamenMeasures measure_foramen(const SpineModel& model, const ForamenLandmarks& f) {
    const engine::Pose& upper = model.system.poses[static_cast<int>(upper_body(f.disc))];
    const engine::Pose& lower = model.system.poses[static_cast<int>(lower_body(f.disc))];
    const auto flat = [&](const Eigen::Vector3d& x) { return on_cut(lower, x); };
    const std::vector<Eigen::Vector2d> outline = foramen_cut(model, f);
    const Eigen::Vector2d top = flat(upper.point(f.upper_pedicle)), bottom = flat(lower.point(f.lower_pedicle));
    const double disc_level = 0.5 * (flat(upper.point(f.upper_corner)).y() + flat(lower.point(f.lower_corner)).y());
    const double rise = top.y() - bottom.y();
    ForamenMeasures m;
    m.height = (top - bottom).norm();
    m.width_superior = polygon_chord(outline, bottom.y() + 5.0 / 6.0 * rise);
    m.width_mid = polygon_chord(outline, bottom.y() + 0.5 * rise);
    m.width_inferior = polygon_chord(outline, disc_level);
    m.area = polygon_area(outline);
    m.ganglion_gap = largest_circle(outline) - 0.5 * f.ganglion_width;
    m.clearance = m.area - 0.25 * std::numbers::pi * f.ganglion_width * f.ganglion_width;
    return m;
}

}  // namespace foramen::models
