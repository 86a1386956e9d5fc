#include "engine/solve/symbolic_factor.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "engine/core/contract.hpp"
#include "engine/solve/supernodes.hpp"

namespace foramen::engine {

namespace {

void check(const SymmetricPattern& pattern) {
    const int n = pattern.n;
    FORAMEN_EXPECTS(n >= 1, n);
    FORAMEN_EXPECTS(pattern.column_start.size() == static_cast<std::size_t>(n) + 1, pattern.column_start.size(), n);
    FORAMEN_EXPECTS(pattern.node_of.size() == static_cast<std::size_t>(n), pattern.node_of.size(), n);
    FORAMEN_EXPECTS(pattern.column_start[0] == 0 && pattern.column_start[n] == pattern.entry_count());
    for (int j = 0; j < n; ++j) {
        const int begin = pattern.column_start[j], end = pattern.column_start[j + 1];
        FORAMEN_EXPECTS(begin < end && pattern.row[begin] == j, j);
        FORAMEN_EXPECTS(pattern.row[end - 1] < n, j);
        for (int k = begin + 1; k < end; ++k) FORAMEN_EXPECTS(pattern.row[k - 1] < pattern.row[k], j, pattern.row[k]);
        FORAMEN_EXPECTS(pattern.node_of[j] >= 0, j);
    }
}

/// Permutation, columns, rows and children in terms of unknowns.
void expand_nodes(SymbolicFactor& symbolic, const NodeGraph& graph, const SupernodeTree& tree) {
    const SymmetricPattern& pattern = symbolic.pattern;
    std::vector<std::vector<int>> unknowns(graph.node_count());
    for (int i = 0; i < pattern.n; ++i) unknowns[pattern.node_of[i]].push_back(i);
    std::vector<int> first_unknown;  // place of a node -> permuted index of its first unknown
    for (const int node : tree.order) {
        first_unknown.push_back(static_cast<int>(symbolic.unknown_at.size()));
        symbolic.unknown_at.insert(symbolic.unknown_at.end(), unknowns[node].begin(), unknowns[node].end());
    }
    first_unknown.push_back(pattern.n);

    symbolic.row_start.push_back(0);
    std::vector<std::vector<int>> children(tree.count());
    for (int s = 0; s < tree.count(); ++s) {
        symbolic.first_column.push_back(first_unknown[tree.first[s]]);
        for (const int place : tree.rows[s])
            for (int i = first_unknown[place]; i < first_unknown[place + 1]; ++i) symbolic.row.push_back(i);
        symbolic.row_start.push_back(static_cast<std::int64_t>(symbolic.row.size()));
        if (tree.parent[s] >= 0) children[tree.parent[s]].push_back(s);
    }
    symbolic.first_column.push_back(pattern.n);
    symbolic.child_start.push_back(0);
    for (const std::vector<int>& list : children) {
        symbolic.child.insert(symbolic.child.end(), list.begin(), list.end());
        symbolic.child_start.push_back(static_cast<int>(symbolic.child.size()));
    }
    symbolic.operations = tree.operations;
}

/// Writes to `place` the position in the front of s of each of its permuted indices; the rest of `place` is stale.
void front_positions(const SymbolicFactor& symbolic, int s, std::vector<int>& place) {
    const int width = symbolic.width(s);
    for (int k = 0; k < width; ++k) place[symbolic.first_column[s] + k] = k;
    for (int k = 0; k < symbolic.below(s); ++k) place[symbolic.row[symbolic.row_start[s] + k]] = width + k;
}

/// Calls f(supernode, entry, first, second, count, across) for every run of entries of A that stay together: count entries from `entry` on, in row
/// `second` of permuted column `first`, then down the column, or across it, in the columns after.
template <class F>
void for_each_run(const SymmetricPattern& pattern, const std::vector<int>& permuted, const std::vector<int>& supernode_of, const F& f) {
    for (int j = 0; j < pattern.n; ++j) {
        const int own = permuted[j], end = pattern.column_start[j + 1];
        for (int k = pattern.column_start[j]; k < end;) {
            const int other = permuted[pattern.row[k]];
            const bool across = other < own;
            int next = k + 1;
            while (next < end && permuted[pattern.row[next]] == other + (next - k) &&
                   (across ? other + (next - k) < own && supernode_of[other + (next - k)] == supernode_of[other] : true))
                ++next;
            f(supernode_of[std::min(own, other)], k, std::min(own, other), std::max(own, other), next - k, across);
            k = next;
        }
    }
}

/// Where the entries of A go in the panels.
void map_entries(SymbolicFactor& symbolic) {
    const SymmetricPattern& pattern = symbolic.pattern;
    const int supernodes = symbolic.supernode_count();
    std::vector<int> permuted(pattern.n), supernode_of(pattern.n);
    for (int k = 0; k < pattern.n; ++k) permuted[symbolic.unknown_at[k]] = k;
    for (int s = 0; s < supernodes; ++s)
        for (int k = symbolic.first_column[s]; k < symbolic.first_column[s + 1]; ++k) supernode_of[k] = s;

    symbolic.run_start.assign(supernodes + 1, 0);
    for_each_run(pattern, permuted, supernode_of, [&](int s, int, int, int, int, bool) { ++symbolic.run_start[s + 1]; });
    for (int s = 0; s < supernodes; ++s) symbolic.run_start[s + 1] += symbolic.run_start[s];
    symbolic.run.resize(symbolic.run_start.back());
    std::vector<int> next(symbolic.run_start.begin(), symbolic.run_start.end() - 1), column(symbolic.run.size());
    for_each_run(pattern, permuted, supernode_of, [&](int s, int entry, int first, int second, int count, bool across) {
        const int at = next[s]++;
        symbolic.run[at] = {entry, second, count, across};  // its row: the place in the front follows below
        column[at] = first - symbolic.first_column[s];
    });
    std::vector<int> place(pattern.n, -1);
    for (int s = 0; s < supernodes; ++s) {
        front_positions(symbolic, s, place);
        for (int r = symbolic.run_start[s]; r < symbolic.run_start[s + 1]; ++r)
            symbolic.run[r].target = column[r] * symbolic.panel_stride(s) + place[symbolic.run[r].target];
    }
}

/// Where the updates of the children go in each front.
void map_updates(SymbolicFactor& symbolic) {
    symbolic.row_in_parent.assign(symbolic.row.size(), -1);
    std::vector<int> place(symbolic.pattern.n, -1);
    for (int s = 0; s < symbolic.supernode_count(); ++s) {
        if (symbolic.child_start[s] == symbolic.child_start[s + 1]) continue;
        front_positions(symbolic, s, place);
        for (int c = symbolic.child_start[s]; c < symbolic.child_start[s + 1]; ++c)
            for (int k = 0; k < symbolic.below(symbolic.child[c]); ++k) {
                const std::int64_t at = symbolic.row_start[symbolic.child[c]] + k;
                symbolic.row_in_parent[at] = place[symbolic.row[at]];
            }
    }
}

/// Address space handed out first fit; freed blocks merge with their neighbours.
class FirstFit {
public:
    std::int64_t take(std::int64_t size) {
        for (auto hole = holes_.begin(); hole != holes_.end(); ++hole) {
            if (hole->second < size) continue;
            const auto [start, available] = *hole;
            holes_.erase(hole);
            if (available > size) holes_[start + size] = available - size;
            return start;
        }
        end_ += size;
        return end_ - size;
    }

