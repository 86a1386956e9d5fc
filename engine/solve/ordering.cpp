#include "engine/solve/ordering.hpp"

#include <metis.h>

#include <algorithm>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <string>

namespace foramen::engine {

NodeGraph node_graph(const SymmetricPattern& pattern) {
    const int nodes = pattern.n == 0 ? 0 : *std::max_element(pattern.node_of.begin(), pattern.node_of.end()) + 1;
    NodeGraph graph;
    graph.weight.assign(nodes, 0);
    std::vector<std::vector<int>> neighbours(nodes);
    for (int j = 0; j < pattern.n; ++j) {
        const int b = pattern.node_of[j];
        ++graph.weight[b];
        int last = b;  // unknowns of a node are mostly consecutive: skips most repetitions before the sort
        for (int k = pattern.column_start[j]; k < pattern.column_start[j + 1]; ++k) {
            const int a = pattern.node_of[pattern.row[k]];
            if (a == b || a == last) continue;
            last = a;
            neighbours[a].push_back(b);
            neighbours[b].push_back(a);
        }
    }
    graph.start.push_back(0);
    for (std::vector<int>& list : neighbours) {
        if (!std::is_sorted(list.begin(), list.end())) std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
        graph.adjacent.insert(graph.adjacent.end(), list.begin(), list.end());
        graph.start.push_back(static_cast<int>(graph.adjacent.size()));
    }
    return graph;
}

std::vector<int> nested_dissection(const NodeGraph& graph, OrderingCare care) {
    std::vector<idx_t> order(graph.node_count());
    std::iota(order.begin(), order.end(), 0);
    if (graph.adjacent.empty()) return order;

    std::vector<idx_t> start = graph.start, adjacent = graph.adjacent, weight = graph.weight;
    std::vector<idx_t> position(graph.node_count());
    idx_t options[METIS_NOPTIONS];
    METIS_SetDefaultOptions(options);
    options[METIS_OPTION_SEED] = 1;  // other seeds differ by 1 % in operations
    options[METIS_OPTION_NUMBERING] = 0;
    if (care == OrderingCare::one_factor) options[METIS_OPTION_NITER] = 1;
    idx_t nodes = graph.node_count();

    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    const int status =
        METIS_NodeND(&nodes, start.data(), adjacent.data(), weight.data(), options, order.data(), position.data());
    if (status != METIS_OK) throw std::runtime_error("METIS_NodeND failed with status " + std::to_string(status));
    return order;
}

}  // namespace foramen::engine
