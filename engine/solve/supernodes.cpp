#include "engine/solve/supernodes.hpp"

#include <algorithm>

namespace foramen::engine {

namespace {

/// Columns of L on the node graph, before any grouping; indices are places in the elimination order.
struct Columns {
    std::vector<std::vector<int>> rows;  // in no order
    std::vector<int> parent;
    std::vector<std::vector<int>> children;
};

Columns column_structure(const NodeGraph& graph, const std::vector<int>& order) {
    const int n = graph.node_count();
    std::vector<int> place(n), seen(n, -1);
    for (int k = 0; k < n; ++k) place[order[k]] = k;
    Columns columns{std::vector<std::vector<int>>(n), std::vector<int>(n, -1), std::vector<std::vector<int>>(n)};
    std::vector<int> rows;
    for (int j = 0; j < n; ++j) {
        rows.clear();
        const auto add = [&](int i) {
            if (i <= j || seen[i] == j) return;
            seen[i] = j;
            rows.push_back(i);
        };
        for (int k = graph.start[order[j]]; k < graph.start[order[j] + 1]; ++k) add(place[graph.adjacent[k]]);
        for (const int child : columns.children[j])
            for (const int i : columns.rows[child]) add(i);
        if (rows.empty()) continue;
        columns.rows[j] = rows;
        columns.parent[j] = *std::min_element(rows.begin(), rows.end());
        columns.children[columns.parent[j]].push_back(j);
    }
    return columns;
}

/// A supernode while groups are still growing; named by its last column.
struct Group {
    std::vector<int> members;  // places; a front is dense, so any order among them will do
    std::vector<int> children;
    double width = 0.0;  // unknowns eliminated
    double below = 0.0;  // unknowns in the rows below
    double zeros = 0.0;  // stored entries that are not in the structure of L
};

double stored_entries(double width, double below) { return width * (0.5 * (width + 1.0) + below); }

/// Narrow fronts waste more time in call overhead than in products with zeros; wide ones do not.
bool worth_joining(double width, double zeros, double stored) {
    if (zeros == 0.0 || width <= 8.0) return true;
    if (width <= 64.0) return zeros < 0.15 * stored;
    return zeros < 0.04 * stored;
}

/// Joins to `group` those of its children that are worth it; the others remain its children.
void join_children(std::vector<Group>& groups, int group) {
    Group& parent = groups[group];
    std::vector<int> candidates = std::move(parent.children);
    parent.children.clear();
    const auto front = [&](int g) { return groups[g].width + groups[g].below; };
    std::stable_sort(candidates.begin(), candidates.end(), [&](int a, int b) { return front(a) > front(b); });
    for (const int c : candidates) {
        Group& child = groups[c];
        const double width = child.width + parent.width;
        const double stored = stored_entries(width, parent.below);
        const double needed = stored_entries(child.width, child.below) - child.zeros +
                              stored_entries(parent.width, parent.below) - parent.zeros;
        if (!worth_joining(width, stored - needed, stored)) {
            parent.children.push_back(c);
            continue;
        }
        parent.members.insert(parent.members.end(), child.members.begin(), child.members.end());
        parent.children.insert(parent.children.end(), child.children.begin(), child.children.end());
        parent.width = width;
        parent.zeros = stored - needed;
        child = Group{};
    }
}

std::vector<Group> grow_groups(const NodeGraph& graph, const std::vector<int>& order, const Columns& columns) {
    const int n = graph.node_count();
    std::vector<Group> groups(n);
    for (int j = 0; j < n; ++j) {
        Group& group = groups[j];
        group.members = {j};
        group.children = columns.children[j];
        group.width = graph.weight[order[j]];
        for (const int i : columns.rows[j]) group.below += graph.weight[order[i]];
        join_children(groups, j);
    }
    return groups;
}

/// Postorder of the groups; among siblings the largest front comes last, next to its parent, while it is in cache.
std::vector<int> postorder(std::vector<Group>& groups, const Columns& columns) {
    std::vector<int> result, stack;
    for (int j = static_cast<int>(groups.size()) - 1; j >= 0; --j)
        if (columns.parent[j] < 0) stack.push_back(j);
    while (!stack.empty()) {  // parents before children, mirrored at the end
        const int group = stack.back();
        stack.pop_back();
        result.push_back(group);
        std::vector<int>& children = groups[group].children;
        std::stable_sort(children.begin(), children.end(),
                         [&](int a, int b) { return groups[a].below < groups[b].below; });
        stack.insert(stack.end(), children.begin(), children.end());
    }
    std::reverse(result.begin(), result.end());
    return result;
}

/// sum over the columns of l + l (l + 1), l entries below the pivot
double front_operations(double width, double below) {
    double sum = 0.0;
    for (double k = 0.0; k < width; ++k) sum += (width + below - 1.0 - k) * (width + below + 1.0 - k);
    return sum;
}

}  // namespace

SupernodeTree supernode_tree(const NodeGraph& graph, const std::vector<int>& order) {
    const Columns columns = column_structure(graph, order);
    std::vector<Group> groups = grow_groups(graph, order, columns);
    const std::vector<int> sequence = postorder(groups, columns);

    SupernodeTree tree;
    std::vector<int> place(graph.node_count()), index_of(graph.node_count(), -1);
    tree.first.push_back(0);
    for (const int group : sequence) {
        index_of[group] = tree.count();
        for (const int member : groups[group].members) {
            place[member] = static_cast<int>(tree.order.size());
            tree.order.push_back(order[member]);
        }
        tree.first.push_back(static_cast<int>(tree.order.size()));
        tree.parent.push_back(-1);
        tree.operations += front_operations(groups[group].width, groups[group].below);
    }
    tree.rows.resize(tree.parent.size());
    for (const int group : sequence) {
        std::vector<int>& rows = tree.rows[index_of[group]];
        for (const int i : columns.rows[group]) rows.push_back(place[i]);
        std::sort(rows.begin(), rows.end());
        for (const int child : groups[group].children) tree.parent[index_of[child]] = index_of[group];
    }
    return tree;
}

}  // namespace foramen::engine
