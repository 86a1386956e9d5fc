#include "models/attachments.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/contract.hpp"

namespace foramen::models {

namespace {

using engine::BodyPoint;

constexpr double psoas_hip_arm = 20.0;     // mm
constexpr double facet_clearance = 0.55;   // mm
constexpr double facet_pressure = 0.35;    // MPa at contact
constexpr double lost_joint = 20.0;        // mm: nothing faces a facet that is lost
constexpr int facet_points = 4;            // each way

std::vector<engine::Pose> poses_of(const SpineGeometry& g) { return {g.neutral.begin(), g.neutral.end()}; }

/// y of strand i of n, relative to the row's y: from -1 to 1.
double strand_place(LigamentLayout layout, int i, int n) {
    if (layout == LigamentLayout::midline || n == 1) return 0.0;
    if (layout == LigamentLayout::pair) return i % 2 == 0 ? 1.0 : -1.0;
    return -1.0 + 2.0 * i / (n - 1);
}

/// The law of a strand from the toe and linear moduli of its whole ligament.
engine::BilinearLaw bilinear_law(const std::string& name, const AnatomyTables& tables, bool pair, int strands, double length) {
    const auto found = std::find_if(tables.ligaments_bilinear.begin(), tables.ligaments_bilinear.end(), [&](const auto& b) { return b.name == name; });
    FORAMEN_EXPECTS(found != tables.ligaments_bilinear.end(), name);
    const double sides = pair ? 2.0 : 1.0;
    return {length, found->e1, found->e2, found->transition_strain, found->area * sides / strands};
}

engine::TensionLaw ligament_law(const LigamentRow& row, const AnatomyTables& tables, LigamentSet set, double length) {
    if (set == LigamentSet::strands)
        return engine::StrandLaw{length * (1.0 + row.reference_strain), row.transition_strain, row.stiffness};
    return bilinear_law(row.name, tables, row.layout == LigamentLayout::pair, row.strands, length);
}

/// A strand's law in a level with slack or stiffened ligaments.
void change_by_condition(engine::TensionLaw& law, const std::string& name, const SpineSpec::Disc& condition) {
    const double longer = 1.0 + condition.laxity, stiffer = name == "CL" ? condition.facets.capsule : 1.0;
    if (auto* strand = std::get_if<engine::StrandLaw>(&law)) {
        strand->slack_length *= longer;
        strand->stiffness *= stiffer;
    } else if (auto* bilinear = std::get_if<engine::BilinearLaw>(&law)) {
        bilinear->slack_length *= longer;
        bilinear->area *= stiffer;
    }
}

/// The row of the tables for a ligament at a level.
const LigamentRow* row_of(const AnatomyTables& tables, const std::string& name, int disc) {
    for (const LigamentRow& row : tables.ligaments)
        if (row.name == name && row.disc == disc) return &row;
    return nullptr;
}

/// One strand of an imported ligament: via points before the middle of its list ride on the upper vertebra, the others on the lower one.
engine::Cable imported_strand(const std::vector<Eigen::Vector3d>& path, int disc, const SpineGeometry& g) {
    engine::Cable strand;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const Body body = 2 * i < path.size() - 1 ? upper_body(disc) : lower_body(disc);
        strand.path.push_back({static_cast<int>(body), g.imported->body[static_cast<std::size_t>(body)].local(path[i])});
    }
    return strand;
}

/// Strands of each ligament of a level in the files, both sides together.
int imported_strands(const ImportedAnatomy& anatomy, const std::string& name, int disc) {
    int count = 0;
    for (const ImportedLigament& l : anatomy.ligaments)
        if (l.disc == disc && l.name == name) count += static_cast<int>(l.strands.size());
    return count;
}

/// What was calibrated for this very spine, on top of the tables [-].
double own_factor(const AnatomyTables& tables, const ImportedLigament& l, const std::string& anatomy) {
    for (const ImportedLigamentRow& own : tables.imported_ligaments)
        if (own.anatomy == anatomy && own.name == l.name && own.disc == l.disc) return own.stiffness;
    return 1.0;
}

/// Stiffness of each strand [N per unit strain]: that of the files, or that of the tables' whole ligament, with what was calibrated for
/// this spine, spread over the files' strands.
double imported_stiffness(const ImportedLigament& l, const LigamentRow* row, const AnatomyTables& tables, const SpineSpec& spec) {
    if (!row || spec.imported_ligaments == ImportedLigaments::as_given) return l.stiffness;
    const double own = spec.imported_tissues == ImportedTissues::calibrated ? own_factor(tables, l, spec.anatomy->name) : 1.0;
    return own * row->stiffness * row->strands / imported_strands(*spec.anatomy, l.name, l.disc);
}

/// The imported ligaments of one level, if it has any.
void add_imported_ligaments(engine::System& system, const SpineGeometry& g, const SpineSpec& spec, int disc, std::vector<CableGroup>& groups) {
    const std::vector<engine::Pose> neutral = poses_of(g);
    for (const ImportedLigament& l : spec.anatomy->ligaments) {
        if (l.disc != disc) continue;
        const LigamentRow* const row = row_of(g.tables, l.name, disc);
        const auto same = std::find_if(groups.begin(), groups.end(), [&](const CableGroup& c) { return c.disc == disc && c.name == l.name; });
        FORAMEN_EXPECTS(same == groups.end() || same == groups.end() - 1, l.name);
        if (same == groups.end())
            groups.push_back({l.name, "", disc, static_cast<int>(system.cables.size()), 0, row ? row->failure_strain : std::numeric_limits<double>::quiet_NaN()});
        groups.back().count += static_cast<int>(l.strands.size());
        const double stiffness = imported_stiffness(l, row, g.tables, spec);
        for (const auto& path : l.strands) {
            engine::Cable strand = imported_strand(path, disc, g);
            const double length = strand.length(neutral);
            if (spec.ligaments == LigamentSet::strands) strand.law = engine::StrandLaw{length * (1.0 + l.reference_strain), l.transition_strain, stiffness};
            else strand.law = bilinear_law(l.name, g.tables, row && row->layout == LigamentLayout::pair, static_cast<int>(l.strands.size()), length);
            change_by_condition(strand.law, l.name, spec.discs[disc]);
            system.cables.push_back(strand);
        }
    }
}

/// Whether the strands of a level come from an imported anatomy.
bool imported_level(const SpineSpec& spec, int disc) {
    return spec.anatomy && std::any_of(spec.anatomy->ligaments.begin(), spec.anatomy->ligaments.end(), [&](const auto& l) { return l.disc == disc; });
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
    for (const int d : spec.present_discs())
        if (imported_level(spec, d)) add_imported_ligaments(system, g, spec, d, groups);
    for (const LigamentRow& row : g.tables.ligaments) {
        if (row.disc < spec.first_disc() || row.disc > spec.last_disc() || imported_level(spec, row.disc)) continue;
        groups.push_back({row.name, "", row.disc, static_cast<int>(system.cables.size()), row.strands, row.failure_strain});
        for (int i = 0; i < row.strands; ++i) {
            const double place = strand_place(row.layout, i, row.strands);
            engine::Cable strand;
            strand.path = {BodyPoint{static_cast<int>(upper_body(row.disc)), {row.upper_x, place * row.upper_y, row.upper_z}},
                           BodyPoint{static_cast<int>(lower_body(row.disc)), {row.lower_x, place * row.lower_y, row.lower_z}}};
            strand.law = ligament_law(row, g.tables, spec.ligaments, strand.length(neutral));
            change_by_condition(strand.law, row.name, spec.discs[row.disc]);
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
            fascicle.law = engine::FascicleLaw{spec.muscles.strength * row.max_force * std::cos(row.pennation), row.optimal_fibre_length,
                                               fascicle.length(neutral) + slack_by_hip, spec.muscles.passive_length};
            take_to_posterior(system, g, fascicle.path);
            groups.push_back({row.name + " " + std::string(side_names[static_cast<int>(side)]), row.muscle, -1,
                              static_cast<int>(system.cables.size()), 1, 0.0});
            system.cables.push_back(fascicle);
        }
    }
    return groups;
}

void add_facets(engine::System& system, const SpineGeometry& g, const SpineSpec& spec) {
    if (!spec.posterior_elements()) return;
    for (const int d : spec.present_discs()) {
        const engine::Pose& upper = g.pose(upper_body(d));
        const engine::Pose& lower = g.pose(lower_body(d));
        for (const Side side : {Side::left, Side::right}) {
            const FacetPatch& patch = g.facet(d, side);
            engine::FacetContact facet;
            facet.point_body = posterior_body(system, static_cast<int>(lower_body(d)));
            facet.surface_body = posterior_body(system, static_cast<int>(upper_body(d)));
            facet.origin = patch.centre;
            facet.normal = patch.normal;
            facet.across = patch.across;
            facet.curvature = -patch.curvature;  // convex: the inferior facet falls away to both sides
            const FacetCondition& condition = spec.discs[d].facets;
            facet.law = engine::ExponentialOverclosure{condition.stiffness * facet_pressure, facet_clearance};
            for (int i = 0; i < facet_points; ++i) {
                for (int j = 0; j < facet_points; ++j) {
                    const double t = patch.width * ((i + 0.5) / facet_points - 0.5), s = patch.height * ((j + 0.5) / facet_points - 0.5);
                    const double lift = patch.gap + (condition.contact ? 0.0 : lost_joint) - 0.5 * patch.curvature * t * t;
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
