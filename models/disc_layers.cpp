#include "models/disc_layers.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "engine/core/contract.hpp"

namespace foramen::models {

namespace {

using Element = std::array<int, 8>;
using Edge = std::pair<int, int>;
constexpr int layers = 3;
constexpr double thick = 3.0;  // times the first layer: thinner elements stay whole

/// For each face of a hexahedron its corners, then those across the element.
constexpr std::array<std::array<int, 8>, 6> sides{{{0, 1, 2, 3, 4, 5, 6, 7}, {4, 5, 6, 7, 0, 1, 2, 3}, {0, 1, 5, 4, 3, 2, 6, 7},
                                                   {2, 3, 7, 6, 1, 0, 4, 5}, {1, 2, 6, 5, 0, 3, 7, 4}, {0, 3, 7, 4, 1, 2, 6, 5}}};
constexpr std::array<std::array<int, 2>, 12> hex_edges{{{0, 1}, {1, 2}, {2, 3}, {3, 0}, {4, 5}, {5, 6}, {6, 7}, {7, 4}, {0, 4}, {1, 5}, {2, 6}, {3, 7}}};

Edge sorted(int a, int b) { return {std::min(a, b), std::max(a, b)}; }

/// The side of an element that lies in the surface, where the side across does not; -1: none. Two sides: none that could be split.
int side_in(const Element& e, const std::vector<char>& in, bool& two) {
    int found = -1;
    for (int s = 0; s < 6; ++s) {
        std::set<int> face;
        bool within = true, across_within = true;
        for (int c = 0; c < 4; ++c) {
            within = within && in[e[sides[s][c]]];
            across_within = across_within && in[e[sides[s][c + 4]]];
            face.insert(e[sides[s][c]]);
        }
        if (!within || across_within || face.size() < 3) continue;
        two = two || found >= 0;
        found = s;
    }
    return found;
}

/// Which side of each element is split; nothing when the surface's elements are no layer of their own.
std::optional<std::vector<int>> split_sides(const engine::HexMesh& mesh, const std::vector<char>& in, double first) {
    std::vector<int> side;
    std::set<Edge> split;
    double longest = 0.0;
    for (const Element& e : mesh.elements) {
        bool two = false;
        side.push_back(side_in(e, in, two));
        if (two) return {};
        if (side.back() < 0) continue;
        for (int c = 0; c < 4; ++c) {
            const int a = e[sides[side.back()][c]], b = e[sides[side.back()][c + 4]];
            if (a == b || in[b]) return {};
            split.insert(sorted(a, b));
            longest = std::max(longest, (mesh.nodes.col(b) - mesh.nodes.col(a)).norm());
        }
    }
    if (split.empty() || longest <= thick * first) return {};
    for (std::size_t e = 0; e < side.size(); ++e) {  // nobody else may have one of these edges
        std::set<Edge> own;
        for (int c = 0; side[e] >= 0 && c < 4; ++c) own.insert(sorted(mesh.elements[e][sides[side[e]][c]], mesh.elements[e][sides[side[e]][c + 4]]));
        for (const auto& [a, b] : hex_edges)
            if (const Edge edge = sorted(mesh.elements[e][a], mesh.elements[e][b]); split.contains(edge) && !own.contains(edge)) return {};
    }
    return side;
}

/// Nodes on the edges that are split, made when they are asked for.
class EdgeNodes {
public:
    EdgeNodes(const engine::HexMesh& mesh, double first) : mesh_(mesh), first_(first) {}

    /// @param layer  0: a itself, 3: b itself
    int at(int a, int b, int layer) {
        if (layer == 0) return a;
        if (layer == layers) return b;
        const auto [it, fresh] = made_.try_emplace({{a, b}, layer}, mesh_.node_count() + static_cast<int>(places_.size()));
        if (fresh) {
            const Eigen::Vector3d way = mesh_.nodes.col(b) - mesh_.nodes.col(a);
            const double share = std::min(1.0 / thick, first_ / way.norm());
            places_.push_back(mesh_.nodes.col(a) + (layer == 1 ? share : std::sqrt(share)) * way);
        }
        return it->second;
    }

    void add_to(engine::HexMesh& mesh) const {
        const int before = mesh.node_count();
        mesh.nodes.conservativeResize(3, before + static_cast<int>(places_.size()));
        for (std::size_t i = 0; i < places_.size(); ++i) mesh.nodes.col(before + static_cast<int>(i)) = places_[i];
        for (auto& [name, nodes] : mesh.node_sets) {
            std::vector<char> member(static_cast<std::size_t>(before), 0);
            for (const int n : nodes) member[n] = 1;
            for (const auto& [edge, node] : made_)
                if (member[edge.first.first] && member[edge.first.second]) nodes.push_back(node);
            std::sort(nodes.begin(), nodes.end());
        }
    }

private:
    const engine::HexMesh& mesh_;
    double first_;
    std::map<std::pair<Edge, int>, int> made_;  // from the surface inwards
    std::vector<Eigen::Vector3d> places_;
};

}  // namespace

LayeredDisc split_beside(LayeredDisc given, const std::vector<int>& surface, double first) {
    FORAMEN_EXPECTS(first > 0.0, first);
    const engine::HexMesh& mesh = given.disc.mesh;
    std::vector<char> in(static_cast<std::size_t>(mesh.node_count()), 0);
    for (const int n : surface) in[n] = 1;
    const std::optional<std::vector<int>> side = split_sides(mesh, in, first);
    if (!side) return given;
    LayeredDisc out;
    EdgeNodes nodes(mesh, first);
    for (int e = 0; e < mesh.element_count(); ++e) {
        const Element& whole = mesh.elements[e];
        const int parts = (*side)[e] < 0 ? 1 : layers;
        for (int k = 0; k < parts; ++k) {
            Element part = whole;
            for (int c = 0; parts > 1 && c < 4; ++c) {
                const auto& s = sides[(*side)[e]];
                part[s[c]] = nodes.at(whole[s[c]], whole[s[c + 4]], k);
                part[s[c + 4]] = nodes.at(whole[s[c]], whole[s[c + 4]], k + 1);
            }
            out.disc.mesh.elements.push_back(part);
            out.disc.tissue.push_back(given.disc.tissue[e]);
            out.parent.push_back(given.parent[e]);
        }
    }
    out.disc.mesh.nodes = mesh.nodes;
    out.disc.mesh.node_sets = mesh.node_sets;
    nodes.add_to(out.disc.mesh);
    return out;
}

}  // namespace foramen::models
