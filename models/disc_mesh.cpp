#include "models/disc_mesh.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "engine/core/contract.hpp"
#include "engine/mesh/o_grid.hpp"
#include "models/protrusion.hpp"

namespace foramen::models {

namespace {

constexpr double outline_exponent = 2.4;
constexpr double hollow_width = 0.45;     // of the posterior hollow over half the width
constexpr double core_share = 0.62;       // of the nucleus' radius that the O-grid's core takes
constexpr double rim = 0.85;              // relative radius where the end-plates' hollow begins

constexpr double largest_growth = 1.95;

/// n thicknesses with sum `total`: they grow from `first` by at most a factor, until they are alike. The pressure's layer at a
/// drained surface wants thin elements, the inner annulus and the nucleus even ones.
std::vector<double> thin_then_even(double total, double first, int n) {
    const auto thickness = [&](int i, double even) { return std::min(first * std::pow(largest_growth, i), even); };
    double low = 0.0, high = total;
    for (int k = 0; k < 100; ++k) {
        const double even = 0.5 * (low + high);
        double sum = 0.0;
        for (int i = 0; i < n; ++i) sum += thickness(i, even);
        (sum < total ? low : high) = even;
    }
    std::vector<double> t(n);
    for (int i = 0; i < n; ++i) t[i] = thickness(i, 0.5 * (low + high));
    const double scale = total / std::accumulate(t.begin(), t.end(), 0.0);  // where even that growth does not fill it
    for (double& v : t) v *= scale;
    return t;
}

/// Relative radius of each ring's outer boundary; the annulus' thin outside.
std::vector<double> ring_radii(const DiscDivisions& d, double nucleus, double largest_radius) {
    std::vector<double> radii;
    const double core = core_share * nucleus;
    for (int i = 1; i <= d.nucleus_rings; ++i) radii.push_back(core + (nucleus - core) * i / d.nucleus_rings);
    std::vector<double> thickness = thin_then_even(1.0 - nucleus, d.first_ring / largest_radius, d.annulus_rings);
    std::reverse(thickness.begin(), thickness.end());
    for (const double t : thickness) radii.push_back(radii.back() + t);
    radii.back() = 1.0;
    return radii;
}

/// Relative heights 0..1 of the layers' planes, at the disc's middle.
std::vector<double> layer_planes(const DiscDivisions& d, double height, double cartilage) {
    std::vector<double> half(d.cartilage_layers, cartilage / d.cartilage_layers);
    const std::vector<double> bulk = thin_then_even(0.5 * height - cartilage, d.first_layer, d.half_layers);
    half.insert(half.end(), bulk.begin(), bulk.end());
    std::vector<double> planes{0.0};
    for (const double t : half) planes.push_back(planes.back() + t / height);
    for (auto t = half.rbegin(); t != half.rend(); ++t) planes.push_back(planes.back() + *t / height);
    planes.back() = 1.0;
    return planes;
}

struct PlanPoint {
    double radius;  // relative
    double angle;
};

/// Depth of an end-plate's hollow at a relative radius: flat rim, smooth bowl.
double hollow(double radius, double depth) {
    const double r = radius / rim;
    return r < 1.0 ? depth * (1.0 - r * r) * (1.0 - r * r) : 0.0;
}

Eigen::Vector3d on_plate(const PlanPoint& p, double width, double depth, double concavity, const DiscShape& s, double sink) {
    const double nucleus = std::sqrt(s.nucleus_area_fraction);
    const double r = p.radius * outline_radius(p.angle, width, depth, s.posterior_concavity);
    const double shift = -s.nucleus_shift * depth * std::min(1.0, (1.0 - p.radius) / (1.0 - nucleus));
    return {r * std::cos(p.angle) + shift, r * std::sin(p.angle), sink * hollow(p.radius, concavity)};
}

/// Columns behind: |angle| within hind_sector of the mid-line on the lower rim.
void fill_hind(DiscMesh& out, int layers) {
    for (const int n : out.outline) {
        const Eigen::Vector3d reference = out.mesh.nodes.col(n);
        if (std::abs(std::atan2(reference.y(), -reference.x())) > hind_sector) continue;
        const int top = (layers - 1) * out.plan_nodes + n;
        for (int k = 1; k + 1 < layers; ++k) out.hind.push_back({k * out.plan_nodes + n, {{n, n}}, {{top, top}}});
    }
}

void fill_sets(DiscMesh& out, const std::vector<PlanPoint>& plan, int layers) {
    for (int n = 0; n < out.plan_nodes; ++n) {
        const int top = (layers - 1) * out.plan_nodes + n;
        out.mesh.node_sets["lower"].push_back(n);
        out.mesh.node_sets["upper"].push_back(top);
        if (plan[n].radius <= cartilage_reach) {
            out.mesh.node_sets["cartilage_bone"].push_back(n);
            out.mesh.node_sets["cartilage_bone"].push_back(top);
        }
    }
    for (int k = 0; k < layers; ++k)
        for (const int n : out.outline) out.mesh.node_sets["outer"].push_back(k * out.plan_nodes + n);
}

/// The torn sector of a herniated disc: how torn each element is, and nucleus tissue in the inner half of the annulus where it is more
/// than half torn.
void fill_fissure(DiscMesh& out, const std::vector<PlanPoint>& plan) {
    if (!out.shape.protrusion) return;
    for (int e = 0; e < out.mesh.element_count(); ++e) {
        double cosine = 0.0, sine = 0.0;
        for (int a = 0; a < 4; ++a) {
            cosine += std::cos(plan[out.mesh.elements[e][a] % out.plan_nodes].angle);
            sine += std::sin(plan[out.mesh.elements[e][a] % out.plan_nodes].angle);
        }
        const double middle = 0.5 * (out.level[e][0] + out.level[e][1]);
        const bool annulus = out.tissue[e] == DiscTissue::annulus;
        out.fissure.push_back(annulus ? protrusion_shape(*out.shape.protrusion, std::atan2(sine, cosine), middle) : 0.0);
        if (!annulus || out.depth[e] < 0.5 || out.fissure[e] < 0.5) continue;
        out.tissue[e] = DiscTissue::nucleus;
        out.depth[e] = 1.0;
    }
}

}  // namespace

DiscDivisions disc_divisions(Resolution resolution) {
    switch (resolution) {
        case Resolution::coarse: return {3, 2, 4, 1, 4, 0.60, 0.37};
        case Resolution::reference: return {5, 2, 8, 1, 4, 0.14, 0.20};
        case Resolution::fine: return {7, 4, 12, 1, 7, 0.07, 0.08};
        case Resolution::finest: return {11, 6, 19, 1, 12, 0.045, 0.05};
    }
    FORAMEN_EXPECTS(false, static_cast<int>(resolution));
    return {};
}

double outline_radius(double angle, double width, double depth, double posterior_concavity) {
    const double c = std::abs(std::cos(angle)) / (0.5 * depth), s = std::abs(std::sin(angle)) / (0.5 * width);
    const double radius = std::pow(std::pow(c, outline_exponent) + std::pow(s, outline_exponent), -1.0 / outline_exponent);
    if (std::cos(angle) >= 0.0) return radius;
    const double y = radius * std::sin(angle) / (hollow_width * 0.5 * width);
    return radius - posterior_concavity * std::exp(-y * y) * std::pow(std::cos(angle), 2);
}

double outline_area(double width, double depth, double posterior_concavity) {
    constexpr int angles = 720;
    constexpr double step = 2.0 * std::numbers::pi / angles;
    double area = 0.0;
    for (int i = 0; i < angles; ++i) {
        const double radius = outline_radius((i + 0.5) * step, width, depth, posterior_concavity);
        area += 0.5 * radius * radius * step;
    }
    return area;
}

Eigen::Vector3d outer_point(const DiscShape& s, double angle, double level) {
    const Eigen::Vector3d low = s.lower_plate.point(on_plate({1.0, angle}, s.lower_width, s.lower_depth, s.lower_concavity, s, -1.0));
    const Eigen::Vector3d high = s.upper_plate.point(on_plate({1.0, angle}, s.upper_width, s.upper_depth, s.upper_concavity, s, 1.0));
    return (1.0 - level) * low + level * high + protruded(s, 1.0, angle, level, 0.0);
}

DiscMesh disc_mesh(const DiscShape& s, const DiscDivisions& d) {
    const engine::OGrid grid(d.core, d.nucleus_rings + d.annulus_rings);
    const double nucleus = std::sqrt(s.nucleus_area_fraction);
    const double largest = 0.5 * std::max({s.lower_width, s.upper_width, s.lower_depth, s.upper_depth});
    const std::vector<double> radii = ring_radii(d, nucleus, largest);
    const double height = (s.upper_plate.origin - s.lower_plate.origin).norm() + s.lower_concavity + s.upper_concavity;
    const std::vector<double> planes = layer_planes(d, height, s.cartilage_thickness);
    const int layers = static_cast<int>(planes.size());

    DiscMesh out;
    out.plan_nodes = grid.node_count();
    std::vector<PlanPoint> plan;
    for (int n = 0; n < out.plan_nodes; ++n) {
        const engine::OGridPoint p = grid.point(n);
        plan.push_back({p.ring == 0 ? core_share * nucleus * p.core_radius : radii[p.ring - 1], p.angle});
    }
    for (const PlanPoint& point : plan) out.plan.push_back({point.radius, point.angle});
    out.outline = grid.outer_nodes();
    for (const int n : out.outline) out.outline_angle.push_back(plan[n].angle);
    out.planes = planes;
    out.shape = s;
    out.mesh.nodes.resize(3, out.plan_nodes * layers);
    for (int n = 0; n < out.plan_nodes; ++n) {
        const Eigen::Vector3d low = s.lower_plate.point(on_plate(plan[n], s.lower_width, s.lower_depth, s.lower_concavity, s, -1.0));
        const Eigen::Vector3d high = s.upper_plate.point(on_plate(plan[n], s.upper_width, s.upper_depth, s.upper_concavity, s, 1.0));
        for (int k = 0; k < layers; ++k)
            out.mesh.nodes.col(k * out.plan_nodes + n) =
                (1.0 - planes[k]) * low + planes[k] * high + protruded(s, plan[n].radius, plan[n].angle, planes[k], core_share * nucleus);
    }
    out.mesh.elements = grid.extrude(layers);
    fill_sets(out, plan, layers);
    fill_hind(out, layers);
    out.first_element = std::max(d.first_layer, d.first_ring);

    const int per_layer = static_cast<int>(grid.quads().size());
    for (int e = 0; e < out.mesh.element_count(); ++e) {
        const int quad = e % per_layer, layer = e / per_layer, ring = grid.quad_ring()[quad];
        const auto& nodes = out.mesh.elements[e];
        const auto x = [&](int a) -> Eigen::Vector3d { return out.mesh.nodes.col(nodes[a]); };
        const bool by_bone = layer < d.cartilage_layers || layer >= layers - 1 - d.cartilage_layers;
        const double outer = ring == 0 ? core_share * nucleus : radii[ring - 1];
        const double inner = ring <= 1 ? core_share * nucleus : radii[ring - 2];
        const double middle = ring == 0 ? 0.0 : 0.5 * (inner + outer);
        const bool in_nucleus = ring <= d.nucleus_rings;
        out.tissue.push_back(by_bone && outer <= cartilage_reach ? DiscTissue::cartilage : (in_nucleus ? DiscTissue::nucleus : DiscTissue::annulus));
        // O-grid rings: nodes 0, 1 from inside to outside; 0 -> 3 around
        Eigen::Vector3d tangent = (x(3) - x(0) + x(2) - x(1) + x(7) - x(4) + x(6) - x(5)).normalized();
        Eigen::Vector3d axial = x(4) - x(0) + x(5) - x(1) + x(6) - x(2) + x(7) - x(3);
        axial = (axial - axial.dot(tangent) * tangent).normalized();
        out.tangent.push_back(tangent);
        out.axial.push_back(axial);
        double cosine = 0.0, sine = 0.0;
        for (int a = 0; a < 4; ++a) {
            cosine += std::cos(plan[nodes[a] % out.plan_nodes].angle);
            sine += std::sin(plan[nodes[a] % out.plan_nodes].angle);
        }
        out.circumference.push_back(std::abs(std::atan2(sine, cosine)));
        out.depth.push_back(in_nucleus ? 1.0 : (1.0 - middle) / (1.0 - nucleus));
        out.level.push_back({planes[layer], planes[layer + 1]});
        if (ring == 0) out.core.push_back(e);
    }
    fill_fissure(out, plan);
    return out;
}

}  // namespace foramen::models
