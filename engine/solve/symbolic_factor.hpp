#pragma once

#include <cstdint>
#include <vector>

#include "engine/solve/linear_solver.hpp"

namespace foramen::engine {

/// A symmetric update of `size` rows: blocks of columns, each with the rows from its own first one on, column by column: half of a square
/// and a little. Blocks of large updates are wider, for a product packs its left side anew for each.
struct UpdateLayout {
    std::int64_t size, block;

    explicit UpdateLayout(std::int64_t rows) : size(rows), block(rows < 512 ? 64 : 256) {}
    [[nodiscard]] std::int64_t stride(std::int64_t first) const { return size - first; }  ///< of the block that begins at column `first`
    [[nodiscard]] std::int64_t start(std::int64_t first) const { return first * size - first * (first - block) / 2; }
    /// Where entry (row 0, column) would be: add a row of its block.
    [[nodiscard]] std::int64_t column(std::int64_t column) const {
        const std::int64_t first = column - column % block;
        return start(first) + (column - first) * stride(first) - first;
    }
    [[nodiscard]] std::int64_t storage() const {
        const std::int64_t last = size - size % block;
        return start(last) + (size - last) * stride(last);
    }
};

/// Entries of A that stay together in a panel.
struct EntryRun {
    int entry;   ///< index of the first in the pattern; the others follow it
    int target;  ///< its place in the panel
    int count : 31;
    bool across : 1;  ///< each in the column after, not the row below
};

/// Everything about P A P^T = L D L^T that the pattern alone decides. Supernode s owns the permuted columns
/// first_column[s] .. first_column[s+1]-1; its front has these `width(s)` rows first and then the rows below,
///
///     panel  = front_size(s) x width(s)     columns of L, stored with leading dimension panel_stride(s)
///     update = below(s) x below(s)          Schur complement handed to the parent, lower triangle by blocks of columns (UpdateLayout)
///
/// Source: Duff & Reid (1983), The multifrontal solution of indefinite sparse symmetric linear systems; Liu (1992),
/// The multifrontal method for sparse matrix solution: theory and practice.
struct SymbolicFactor {
    SymmetricPattern pattern;
    std::vector<int> unknown_at;             ///< permuted index -> unknown
    std::vector<int> first_column;           ///< supernode -> permuted column
    std::vector<int> child_start, child;     ///< children of each supernode
    std::vector<std::int64_t> row_start;     ///< supernode -> offset into `row`, `row_in_parent`
    std::vector<int> row;                    ///< permuted indices of the rows below, ascending
    std::vector<int> row_in_parent;          ///< place of each of these rows in the front of the parent
    std::vector<std::int64_t> panel_start;   ///< supernode -> offset into the storage of L
    std::vector<std::int64_t> update_start;  ///< supernode -> offset into the update workspace, reused over time
    std::int64_t update_storage = 0;         ///< size of that workspace
    std::vector<int> run_start;              ///< supernode -> offset into `run`
    std::vector<EntryRun> run;               ///< entries of A in the panel
    int largest_front = 0;
    std::int64_t largest_panel = 0;
    /// Supernodes before `middle` and those from there to `top` have nothing to do with each other: two halves of the tree for two threads,
    /// about as large as each other. Both 0 where it does not part well.
    int middle = 0, top = 0;
    double operations = 0.0;  ///< multiplications and additions of one factorisation

    [[nodiscard]] int supernode_count() const { return static_cast<int>(first_column.size()) - 1; }
    [[nodiscard]] int width(int s) const { return first_column[s + 1] - first_column[s]; }
    [[nodiscard]] int below(int s) const { return static_cast<int>(row_start[s + 1] - row_start[s]); }
    [[nodiscard]] int front_size(int s) const { return width(s) + below(s); }
    [[nodiscard]] int panel_stride(int s) const { return padded_size(front_size(s)); }

    /// Front rows a kernel may touch: at least row_padding - 1 rows of zeros follow the last, so that vector loops need
    /// no remainder; a multiple of row_padding.
    [[nodiscard]] static int padded_size(int front) {
        return (front + 2 * row_padding - 2) / row_padding * row_padding;
    }
    static constexpr int row_padding = 8;
};

}  // namespace foramen::engine
