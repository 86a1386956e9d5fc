#include "models/nerve_roots.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/foramen.hpp"

namespace foramen::models {

namespace {

constexpr double root_diameter = 4.0;     // mm
constexpr double behind_rims = 1.0;       // mm
constexpr double medial_share = 0.75;     // of the lateral place, at the upper vertebra
constexpr double flavum_thickness = 3.0;  // mm
constexpr std::array<double, 5> cuts{-0.8, -0.4, 0.0, 0.4, 0.8};  // over the root's radius

/// x of a joint's medial edge in the frame of the lower vertebra.
double medial_edge(const SpineGeometry& g, int d, Side side) {
    const FacetPatch& patch = g.facet(d, side);
    const Eigen::Vector3d half = 0.5 * patch.width * patch.across, ahead = half.x() > 0.0 ? half : Eigen::Vector3d(-half);
    return g.pose(lower_body(d)).local(g.pose(upper_body(d)).point(patch.centre + ahead)).x();
}

RootPassage passage(const SpineModel& model, const ForamenLandmarks& foramen) {
    const SpineGeometry& g = model.geometry;
    const int d = foramen.disc;
    const VertebraRow &above = g.vertebra(upper_body(d)), &below = g.vertebra(lower_body(d));
    const double concavity = g.tables.discs[d].posterior_concavity;
    RootPassage root;
    root.disc = d;
    root.side = foramen.side;
    const ForamenCondition& narrow = model.spec.discs[d].foramina[static_cast<std::size_t>(foramen.side)];
    root.radius = 0.5 * narrow.root_diameter.value_or(root_diameter * g.girth);
    const double y = side_sign(foramen.side) * (0.5 * below.canal_width - root.radius), back = behind_rims * g.girth + root.radius;
    const double upper_rim = posterior_rim(medial_share * y, above.endplate_width_lower, above.endplate_depth_lower, concavity);
    const double lower_rim = posterior_rim(y, below.endplate_width_upper, below.endplate_depth_upper, concavity);
    root.above = g.lower_plate(upper_body(d)).point({upper_rim - back, medial_share * y, 0.0});
    root.below = g.upper_plate(lower_body(d)).point({lower_rim - back, y, 0.0});
    root.wall = medial_edge(g, d, foramen.side) + flavum_thickness * g.girth + narrow.flavum + narrow.spur + model.spec.discs[d].facets.hypertrophy;
    const double middle = 0.5 * (1.0 + medial_share) * y;
    for (const double cut : cuts) {
        const std::vector<MarginPoint> margin = disc_margin(model.disc_mesh(d), middle + cut * root.radius, foramen.side);
        root.margin.insert(root.margin.end(), margin.begin(), margin.end());
    }
    return root;
}

}  // namespace

std::vector<RootPassage> root_passages(const SpineModel& model) {
    std::vector<RootPassage> all;
    for (const ForamenLandmarks& foramen : foramen_landmarks(model)) all.push_back(passage(model, foramen));
    return all;
}

RootMeasures measure_root(const SpineModel& model, const RootPassage& root) {
    const engine::Pose& upper = model.system.poses[static_cast<int>(upper_body(root.disc))];
    const engine::Pose& lower = model.system.poses[static_cast<int>(lower_body(root.disc))];
    const engine::Pose& arch = model.system.poses[model.posterior(lower_body(root.disc))];
    const Eigen::Vector3d above = lower.local(upper.point(root.above)), below = root.below;
    RootMeasures m{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    for (const MarginPoint& p : root.margin) {
        const Eigen::Vector3d place = present_place(model.domain(root.disc), p);
        const Eigen::Vector3d x = lower.local(place);
        const Eigen::Vector3d axis = below + std::clamp((x.z() - below.z()) / (above.z() - below.z()), 0.0, 1.0) * (above - below);
        const double aside = std::abs(x.y() - axis.y());
        if (aside >= root.radius) continue;
        m.clearance = std::min(m.clearance, x.x() - (axis.x() + std::sqrt(root.radius * root.radius - aside * aside)));
        m.recess = std::min(m.recess, arch.local(place).x() - root.wall - 2.0 * root.radius);
    }
    return m;
}

}  // namespace foramen::models
