#include <type_traits>

#include "engine/core/contract.hpp"
#include "engine/solve/supernodal_ldlt.hpp"
#include "engine/solve/triangular_solve.hpp"

namespace foramen::engine {

namespace {

/// Forward and backward substitution through all fronts.
/// @param x  permuted right-hand sides, `lanes` numbers per unknown; overwritten by the solution
/// @param y  rows of one front, padded
template <class Sides, int lanes, class T>
void substitute(const SymbolicFactor& symbolic, const RawBuffer<T>& panels, const std::vector<T>& pivot_inverse, T* x,
                T* y) {
    const auto panel = [&](int s) {
        return LowerPanel<T>{.lower = panels.data() + symbolic.panel_start[s],
                             .stride = symbolic.panel_stride(s),
                             .rows = symbolic.front_size(s),
                             .width = symbolic.width(s)};
    };
    for (int s = 0; s < symbolic.supernode_count(); ++s) {
        const LowerPanel<T> p = panel(s);
        T* const own = x + static_cast<long>(symbolic.first_column[s]) * lanes;
        std::copy_n(own, p.width * lanes, y);
        std::fill(y + p.width * lanes, y + p.stride * lanes, T(0));
        solve_lower<Sides>(p, y);
        std::copy_n(y, p.width * lanes, own);
        const int* const row = symbolic.row.data() + symbolic.row_start[s];
        for (int k = 0; k < p.rows - p.width; ++k)
            for (int lane = 0; lane < lanes; ++lane)
                x[static_cast<long>(row[k]) * lanes + lane] += y[(p.width + k) * lanes + lane];
    }
    for (int s = symbolic.supernode_count() - 1; s >= 0; --s) {
        const LowerPanel<T> p = panel(s);
        const int first = symbolic.first_column[s];
        T* const own = x + static_cast<long>(first) * lanes;
        for (int k = 0; k < p.width; ++k)
            for (int lane = 0; lane < lanes; ++lane)
                y[k * lanes + lane] = own[k * lanes + lane] * pivot_inverse[first + k];
        const int* const row = symbolic.row.data() + symbolic.row_start[s];
        for (int k = 0; k < p.rows - p.width; ++k)
            std::copy_n(x + static_cast<long>(row[k]) * lanes, lanes, y + (p.width + k) * lanes);
        std::fill(y + p.rows * lanes, y + p.stride * lanes, T(0));
        solve_upper<Sides>(p, y);
        std::copy_n(y, p.width * lanes, own);
    }
}

}  // namespace

template <class T>
template <class Sides, int lanes>
void SupernodalLdlt<T>::solve_block(std::span<double> x, int count) const {
    thread_local std::vector<T> workspace;  // grows to the largest solve of the thread
    const SymbolicFactor& symbolic = *symbolic_;
    const std::size_t n = symbolic.pattern.n;
    const std::size_t needed = (n + SymbolicFactor::padded_size(symbolic.largest_front)) * lanes;
    if (workspace.size() < needed) workspace.resize(needed);
    T* const permuted = workspace.data();
    for (std::size_t k = 0; k < n; ++k) {
        const int unknown = symbolic.unknown_at[k];
        for (int side = 0; side < lanes; ++side)
            permuted[k * lanes + side] =
                side < count ? static_cast<T>(x[side * n + unknown] * scaling_[unknown]) : T(0);
    }
    substitute<Sides, lanes>(symbolic, panels_, pivot_inverse_, permuted, permuted + n * lanes);
    for (std::size_t k = 0; k < n; ++k) {
        const int unknown = symbolic.unknown_at[k];
        for (int side = 0; side < count; ++side)
            x[side * n + unknown] = static_cast<double>(permuted[k * lanes + side]) * scaling_[unknown];
    }
}

template <class T>
void SupernodalLdlt<T>::solve_compact(std::span<double> x) const {
    if constexpr (std::is_same_v<T, float>) {
        thread_local std::vector<float> workspace;
        const SymbolicFactor& symbolic = *symbolic_;
        const std::size_t n = x.size();
        const std::size_t needed = n + CompactFactor::extra_size(symbolic);
        if (workspace.size() < needed) workspace.resize(needed);
        for (std::size_t k = 0; k < n; ++k) workspace[k] = static_cast<float>(x[symbolic.unknown_at[k]] * scaling_[symbolic.unknown_at[k]]);
        compact_.substitute(symbolic, pivot_inverse_, workspace.data(), workspace.data() + n);
        for (std::size_t k = 0; k < n; ++k) x[symbolic.unknown_at[k]] = static_cast<double>(workspace[k]) * scaling_[symbolic.unknown_at[k]];
    }
}

template <class T>
void SupernodalLdlt<T>::solve(std::span<double> x, int count) const {
    FORAMEN_EXPECTS(factored_);
    const std::size_t n = symbolic_->pattern.n;
    FORAMEN_EXPECTS(count >= 0 && x.size() == n * static_cast<std::size_t>(count), x.size(), n, count);
    if (!compact_.empty()) {
        for (int side = 0; side < count; ++side) solve_compact(x.subspan(side * n, n));
        return;
    }
    constexpr int lanes = Lanes<T>::count;
    constexpr int widest = 2;  // vectors per row; three no longer fit the registers and are slower than two sweeps
    for (int done = 0; done < count;) {
        const int sides = std::min(count - done, widest * lanes);
        const std::span<double> part = x.subspan(done * n, sides * n);
        if (sides == 1) {
            solve_block<SingleSide<T>, 1>(part, sides);
        } else if (sides <= lanes) {
            solve_block<ManySides<T, 1>, lanes>(part, sides);
        } else {
            solve_block<ManySides<T, widest>, widest * lanes>(part, sides);
        }
        done += sides;
    }
}

template void SupernodalLdlt<float>::solve_compact(std::span<double>) const;
template void SupernodalLdlt<double>::solve_compact(std::span<double>) const;
template void SupernodalLdlt<float>::solve(std::span<double>, int) const;
template void SupernodalLdlt<double>::solve(std::span<double>, int) const;

}  // namespace foramen::engine
