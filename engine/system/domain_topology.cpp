#include "engine/system/domain_topology.hpp"

#include <algorithm>
#include <utility>

#include "engine/solve/ordering.hpp"
#include "engine/solve/symbolic_factor.hpp"

namespace foramen::engine {

namespace {

/// Elements of each node, flat, with offsets; one that has a node twice is there twice.
struct NodeElements {
    std::vector<int> start, element;
};

NodeElements node_elements(const HexMesh& mesh) {
    NodeElements out{std::vector<int>(static_cast<std::size_t>(mesh.node_count()) + 2, 0),
                     std::vector<int>(8 * mesh.elements.size())};
    for (const auto& corners : mesh.elements)
        for (const int n : corners) ++out.start[n + 2];
    for (int n = 0; n < mesh.node_count(); ++n) out.start[n + 2] += out.start[n + 1];
    for (int e = 0; e < mesh.element_count(); ++e)
        for (const int n : mesh.elements[e]) out.element[out.start[n + 1]++] = e;
    return out;
}

/// Nodes of the elements of each node, itself among them, ascending; flat, with offsets.
struct NodeNeighbours {
    std::vector<int> start{0}, node;
};

NodeNeighbours node_neighbours(const HexMesh& mesh, const NodeElements& of) {
    std::vector<int> seen(static_cast<std::size_t>(mesh.node_count()), -1);
    NodeNeighbours out;
    out.node.reserve(27 * static_cast<std::size_t>(mesh.node_count()));
    for (int n = 0; n < mesh.node_count(); ++n) {
        for (int k = of.start[n]; k < of.start[n + 1]; ++k)
            for (const int b : mesh.elements[of.element[k]])
                if (std::exchange(seen[b], n) != n) out.node.push_back(b);
        std::sort(out.node.begin() + out.start.back(), out.node.end());
        out.start.push_back(static_cast<int>(out.node.size()));
    }
    return out;
}

/// The nodes that have unknowns, as a graph.
NodeGraph graph_of(const NodeNeighbours& neighbours, const DomainUnknowns& unknowns) {
    std::vector<int> number(neighbours.start.size() - 1, -1);
    NodeGraph graph;
    for (std::size_t n = 0; n < number.size(); ++n) {
        int weight = 0;
        for (int axis = 0; axis < 4; ++axis) weight += unknowns.at(static_cast<int>(n), axis) >= 0;
        if (weight == 0) continue;
        number[n] = graph.node_count();
        graph.weight.push_back(weight);
    }
    graph.start.push_back(0);
    graph.adjacent.reserve(neighbours.node.size());
    for (std::size_t n = 0; n < number.size(); ++n) {
        if (number[n] < 0) continue;
        for (int k = neighbours.start[n]; k < neighbours.start[n + 1]; ++k)
            if (const int other = number[neighbours.node[k]]; other >= 0 && other != number[n]) graph.adjacent.push_back(other);
        graph.start.push_back(static_cast<int>(graph.adjacent.size()));
    }
    return graph;
}

/// First unknown of each node, -1 none.
std::vector<int> first_unknowns(int nodes, const DomainUnknowns& unknowns) {
    std::vector<int> first(static_cast<std::size_t>(nodes), -1);
    for (int n = 0; n < nodes; ++n)
        for (int axis = 3; axis >= 0; --axis)
            if (const int i = unknowns.at(n, axis); i >= 0) first[n] = i;
    return first;
}

}  // namespace

const SymmetricPattern& DomainTopology::pattern() const {
    static const SymmetricPattern none{0, {0}, {}, {}};
    return symbolic ? symbolic->pattern : none;
}

DomainTopology domain_topology(const HexMesh& mesh, const DomainUnknowns& unknowns, OrderingCare care) {
    const NodeElements of = node_elements(mesh);
    const NodeNeighbours neighbours = node_neighbours(mesh, of);
    DomainTopology topology;
    topology.first = first_unknowns(mesh.node_count(), unknowns);
    topology.place.assign(mesh.elements.size() * element_node_pairs, -1);
    SymmetricPattern pattern;
    pattern.n = unknowns.count;
    pattern.column_start.assign(1, 0);
    // a node in the middle of a mesh has 27 neighbours, half of them later
    pattern.row.reserve(45 * static_cast<std::size_t>(pattern.n));
    std::vector<int> rows, at(static_cast<std::size_t>(mesh.node_count()));  // of a node's first column; of a neighbour in it
    int used = 0;  // nodes that have unknowns, numbered without gaps
    for (int n = 0; n < mesh.node_count(); ++n) {
        const int first = topology.first[n];
        if (first < 0) continue;
        rows.clear();
        // unknowns are numbered node by node: ascending neighbours have ascending rows
        for (int k = neighbours.start[n]; k < neighbours.start[n + 1]; ++k) {
            at[neighbours.node[k]] = static_cast<int>(rows.size());
            for (int axis = 0; axis < 4; ++axis)
                if (const int row = unknowns.at(neighbours.node[k], axis); row >= first) rows.push_back(row);
        }
        for (int axis = 0, before = 0; axis < 4; ++axis) {
            if (unknowns.at(n, axis) < 0) continue;
            pattern.row.insert(pattern.row.end(), rows.begin() + before++, rows.end());
            pattern.column_start.push_back(static_cast<int>(pattern.row.size()));
            pattern.node_of.push_back(used);
        }
        ++used;
        for (int k = of.start[n]; k < of.start[n + 1]; ++k) {
            const auto& corners = mesh.elements[of.element[k]];
            int* const place = topology.place.data() + static_cast<std::ptrdiff_t>(of.element[k]) * element_node_pairs;
            for (int a = 0; a < 8; ++a) {
                if (corners[a] != n) continue;
                for (int b = 0; b < 8; ++b)
                    if (topology.first[corners[b]] >= first) place[element_node_pair(a, b)] = at[corners[b]];
            }
        }
    }
    if (pattern.n > 0) topology.symbolic = analyze(std::move(pattern), graph_of(neighbours, unknowns), care);
    return topology;
}

}  // namespace foramen::engine
