#include "models/disc_margin.hpp"

#include <cmath>
#include <numbers>

#include "models/disc_rim.hpp"

namespace foramen::models {

namespace {

/// From the chord between two columns to the surface that was meshed, at the cut's y, layer by layer: 0.7 mm on the coarse mesh.
std::vector<Eigen::Vector3d> bows(const DiscMesh& disc, std::array<double, 2> angle, const EdgePoint& column) {
    if (angle[1] < angle[0]) angle[1] += 2.0 * std::numbers::pi;
    std::vector<Eigen::Vector3d> all;
    for (std::size_t k = 0; k < disc.planes.size(); ++k) {
        const int first = static_cast<int>(k) * disc.plan_nodes;
        const Eigen::Vector3d chord =
            column.weight[0] * disc.mesh.nodes.col(first + column.node[0]) + column.weight[1] * disc.mesh.nodes.col(first + column.node[1]);
        double low = angle[0], high = angle[1];
        const bool rises = outer_point(disc.shape, high, disc.planes[k]).y() > outer_point(disc.shape, low, disc.planes[k]).y();
        for (int i = 0; i < 50; ++i) {
            const double middle = 0.5 * (low + high);
            ((outer_point(disc.shape, middle, disc.planes[k]).y() > chord.y()) == rises ? high : low) = middle;
        }
        all.push_back(outer_point(disc.shape, 0.5 * (low + high), disc.planes[k]) - chord);
    }
    return all;
}

/// The margin of a mesh with layers: columns on both sides of the cut, behind the disc's middle; the outermost column where the cut
/// passes beside the disc.
std::vector<MarginPoint> layered_margin(const DiscMesh& disc, double y, Side side) {
    const int n = static_cast<int>(disc.outline.size());
    double reach = -1.0;
    EdgePoint column{};
    std::vector<Eigen::Vector3d> bow(disc.planes.size(), Eigen::Vector3d::Zero());
    for (int i = 0; i < n; ++i) {
        const int a = disc.outline[i], b = disc.outline[(i + 1) % n];
        const Eigen::Vector3d xa = disc.mesh.nodes.col(a), xb = disc.mesh.nodes.col(b);
        if (const double at = xa.y() * side_sign(side); at > reach) {
            reach = at;
            column = {{a, a}};
        }
        if (0.5 * (xa.x() + xb.x()) > 0.0 || (xa.y() - y) * (xb.y() - y) > 0.0 || xa.y() == xb.y()) continue;
        const double t = (y - xa.y()) / (xb.y() - xa.y());
        column = {{a, b}, {1.0 - t, t}};
        bow = bows(disc, {disc.outline_angle[i], disc.outline_angle[(i + 1) % n]}, column);
        break;
    }
    std::vector<MarginPoint> margin;
    for (std::size_t k = 1; k + 1 < disc.planes.size(); ++k) {
        const int first = static_cast<int>(k) * disc.plan_nodes;
        margin.push_back({{{first + column.node[0], first + column.node[1]}, column.weight}, bow[k]});
    }
    return margin;
}

}  // namespace

double posterior_rim(double y, double width, double depth, double concavity) {
    double low = 0.5 * std::numbers::pi, high = std::numbers::pi;  // y falls from the side to the back
    for (int i = 0; i < 60; ++i) {
        const double angle = 0.5 * (low + high);
        (outline_radius(angle, width, depth, concavity) * std::sin(angle) > std::abs(y) ? low : high) = angle;
    }
    return outline_radius(high, width, depth, concavity) * std::cos(high);
}

std::vector<MarginPoint> disc_margin(const DiscMesh& disc, double y, Side side) {
    if (disc.has_layers()) return layered_margin(disc, y, side);
    const std::vector<EdgePoint> cut = hind_margin(disc, y);
    std::vector<MarginPoint> margin;
    for (std::size_t i = 1; i + 1 < cut.size(); ++i) margin.push_back({cut[i]});
    return margin;
}

Eigen::Vector3d present_place(const engine::BiphasicDomain& disc, const MarginPoint& p) {
    // domain coordinates are those of the lower body's frame at rest; ties keep them in space
    Eigen::Vector3d place = Eigen::Vector3d::Zero();
    for (int c = 0; c < 2; ++c) {
        const int node = p.edge.node[c];
        place += p.edge.weight[c] * (disc.mesh().nodes.col(node) + disc.u.segment<3>(3 * node));
    }
    return place + p.bow;
}

}  // namespace foramen::models
