#include "models/attachments.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"

namespace foramen::models {

namespace {

using engine::BodyPoint;

constexpr double psoas_hip_arm = 20.0;     // mm
constexpr double facet_gap = 0.5;          // mm
constexpr double facet_curvature = 1.0 / 20.0;
constexpr double facet_pressure = 0.1;     // MPa at contact
constexpr int facet_points = 4;            // each way

std::vector<engine::Pose> poses_of(const SpineGeometry& g) { return {g.neutral.begin(), g.neutral.end()}; }

/// y of strand i of n, relative to the row's y: from -1 to 1.
double strand_place(LigamentLayout layout, int i, int n) {
    if (layout == LigamentLayout::midline || n == 1) return 0.0;
    if (layout == LigamentLayout::pair) return i % 2 == 0 ? 1.0 : -1.0;
    return -1.0 + 2.0 * i / (n - 1);
}

engine::TensionLaw ligament_law(const LigamentRow& row, const AnatomyTables& tables, LigamentSet set, double length) {
    if (set == LigamentSet::strands)
        return engine::StrandLaw{length * (1.0 + row.reference_strain), row.transition_strain, row.stiffness};
    const auto found = std::find_if(tables.ligaments_bilinear.begin(), tables.ligaments_bilinear.end(), [&](const auto& b) { return b.name == row.name; });
    FORAMEN_EXPECTS(found != tables.ligaments_bilinear.end(), row.name);
    const double sides = row.layout == LigamentLayout::pair ? 2.0 : 1.0;
    return engine::BilinearLaw{length, found->e1, found->e2, found->transition_strain, found->area * sides / row.strands};
}

/// Points behind the middle of the pedicles sit on the posterior elements.
void take_to_posterior(const engine::System& system, const SpineGeometry& g, std::vector<BodyPoint>& path) {
    if (system.flexible.empty()) return;
    for (BodyPoint& p : path)
        if (p.body > static_cast<int>(Body::thorax) && p.local.x() < g.vertebra(static_cast<Body>(p.body)).pedicle_x) p.body = posterior_body(system, p.body);
}

}  // namespace

void add_flexible_vertebrae(engine::System& system, const SpineSpec& spec) {
    if (!spec.bone) return;
    const int first = spec.first_disc() + 1, last = std::min(spec.last_disc() + 2, static_cast<int>(Body::L5));
    for (int body = first; body <= last; ++body) {
        engine::FlexibleBody flexible;
        flexible.body = body;
        if (spec.posterior_elements()) {
            flexible.rider = system.add_body(system.poses[body]);
            system.free[flexible.rider] = {false, false, false, false, false, false};
        }
        system.flexible.push_back(std::move(flexible));
    }
}

int posterior_body(const engine::System& system, int body) {
    for (const engine::FlexibleBody& f : system.flexible)
        if (f.body == body && f.rider != engine::ground) return f.rider;
    return body;
}

std::vector<CableGroup> add_ligaments(engine::System& system, const SpineGeometry& g, const SpineSpec& spec) {
    const std::vector<engine::Pose> neutral = poses_of(g);
    std::vector<CableGroup> groups;
    if (!spec.posterior_elements()) return groups;
    for (const LigamentRow& row : g.tables.ligaments) {
        if (row.disc < spec.first_disc() || row.disc > spec.last_disc()) continue;
        groups.push_back({row.name, "", row.disc, static_cast<int>(system.cables.size()), row.strands, row.failure_strain});
        for (int i = 0; i < row.strands; ++i) {
            const double place = strand_place(row.layout, i, row.strands);
            engine::Cable strand;
            strand.path = {BodyPoint{static_cast<int>(upper_body(row.disc)), {row.upper_x, place * row.upper_y, row.upper_z}},
                           BodyPoint{static_cast<int>(lower_body(row.disc)), {row.lower_x, place * row.lower_y, row.lower_z}}};
            strand.law = ligament_law(row, g.tables, spec.ligaments, strand.length(neutral));
            take_to_posterior(system, g, strand.path);
            system.cables.push_back(strand);
        }
    }
    return groups;
}

std::vector<CableGroup> add_muscles(engine::System& system, const SpineGeometry& g, const SpineSpec& spec) {
    const std::vector<engine::Pose> neutral = poses_of(g);
    std::vector<CableGroup> groups;
    for (const FascicleRow& row : g.tables.fascicles) {
        for (const Side side : {Side::left, Side::right}) {
            engine::Cable fascicle;
            for (const MusclePoint& p : row.path) fascicle.path.push_back({static_cast<int>(p.body), {p.x, side_sign(side) * p.y, p.z}});
            const double slack_by_hip = row.muscle == "psoas" ? psoas_hip_arm * g.size * spec.hip_flexion : 0.0;
            fascicle.law = engine::FascicleLaw{row.max_force * std::cos(row.pennation), row.optimal_fibre_length,
                                               fascicle.length(neutral) + slack_by_hip, spec.muscles.passive_length, 0.0};
            take_to_posterior(system, g, fascicle.path);
            groups.push_back({row.name + " " + std::string(side_names[static_cast<int>(side)]), row.muscle, -1,
                              static_cast<int>(system.cables.size()), 1, 0.0});
            system.cables.push_back(fascicle);
        }
    }
    return groups;
}

FacetPatch facet_patch(const FacetRow& row, Side side) {
    const double y = side_sign(side), a = row.transverse_angle, b = row.tilt;
    FacetPatch p;
    p.centre = {row.centre_x, y * row.centre_y, row.centre_z};
    p.normal = {std::sin(a) * std::cos(b), y * std::cos(a) * std::cos(b), -std::sin(b)};
    p.up = (Eigen::Vector3d::UnitZ() - Eigen::Vector3d::UnitZ().dot(p.normal) * p.normal).normalized();
    p.across = p.up.cross(p.normal);
    p.width = row.width;
    p.height = row.height;
    return p;
}

void add_facets(engine::System& system, const SpineGeometry& g, const SpineSpec& spec) {
    if (!spec.posterior_elements()) return;
    for (const int d : spec.present_discs()) {
        const engine::Pose& upper = g.pose(upper_body(d));
        const engine::Pose& lower = g.pose(lower_body(d));
        for (const Side side : {Side::left, Side::right}) {
            const FacetPatch patch = facet_patch(g.tables.facets[d], side);
            engine::FacetContact facet;
            facet.point_body = posterior_body(system, static_cast<int>(lower_body(d)));
            facet.surface_body = posterior_body(system, static_cast<int>(upper_body(d)));
            facet.origin = patch.centre;
            facet.normal = patch.normal;
            facet.across = patch.across;
            facet.curvature = -facet_curvature;  // convex: the inferior facet falls away to both sides
            facet.law = engine::ExponentialOverclosure{facet_pressure, facet_gap};
            for (int i = 0; i < facet_points; ++i) {
                for (int j = 0; j < facet_points; ++j) {
                    const double t = patch.width * ((i + 0.5) / facet_points - 0.5), s = patch.height * ((j + 0.5) / facet_points - 0.5);
                    const double lift = facet_gap - 0.5 * facet_curvature * t * t;
                    const Eigen::Vector3d local = patch.centre + t * patch.across + s * patch.up + lift * patch.normal;
                    facet.points.push_back(lower.local(upper.point(local)));
                    facet.areas.push_back(patch.width * patch.height / (facet_points * facet_points));
                }
            }
            system.facets.push_back(facet);
        }
    }
}

void add_thoracolumbar_joint(engine::System& system, const SpineGeometry& g) {
    constexpr double reach_x = 13.0, reach_y = 14.7;
    const Eigen::Vector3d stiffness(110.0, 110.0, 152.5);  // N/mm a point
    const std::vector<engine::Pose> neutral = poses_of(g);
    const int thorax = static_cast<int>(Body::thorax), below = static_cast<int>(Body::L1);
    const engine::Pose middle{g.pose(Body::L1).rotation, 0.5 * (g.pose(Body::thorax).origin + g.pose(Body::L1).origin)};
    for (const double x : {-reach_x, reach_x}) {
        for (const double y : {-reach_y, reach_y}) {
            const Eigen::Vector3d point = middle.point({x * g.girth, y * g.girth, 0.0});
            const engine::BodyPoint on_thorax{thorax, g.pose(Body::thorax).local(point)};
            system.springs.push_back({on_thorax, below, engine::seen_from(neutral, on_thorax, below), stiffness});
        }
    }
}

int add_resting_load(engine::System& system, double tension) {
    engine::Cable cable;
    for (int b = 0; b < body_count; ++b) cable.path.push_back({b, Eigen::Vector3d::Zero()});
    cable.law = engine::ConstantTension{tension};
    system.cables.push_back(cable);
    return static_cast<int>(system.cables.size()) - 1;
}

}  // namespace foramen::models
