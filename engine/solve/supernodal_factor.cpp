#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>
#include <utility>

#include "engine/core/contract.hpp"
#include "engine/solve/dense_ldlt.hpp"
#include "engine/solve/supernodal_ldlt.hpp"

namespace foramen::engine {

/// Grows to the largest factorisation of the thread.
template <class T>
struct SupernodalLdlt<T>::Workspace {
    std::vector<T> values;   // S A S in the order of the pattern
    std::vector<T> updates;  // Schur complements
    std::vector<T> scaled;   // L D
    std::vector<int> run_end;  // of the rows of a child
    void fit(const SymbolicFactor& symbolic) {
        const auto grow = [](std::vector<T>& v, std::size_t size) {
            if (v.size() < size) v.resize(size);
        };
        grow(values, symbolic.pattern.row.size());
        grow(updates, static_cast<std::size_t>(symbolic.update_storage));
        grow(scaled, static_cast<std::size_t>(symbolic.largest_panel));
    }
};

template <class T>
SupernodalLdlt<T>::SupernodalLdlt(std::shared_ptr<const SymbolicFactor> symbolic) : symbolic_(std::move(symbolic)) {
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
            work.values[k] = static_cast<T>(values[k] * scaling_[j] * scaling_[pattern.row[k]]);
}

/// Adds the Schur complement of a child into the panel and the update of the front of its parent s.
template <class T>
void SupernodalLdlt<T>::add_child_update(int child, int s, Workspace& work) {
    const int size = symbolic_->below(child), width = symbolic_->width(s), below = symbolic_->below(s);
    const std::int64_t stride = symbolic_->panel_stride(s);
    const int* const place = symbolic_->row_in_parent.data() + symbolic_->row_start[child];
    const T* const update = work.updates.data() + symbolic_->update_start[child];
    // rows that follow one another in the parent too are added as one
    std::vector<int>& end = work.run_end;
    end.resize(static_cast<std::size_t>(size));
    for (int i = size - 1; i >= 0; --i) end[i] = i + 1 < size && place[i + 1] == place[i] + 1 ? end[i + 1] : i + 1;
    for (std::int64_t j = 0; j < size; ++j) {
        const T* const from = update + j * size;
        const bool eliminated = place[j] < width;  // column of the panel, not of the update
        T* const to = eliminated ? panels_.data() : work.updates.data();
        const std::int64_t column =
            eliminated ? symbolic_->panel_start[s] + place[j] * stride
                       : symbolic_->update_start[s] + static_cast<std::int64_t>(place[j] - width) * below - width;
        for (std::int64_t i = j; i < size; i = end[i]) {
            T* const target = to + column + place[i] - i;
            for (std::int64_t k = i; k < end[i]; ++k) target[k] += from[k];
        }
    }
}

template <class T>
void SupernodalLdlt<T>::assemble_front(int s, Workspace& work) {
    T* const panel = panels_.data() + symbolic_->panel_start[s];
    std::fill(panel, panels_.data() + symbolic_->panel_start[s + 1], T(0));
    for (int e = symbolic_->entry_start[s]; e < symbolic_->entry_start[s + 1]; ++e)
        panel[symbolic_->entry_target[e]] = work.values[symbolic_->entry[e]];
    const std::int64_t below = symbolic_->below(s);
    T* const update = work.updates.data() + symbolic_->update_start[s];
    for (std::int64_t j = 0; j < below; ++j) std::fill(update + j * below + j, update + (j + 1) * below, T(0));
    for (int c = symbolic_->child_start[s]; c < symbolic_->child_start[s + 1]; ++c)
        add_child_update(symbolic_->child[c], s, work);
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
std::vector<T>& SupernodalLdlt<T>::spare_panels() {
    thread_local std::vector<T> spare;
    return spare;
}

template <class T>
void SupernodalLdlt<T>::keep_compact() {
    if constexpr (std::is_same_v<T, float>) {
        FORAMEN_EXPECTS(factored_);
        if (!CompactFactor::available() || panels_.empty() || !compact_.store(*symbolic_, panels_)) return;
        spare_panels() = std::move(panels_);
        panels_.clear();
    }
}

template <class T>
FactorReport SupernodalLdlt<T>::factor(std::span<const double> values) {
    FORAMEN_EXPECTS(values.size() == symbolic_->pattern.row.size(), values.size(), symbolic_->pattern.row.size());
    thread_local Workspace work;
    work.fit(*symbolic_);
    FactorReport report;
    factored_ = false;
    compact_.clear();
    if (panels_.empty()) panels_.swap(spare_panels());
    panels_.resize(symbolic_->panel_start.back());
    scale(values, work);
    report.smallest_pivot = std::numeric_limits<double>::infinity();
    for (int s = 0; s < symbolic_->supernode_count(); ++s) {
        assemble_front(s, work);
        const FrontPanel<T> panel{.lower = panels_.data() + symbolic_->panel_start[s],
                                  .scaled = work.scaled.data(),
                                  .pivot = pivot_.data() + symbolic_->first_column[s],
                                  .stride = symbolic_->panel_stride(s),
                                  .rows = symbolic_->front_size(s),
                                  .width = symbolic_->width(s)};
        factor_panel(panel);
        if (!inspect_pivots(s, report)) return report;
        subtract_update(panel, work.updates.data() + symbolic_->update_start[s]);
    }
    report.ok = factored_ = true;
    return report;
}

template class SupernodalLdlt<float>;
template class SupernodalLdlt<double>;

}  // namespace foramen::engine
