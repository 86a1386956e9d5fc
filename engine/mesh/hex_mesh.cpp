#include "engine/mesh/hex_mesh.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/contract.hpp"

namespace foramen::engine {

const std::vector<int>& HexMesh::node_set(const std::string& name) const {
    const auto found = node_sets.find(name);
    FORAMEN_EXPECTS(found != node_sets.end(), name);
    return found->second;
}

namespace {
// Corner and its three neighbours, ordered so that the triple product is positive for a well-shaped element.
constexpr int corner_edges[8][3] = {{1, 3, 4}, {2, 0, 5}, {3, 1, 6}, {0, 2, 7}, {7, 5, 0}, {4, 6, 1}, {5, 7, 2}, {6, 4, 3}};
constexpr int edges[12][2] = {{0, 1}, {1, 2}, {2, 3}, {3, 0}, {4, 5}, {5, 6}, {6, 7}, {7, 4}, {0, 4}, {1, 5}, {2, 6}, {3, 7}};

double hex_volume(const HexMesh& mesh, const std::array<int, 8>& e) {
    // Six tetrahedra around the diagonal 0-6: exact for planar faces, consistent for others.
    constexpr int tets[6][4] = {{0, 1, 2, 6}, {0, 2, 3, 6}, {0, 3, 7, 6}, {0, 7, 4, 6}, {0, 4, 5, 6}, {0, 5, 1, 6}};
    double volume = 0.0;
    for (const auto& t : tets) {
        const Eigen::Vector3d a = mesh.nodes.col(e[t[1]]) - mesh.nodes.col(e[t[0]]);
        const Eigen::Vector3d b = mesh.nodes.col(e[t[2]]) - mesh.nodes.col(e[t[0]]);
        const Eigen::Vector3d c = mesh.nodes.col(e[t[3]]) - mesh.nodes.col(e[t[0]]);
        volume += a.cross(b).dot(c) / 6.0;
    }
    return volume;
}
}  // namespace

MeshQuality mesh_quality(const HexMesh& mesh) {
    MeshQuality q{std::numeric_limits<double>::infinity(), -1, 0.0, 0.0};
    for (int e = 0; e < mesh.element_count(); ++e) {
        const auto& nodes = mesh.elements[e];
        for (int corner = 0; corner < 8; ++corner) {
            const auto& to = corner_edges[corner];
            if (std::any_of(std::begin(to), std::end(to), [&](int k) { return nodes[k] == nodes[corner]; })) continue;  // of a wedge
            Eigen::Matrix3d directions;
            for (int k = 0; k < 3; ++k)
                directions.col(k) = (mesh.nodes.col(nodes[corner_edges[corner][k]]) - mesh.nodes.col(nodes[corner])).normalized();
            const double scaled = directions.determinant();
            if (scaled < q.min_scaled_jacobian) {
                q.min_scaled_jacobian = scaled;
                q.worst_element = e;
            }
        }
        double shortest = std::numeric_limits<double>::infinity(), longest = 0.0;
        for (const auto& edge : edges) {
            if (nodes[edge[0]] == nodes[edge[1]]) continue;
            const double length = (mesh.nodes.col(nodes[edge[0]]) - mesh.nodes.col(nodes[edge[1]])).norm();
            shortest = std::min(shortest, length);
            longest = std::max(longest, length);
        }
        q.max_aspect = std::max(q.max_aspect, longest / shortest);
        q.volume += hex_volume(mesh, nodes);
    }
    return q;
}

}  // namespace foramen::engine
