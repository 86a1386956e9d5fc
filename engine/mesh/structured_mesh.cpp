#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/core/contract.hpp"
#include "engine/mesh/hex_mesh.hpp"
#include "engine/mesh/o_grid.hpp"

namespace foramen::engine {

std::vector<double> uniform_planes(double length, int n) { return graded_planes(length, n, 1.0); }

std::vector<double> graded_planes(double length, int n, double growth) {
    FORAMEN_EXPECTS(n > 0 && length > 0.0 && growth > 0.0, n, length, growth);
    std::vector<double> planes{0.0};
    double thickness = 1.0;
    for (int i = 0; i < n; ++i) {
        planes.push_back(planes.back() + thickness);
        thickness *= growth;
    }
    const double scale = length / planes.back();
    for (double& p : planes) p *= scale;
    return planes;
}

HexMesh box_mesh(const std::array<std::vector<double>, 3>& planes) {
    const int nx = static_cast<int>(planes[0].size()), ny = static_cast<int>(planes[1].size()), nz = static_cast<int>(planes[2].size());
    FORAMEN_EXPECTS(nx > 1 && ny > 1 && nz > 1, nx, ny, nz);
    HexMesh mesh;
    mesh.nodes.resize(3, nx * ny * nz);
    const auto node = [&](int i, int j, int k) { return (k * ny + j) * nx + i; };
    for (int k = 0; k < nz; ++k) {
        for (int j = 0; j < ny; ++j) {
            for (int i = 0; i < nx; ++i) {
                const int n = node(i, j, k);
                mesh.nodes.col(n) << planes[0][i], planes[1][j], planes[2][k];
                if (i == 0) mesh.node_sets["x0"].push_back(n);
                if (i == nx - 1) mesh.node_sets["x1"].push_back(n);
                if (j == 0) mesh.node_sets["y0"].push_back(n);
                if (j == ny - 1) mesh.node_sets["y1"].push_back(n);
                if (k == 0) mesh.node_sets["z0"].push_back(n);
                if (k == nz - 1) mesh.node_sets["z1"].push_back(n);
            }
        }
    }
    for (int k = 0; k + 1 < nz; ++k)
        for (int j = 0; j + 1 < ny; ++j)
            for (int i = 0; i + 1 < nx; ++i)
                mesh.elements.push_back({node(i, j, k), node(i + 1, j, k), node(i + 1, j + 1, k), node(i, j + 1, k), node(i, j, k + 1),
                                         node(i + 1, j, k + 1), node(i + 1, j + 1, k + 1), node(i, j + 1, k + 1)});
    return mesh;
}

HexMesh cylinder_mesh(const CylinderMeshOptions& o) {
    FORAMEN_EXPECTS(!o.ring_fractions.empty() && o.ring_fractions.size() > 0, o.ring_fractions.size());
    FORAMEN_EXPECTS(std::abs(o.ring_fractions.back() - 1.0) < 1e-12, o.ring_fractions.back());
    const OGrid grid(o.core, static_cast<int>(o.ring_fractions.size()), o.quarter);
    HexMesh mesh;
    const int layers = static_cast<int>(o.z_planes.size());
    mesh.nodes.resize(3, grid.node_count() * layers);
    // The core's edge is a rounded square that reaches half of the first ring's outer radius.
    for (int k = 0; k < layers; ++k) {
        for (int n = 0; n < grid.node_count(); ++n) {
            const OGridPoint p = grid.point(n);
            const double inner = 0.6 * o.ring_fractions.front();
            const double scale = p.ring == 0 ? inner * p.core_radius : (p.ring == 1 ? o.ring_fractions[0] : o.ring_fractions[p.ring - 1]);
            mesh.nodes.col(k * grid.node_count() + n) << o.radius * scale * std::cos(p.angle), o.radius * scale * std::sin(p.angle),
                o.z_planes[k];
        }
    }
    mesh.elements = grid.extrude(layers);
    for (int k = 0; k < layers; ++k) {
        for (int n = 0; n < grid.node_count(); ++n) {
            const int node = k * grid.node_count() + n;
            if (k == 0) mesh.node_sets["bottom"].push_back(node);
            if (k == layers - 1) mesh.node_sets["top"].push_back(node);
            if (grid.point(n).ring == grid.ring_count()) mesh.node_sets["outer"].push_back(node);
            if (o.quarter && std::abs(mesh.nodes(0, node)) < 1e-9 * o.radius) mesh.node_sets["x0"].push_back(node);
            if (o.quarter && std::abs(mesh.nodes(1, node)) < 1e-9 * o.radius) mesh.node_sets["y0"].push_back(node);
        }
    }
    return mesh;
}

}  // namespace foramen::engine