    void give_back(std::int64_t start, std::int64_t size) {
        if (size == 0) return;
        auto hole = holes_.emplace(start, size).first;
        const auto after = std::next(hole);
        if (after != holes_.end() && hole->first + hole->second == after->first) {
            hole->second += after->second;
            holes_.erase(after);
        }
        if (hole == holes_.begin()) return;
        const auto before = std::prev(hole);
        if (before->first + before->second != hole->first) return;
        before->second += hole->second;
        holes_.erase(hole);
    }

    [[nodiscard]] std::int64_t end() const { return end_; }

private:
    std::map<std::int64_t, std::int64_t> holes_;
    std::int64_t end_ = 0;
};

/// Offsets of panels, which stay, and of updates, each of which lives from its own supernode to its parent.
void lay_out_storage(SymbolicFactor& symbolic) {
    FirstFit space;
    symbolic.panel_start.push_back(0);
    for (int s = 0; s < symbolic.supernode_count(); ++s) {
        const std::int64_t stride = symbolic.panel_stride(s), panel = stride * symbolic.width(s);
        const auto update_size = [&](int t) { return UpdateLayout(symbolic.below(t)).storage(); };
        symbolic.panel_start.push_back(symbolic.panel_start.back() + panel);
        symbolic.largest_panel = std::max(symbolic.largest_panel, panel);
        symbolic.largest_front = std::max(symbolic.largest_front, symbolic.front_size(s));
        symbolic.update_start.push_back(space.take(update_size(s)));
        for (int c = symbolic.child_start[s]; c < symbolic.child_start[s + 1]; ++c)
            space.give_back(symbolic.update_start[symbolic.child[c]], update_size(symbolic.child[c]));
    }
    symbolic.update_storage = space.end();
}

/// Down from the root along the larger subtrees: where what lies left of a child's end and what lies right of it, below one node, are so
/// large that the longer of the two and all that is above take least. Supernodes are in postorder, so subtrees are ranges.
void part_in_two(SymbolicFactor& symbolic) {
    const int count = symbolic.supernode_count();
    std::vector<double> before{0.0};  // entries of L in the supernodes before
    for (int s = 0; s < count; ++s) before.push_back(before.back() + static_cast<double>(symbolic.width(s)) * (symbolic.below(s) + 0.5 * symbolic.width(s)));
    std::vector<int> first(static_cast<std::size_t>(count));  // of the subtree
    for (int s = 0; s < count; ++s) {
        first[s] = s;
        for (int c = symbolic.child_start[s]; c < symbolic.child_start[s + 1]; ++c) first[s] = std::min(first[s], first[symbolic.child[c]]);
    }
    constexpr double worth = 0.8;  // of all entries
    double least = worth * before.back();
    for (int s = count - 1; s >= 0;) {
        int largest = -1;
        double size = 0.0;
        for (int k = symbolic.child_start[s]; k < symbolic.child_start[s + 1]; ++k) {
            const int c = symbolic.child[k], end = c + 1;
            const double left = before[end], right = before[s] - left, above = before.back() - before[s];
            if (std::max(left, right) + above < least) {
                least = std::max(left, right) + above;
                symbolic.middle = end;
                symbolic.top = s;
            }
            if (before[end] - before[first[c]] > size) {
                size = before[end] - before[first[c]];
                largest = c;
            }
        }
        s = largest;
    }
}

}  // namespace

std::shared_ptr<const SymbolicFactor> analyze(SymmetricPattern pattern) {
    check(pattern);
    const NodeGraph graph = node_graph(pattern);
    return analyze(std::move(pattern), graph);
}

std::shared_ptr<const SymbolicFactor> analyze(SymmetricPattern pattern, const NodeGraph& graph, OrderingCare care) {
    check(pattern);
    for (int node = 0; node < graph.node_count(); ++node) FORAMEN_EXPECTS(graph.weight[node] > 0, node);
    auto symbolic = std::make_shared<SymbolicFactor>();
    symbolic->pattern = std::move(pattern);
    expand_nodes(*symbolic, graph, supernode_tree(graph, nested_dissection(graph, care)));
    part_in_two(*symbolic);
    map_entries(*symbolic);
    map_updates(*symbolic);
    lay_out_storage(*symbolic);
    FORAMEN_EXPECTS(symbolic->largest_panel <= std::numeric_limits<int>::max(), symbolic->largest_panel);
    return symbolic;
}

}  // namespace foramen::engine
