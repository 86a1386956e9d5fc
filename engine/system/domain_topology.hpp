#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/mesh/hex_mesh.hpp"
#include "engine/solve/linear_solver.hpp"

namespace foramen::engine {

inline constexpr int element_node_pairs = 36;
/// Of two corners of an element, in any order.
constexpr int element_node_pair(int a, int b) { return a >= b ? a * (a + 1) / 2 + b : b * (b + 1) / 2 + a; }

/// Four a node, u_x u_y u_z p, numbered node by node; -1 where there is none.
struct DomainUnknowns {
    std::span<const int> index;
    int count;
    [[nodiscard]] int at(int node, int axis) const {
        return index[4 * static_cast<std::size_t>(node) + static_cast<std::size_t>(axis)];
    }
};

/// What follows from elements and unknowns alone; shared by domains that are alike.
struct DomainTopology {
    std::vector<int> first;  ///< unknown of each node, -1 none
    /// Per element and pair of its nodes a >= b: where the first unknown of the later one stands in the column of that of the
    /// earlier one, -1 where one has none. All columns of a node have the rows of the same nodes: the others follow from it.
    std::vector<int> place;
    std::shared_ptr<const SymbolicFactor> symbolic;  ///< none without unknowns
    [[nodiscard]] const SymmetricPattern& pattern() const;
};

[[nodiscard]] DomainTopology domain_topology(const HexMesh& mesh, const DomainUnknowns& unknowns, OrderingCare care);

}  // namespace foramen::engine
