#pragma once

#include <Eigen/Core>
#include <algorithm>

#include "engine/solve/symbolic_factor.hpp"
#include "engine/solve/vector_lanes.hpp"

namespace foramen::engine {

/// The first `width` columns of a dense front, column major, and the workspace of their elimination. At least
/// Lanes<T>::count - 1 rows of zeros follow the last row.
template <class T>
struct FrontPanel {
    T* lower;   ///< in: columns of the front, lower triangle; out: L without its unit diagonal
    T* pivot;   ///< out: D, width numbers
    T* scaled;  ///< workspace: L D of one block of columns, block_width x stride
    T* turned;  ///< workspace: L D of some rows, rows_at_once x width
    int stride;
    int rows;
    int width;
};

namespace dense_ldlt {

inline constexpr int strip_width = 8;
inline constexpr int block_width = 64;
inline constexpr int rows_at_once = 256;  ///< columns of one product: it packs its left side once for all of them

template <class T>
using ConstMap = Eigen::Map<const Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>, 0, Eigen::OuterStride<>>;
template <class T>
using MutableMap = Eigen::Map<Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>, 0, Eigen::OuterStride<>>;

/// What the rows below need from the square on the diagonal of a strip of columns.
template <class T, int columns>
struct StripFactor {
    T earlier[block_width][columns];  // (L D)(c+b, k) of the columns k of the block before the strip
    T unit[columns][columns];         // [j][b] = L(c+j, c+b), b < j
    T pivot_inverse[columns];
};

/// LDL^T of the square on the diagonal:  d_j = a_jj,  l_rj = a_rj / d_j,  a_rb -= l_rj a_bj.
template <class T, int columns>
void factor_square(const FrontPanel<T>& p, int from, int c, StripFactor<T, columns>& factor) {
    T a[columns][columns];  // [column][row]
    for (int b = 0; b < columns; ++b)
        for (int r = 0; r < columns; ++r) a[b][r] = p.lower[static_cast<long>(c + b) * p.stride + c + r];
    for (int k = from; k < c; ++k) {
        const T* const l = p.lower + static_cast<long>(k) * p.stride + c;
        const T* const w = p.scaled + static_cast<long>(k - from) * p.stride + c;
        for (int b = 0; b < columns; ++b) {
            factor.earlier[k - from][b] = w[b];
            for (int r = 0; r < columns; ++r) a[b][r] -= l[r] * w[b];
        }
    }
    for (int j = 0; j < columns; ++j) {
        p.pivot[c + j] = a[j][j];
        factor.pivot_inverse[j] = T(1) / a[j][j];
        for (int r = j + 1; r < columns; ++r) factor.unit[r][j] = a[j][r] * factor.pivot_inverse[j];
        for (int b = j + 1; b < columns; ++b)
            for (int r = b; r < columns; ++r) a[b][r] -= factor.unit[r][j] * a[j][b];
        for (int r = j + 1; r < columns; ++r) p.lower[static_cast<long>(c + j) * p.stride + c + r] = factor.unit[r][j];
    }
}

/// Columns c .. c+columns-1 of L, after those from .. c-1 of the same block: for every row below the strip
///     w_b = a_b - sum_{from <= k < c} l_k (L D)(c+b, k) - sum_{j < b} w_j L(c+b, c+j),      l_b = w_b / d_b.
template <class T, int columns>
void factor_strip(const FrontPanel<T>& p, int from, int c) {
    using V = typename Lanes<T>::type;
    StripFactor<T, columns> factor;
    factor_square(p, from, c, factor);
    for (int r = c + columns; r < p.rows; r += Lanes<T>::count) {
        V w[columns];
        for (int b = 0; b < columns; ++b) load(w[b], p.lower + static_cast<long>(c + b) * p.stride + r);
        const T* l = p.lower + static_cast<long>(from) * p.stride + r;
        for (int k = 0; k < c - from; ++k, l += p.stride) {
            V l_k;
            load(l_k, l);
            for (int b = 0; b < columns; ++b) w[b] -= l_k * factor.earlier[k][b];
        }
        for (int b = 0; b < columns; ++b) {
            for (int j = 0; j < b; ++j) w[b] -= w[j] * factor.unit[b][j];
            store(p.scaled + static_cast<long>(c + b - from) * p.stride + r, w[b]);
            store(p.lower + static_cast<long>(c + b) * p.stride + r, V(w[b] * factor.pivot_inverse[b]));
        }
    }
}

/// L D of rows first .. first+count-1 of columns from .. to-1, into `turned`.
template <class T>
ConstMap<T> scaled_rows(const FrontPanel<T>& p, std::int64_t first, std::int64_t count, int from, int to) {
    const ConstMap<T> l(p.lower + static_cast<long>(from) * p.stride + first, count, to - from, Eigen::OuterStride<>(p.stride));
    MutableMap<T> out(p.turned, count, to - from, Eigen::OuterStride<>(rows_at_once));
    for (int k = from; k < to; ++k) out.col(k - from) = l.col(k - from) * p.pivot[k];
    return {p.turned, count, to - from, Eigen::OuterStride<>(rows_at_once)};
}

/// Takes from columns first .. end-1, in their rows from `first` on, what columns from .. to-1 of L leave there.
template <class T>
void subtract_columns(const FrontPanel<T>& p, int from, int to, int first, int end) {
    if (from == to) return;
    const ConstMap<T> l(p.lower + static_cast<long>(from) * p.stride + first, p.rows - first, to - from, Eigen::OuterStride<>(p.stride));
    const ConstMap<T> w = scaled_rows(p, first, end - first, from, to);
    MutableMap<T> block(p.lower + static_cast<long>(first) * p.stride + first, p.rows - first, end - first, Eigen::OuterStride<>(p.stride));
    block.noalias() -= l * w.transpose();
}

}  // namespace dense_ldlt

/// Eliminates the columns of a panel: A_11 = L_11 D L_11^T, L_21 = A_21 L_11^-T D^-1. No pivoting.
template <class T>
void factor_panel(const FrontPanel<T>& p) {
    using namespace dense_ldlt;
    for (int wide = 0; wide < p.width; wide += rows_at_once) {
        const int wide_end = std::min(wide + rows_at_once, p.width);
        subtract_columns(p, 0, wide, wide, wide_end);
        for (int from = wide; from < wide_end; from += block_width) {
            const int end = std::min(from + block_width, wide_end);
            subtract_columns(p, wide, from, from, end);
            for (int c = from; c < end; c += strip_width)
                with_constant(std::min(strip_width, end - c), [&](auto columns) { factor_strip<T, columns>(p, from, c); });
        }
    }
}

/// What a factored panel leaves on the rows below it, lower triangle:  update = -L_21 D L_21^T.
/// @param update  by UpdateLayout
template <class T>
void form_update(const FrontPanel<T>& p, T* update) {
    using namespace dense_ldlt;
    const UpdateLayout layout(p.rows - p.width);
    for (std::int64_t first = 0; first < layout.size; first += layout.block) {
        const std::int64_t columns = std::min(layout.block, layout.size - first), rows = layout.stride(first);
        const ConstMap<T> l(p.lower + p.width + first, rows, p.width, Eigen::OuterStride<>(p.stride));
        const ConstMap<T> w = scaled_rows(p, p.width + first, columns, 0, p.width);
        MutableMap<T> target(update + layout.start(first), rows, columns, Eigen::OuterStride<>(rows));
        target.setZero();
        target.topRows(columns).template triangularView<Eigen::Lower>() -= l.topRows(columns) * w.transpose();
        if (rows > columns) target.bottomRows(rows - columns).noalias() -= l.bottomRows(rows - columns) * w.transpose();
    }
}

}  // namespace foramen::engine
