#pragma once

#include <vector>

#include "engine/solve/ordering.hpp"

namespace foramen::engine {

/// Nodes grouped into supernodes, and the tree in which their dense fronts are eliminated. Supernodes are in
/// postorder: children come before their parent, and a subtree is contiguous.
struct SupernodeTree {
    std::vector<int> order;              ///< order[k]: node eliminated k-th
    std::vector<int> first;              ///< supernode s owns the places first[s] .. first[s+1]-1 of `order`
    std::vector<int> parent;             ///< -1 at a root
    std::vector<std::vector<int>> rows;  ///< places below the supernode in its columns of L, ascending
    double operations = 0.0;             ///< multiplications and additions of the factorisation

    [[nodiscard]] int count() const { return static_cast<int>(parent.size()); }
};

/// Structure of L by merging the columns of the children, then fundamental and relaxed supernodes in one sweep: a child
/// joins its parent if the zeros stored by that are few. Joining never changes the rows of the parent.
///
///     rows(j) = { i > j : a_ij != 0 }  united with  rows(c) \ {j}  of the children c,     parent(j) = min rows(j)
///
/// Source: Liu (1990), The role of elimination trees in sparse factorization; Ashcraft & Grimes (1989), The influence
/// of relaxed supernode partitions on the multifrontal method.
[[nodiscard]] SupernodeTree supernode_tree(const NodeGraph& graph, const std::vector<int>& order);

}  // namespace foramen::engine
