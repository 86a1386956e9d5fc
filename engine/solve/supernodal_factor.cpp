#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>
#include <utility>

#include "engine/core/contract.hpp"
#include "engine/core/raw_buffer.hpp"
#include "engine/solve/dense_ldlt.hpp"
#include "engine/solve/supernodal_ldlt.hpp"
#include "engine/solve/tile_ldlt.hpp"

namespace foramen::engine {

/// Grows to the largest factorisation of the thread.
template <class T>
struct SupernodalLdlt<T>::Workspace {
    RawBuffer<T> values;   // S A S in the order of the pattern
    RawBuffer<T> updates;  // Schur complements
    RawBuffer<T> panel;    // where each is kept compact at once
    RawBuffer<T> scaled, turned;  // of FrontPanel
    std::vector<int> run_end;  // of the rows of a child
#if FORAMEN_TILES
    TileWorkspace tiles;
#endif
    void fit(const SymbolicFactor& symbolic, [[maybe_unused]] bool in_tiles) {
#if FORAMEN_TILES
        if (in_tiles) tiles.fit(symbolic);
#endif
        values.fit(symbolic.pattern.row.size());
        updates.fit(static_cast<std::size_t>(symbolic.update_storage));
        scaled.fit(dense_ldlt::block_width * static_cast<std::size_t>(SymbolicFactor::padded_size(symbolic.largest_front)));
        turned.fit(dense_ldlt::rows_at_once * static_cast<std::size_t>(symbolic.largest_front));
    }
};

template <class T>
typename SupernodalLdlt<T>::Workspace& SupernodalLdlt<T>::workspace() {
    thread_local Workspace work;
    return work;
}

template <class T>
SupernodalLdlt<T>::SupernodalLdlt(std::shared_ptr<const SymbolicFactor> symbolic, bool in_tiles) : symbolic_(std::move(symbolic)), in_tiles_(in_tiles) {
    const int n = symbolic_->pattern.n;
    scaling_.resize(n);
    pivot_.resize(n);
    pivot_inverse_.resize(n);
}

template <class T>
std::string_view SupernodalLdlt<T>::name() const {
    return sizeof(T) == 4 ? "supernodal LDL^T, f32" : "supernodal LDL^T, f64";
}

template <class T>
void SupernodalLdlt<T>::scale(std::span<const double> values, Workspace& work) {
    const SymmetricPattern& pattern = symbolic_->pattern;
    for (int j = 0; j < pattern.n; ++j) {
        const double diagonal = std::abs(values[pattern.column_start[j]]);
        scaling_[j] = diagonal > 0.0 ? std::ldexp(1.0, -(std::ilogb(diagonal) / 2)) : 1.0;
    }
    for (int j = 0; j < pattern.n; ++j)
        for (int k = pattern.column_start[j]; k < pattern.column_start[j + 1]; ++k)
            work.values.data()[k] = static_cast<T>(values[k] * scaling_[j] * scaling_[pattern.row[k]]);
}

/// Adds columns from .. to-1 of the Schur complement of a child to the front of its parent s.
/// @param column_of  where the parent has a column, given its place in the front: add a row's place
template <class T>
template <class ColumnOf>
void SupernodalLdlt<T>::add_child_columns(int child, int from, int to, Workspace& work, const ColumnOf& column_of) const {
    const int size = symbolic_->below(child);
    const int* const place = symbolic_->row_in_parent.data() + symbolic_->row_start[child];
    const T* const update = work.updates.data() + symbolic_->update_start[child];
    const UpdateLayout layout(size);
    // rows that follow one another in the parent too are added as one
    std::vector<int>& end = work.run_end;
    end.resize(static_cast<std::size_t>(size));
    for (int i = size - 1; i >= from; --i) end[i] = i + 1 < size && place[i + 1] == place[i] + 1 ? end[i + 1] : i + 1;
    for (std::int64_t j = from; j < to; ++j) {
        const T* const given = update + layout.column(j);
        T* const column = column_of(place[j]);
        for (std::int64_t i = j; i < size; i = end[i]) {
            T* const target = column + place[i] - i;
#pragma GCC ivdep  // a child's update lies elsewhere
            for (std::int64_t k = i; k < end[i]; ++k) target[k] += given[k];
        }
    }
}

/// Columns of a child's update that its parent eliminates come first.
template <class T>
int SupernodalLdlt<T>::eliminated_columns(int child, int s) const {
    const int* const place = symbolic_->row_in_parent.data() + symbolic_->row_start[child];
    return static_cast<int>(std::lower_bound(place, place + symbolic_->below(child), symbolic_->width(s)) - place);
}

/// Columns of front s that are eliminated: entries of A and what the children leave on them.
template <class T>
void SupernodalLdlt<T>::assemble_panel(int s, T* panel, Workspace& work) const {
    std::fill_n(panel, symbolic_->panel_start[s + 1] - symbolic_->panel_start[s], T(0));
    const std::int64_t stride = symbolic_->panel_stride(s);
    for (int r = symbolic_->run_start[s]; r < symbolic_->run_start[s + 1]; ++r) {
        const EntryRun& run = symbolic_->run[r];
        const T* const given = work.values.data() + run.entry;
        T* const to = panel + run.target;
        const std::int64_t step = run.across ? stride : 1;
        for (int k = 0; k < run.count; ++k) to[k * step] = given[k];
    }
    for (int c = symbolic_->child_start[s]; c < symbolic_->child_start[s + 1]; ++c) {
        const int child = symbolic_->child[c];
        add_child_columns(child, 0, eliminated_columns(child, s), work, [&](int place) { return panel + place * stride; });
    }
}

/// Adds what the children leave on the rows below front s.
template <class T>
void SupernodalLdlt<T>::add_to_update(int s, Workspace& work) const {
    const int width = symbolic_->width(s);
    const UpdateLayout layout(symbolic_->below(s));
    T* const update = work.updates.data() + symbolic_->update_start[s] - width;
    for (int c = symbolic_->child_start[s]; c < symbolic_->child_start[s + 1]; ++c) {
        const int child = symbolic_->child[c];
        add_child_columns(child, eliminated_columns(child, s), symbolic_->below(child), work, [&](int place) { return update + layout.column(place - width); });
    }
}

/// A NaN or an infinity in row i of A or L reaches pivot i, d_i = a_ii - sum_j l_ij^2 d_j: looking at pivots is enough.
template <class T>
bool SupernodalLdlt<T>::inspect_pivots(int s, FactorReport& report) {
    for (int k = symbolic_->first_column[s]; k < symbolic_->first_column[s + 1]; ++k) {
        if (!std::isfinite(pivot_[k])) report.not_finite = true;
        if (report.not_finite || pivot_[k] == T(0)) return false;
        report.negative_pivots += pivot_[k] < T(0);
        report.smallest_pivot = std::min(report.smallest_pivot, std::abs(static_cast<double>(pivot_[k])));
        pivot_inverse_[k] = T(1) / pivot_[k];
    }
    return true;
}

/// Storage that the last factor of this thread no longer needed.
template <class T>
RawBuffer<T>& SupernodalLdlt<T>::spare_panels() {
    thread_local RawBuffer<T> spare;
    return spare;
}

template <class T>
void SupernodalLdlt<T>::keep_compact() {
    if constexpr (std::is_same_v<T, float>) {
        FORAMEN_EXPECTS(factored_);
        if (!CompactFactor::available() || panels_.empty()) return;
        compact_.begin(*symbolic_);
        for (int s = 0; s < symbolic_->supernode_count(); ++s) compact_.append(*symbolic_, s, panels_.data() + symbolic_->panel_start[s]);
        if (!compact_.finish()) return;
        spare_panels() = std::move(panels_);
        panels_ = {};
    }
}

template <class T>
void SupernodalLdlt<T>::eliminate_front(const FrontPanel<T>& panel, [[maybe_unused]] Workspace& work) const {
#if FORAMEN_TILES
    if constexpr (std::is_same_v<T, float>)
        if (in_tiles_) return factor_panel(panel, work.tiles);
#endif
    factor_panel(panel);
}

template <class T>
void SupernodalLdlt<T>::update_below(const FrontPanel<T>& panel, T* update, [[maybe_unused]] Workspace& work) const {
#if FORAMEN_TILES
    if constexpr (std::is_same_v<T, float>)
        if (in_tiles_) return form_update(panel, update, work.tiles);
#endif
    form_update(panel, update);
}

/// @param compact  L is kept compact alone, and a panel lives no longer than its own elimination
template <class T>
FactorReport SupernodalLdlt<T>::eliminate(bool compact, Workspace& work) {
    FactorReport report;
    report.smallest_pivot = std::numeric_limits<double>::infinity();
    for (int s = 0; s < symbolic_->supernode_count(); ++s) {
        T* const lower = compact ? work.panel.data() : panels_.data() + symbolic_->panel_start[s];
        assemble_panel(s, lower, work);
        const FrontPanel<T> panel{.lower = lower,
                                  .pivot = pivot_.data() + symbolic_->first_column[s],
                                  .scaled = work.scaled.data(),
                                  .turned = work.turned.data(),
                                  .stride = symbolic_->panel_stride(s),
                                  .rows = symbolic_->front_size(s),
                                  .width = symbolic_->width(s)};
        eliminate_front(panel, work);
        if (!inspect_pivots(s, report)) return report;
        update_below(panel, work.updates.data() + symbolic_->update_start[s], work);
        add_to_update(s, work);
        if constexpr (std::is_same_v<T, float>)
            if (compact) compact_.append(*symbolic_, s, lower);
    }
    report.ok = true;
    return report;
}

template <class T>
FactorReport SupernodalLdlt<T>::factor(std::span<const double> values) {
    FORAMEN_EXPECTS(values.size() == symbolic_->pattern.row.size(), values.size(), symbolic_->pattern.row.size());
    Workspace& work = workspace();
    work.fit(*symbolic_, in_tiles_);
    factored_ = false;
    compact_.clear();
    if (panels_.empty()) std::swap(panels_, spare_panels());
    panels_.fit(static_cast<std::size_t>(symbolic_->panel_start.back()));
    scale(values, work);
    const FactorReport report = eliminate(false, work);
    factored_ = report.ok;
    return report;
}

template <class T>
FactorReport SupernodalLdlt<T>::factor_compact(std::span<const double> values) {
    if (!std::is_same_v<T, float> || !CompactFactor::available()) return factor(values);
    FORAMEN_EXPECTS(values.size() == symbolic_->pattern.row.size(), values.size(), symbolic_->pattern.row.size());
    Workspace& work = workspace();
    work.fit(*symbolic_, in_tiles_);
    factored_ = false;
    panels_ = {};
    compact_.begin(*symbolic_);
    work.panel.fit(static_cast<std::size_t>(symbolic_->largest_panel));
    scale(values, work);
    const FactorReport report = eliminate(true, work);
    if (!report.ok) return report;
    if (!compact_.finish()) return factor(values);  // beyond what a half can hold
    factored_ = true;
    return report;
}

template class SupernodalLdlt<float>;
template class SupernodalLdlt<double>;

}  // namespace foramen::engine
