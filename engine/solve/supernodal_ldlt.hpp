#pragma once

#include "engine/core/raw_buffer.hpp"
#include "engine/solve/compact_factor.hpp"
#include "engine/solve/symbolic_factor.hpp"

namespace foramen::engine {

template <class T>
struct FrontPanel;

/// Multifrontal LDL^T without pivoting, for quasi-definite matrices, in float or double:
///
///     S P A P^T S = L D L^T,      S_i = 2^-trunc(floor(log2|a_ii|) / 2)
///
/// A quasi-definite matrix [A -B^T; -B -C], A and C positive definite, has this factorisation in every order P, with
/// one negative pivot per row of C. S is a power of two, so scaling rounds nothing; without pivoting its only
/// use is that units decades apart neither overflow nor underflow a float.
///
/// One thread, fixed order of operations: the same values give the same bits, whichever thread runs it. factor() and solve()
/// use workspaces of the calling thread: an object holds its factor only, and several threads may solve with one factor. A right-hand side solved in a block
/// and the same one solved alone agree to rounding, not to the bit.
///
/// Source: Vanderbei (1995), Symmetric quasidefinite matrices; Gill, Saunders & Shinnerl (1996), On the stability of
/// Cholesky factorization for symmetric quasidefinite systems; Liu (1992) for the multifrontal method.
template <class T>
class SupernodalLdlt final : public LinearSolver {
public:
    /// @param in_tiles  products in matrix tiles (tile_products.hpp), where this compilation has them and the number is float; the processor must have them
    explicit SupernodalLdlt(std::shared_ptr<const SymbolicFactor> symbolic, bool in_tiles = false);

    [[nodiscard]] FactorReport factor(std::span<const double> values) override;
    [[nodiscard]] FactorReport factor_compact(std::span<const double> values) override;
    void solve(std::span<double> x, int count) const override;
    void keep_compact() override;  // float only
    [[nodiscard]] std::string_view name() const override;

private:
    struct Workspace;  // of factor(), one a thread

    static Workspace& workspace();
    static RawBuffer<T>& spare_panels();
    void scale(std::span<const double> values, Workspace& work);
    [[nodiscard]] FactorReport eliminate(bool compact, Workspace& work);
    void eliminate_front(const FrontPanel<T>& panel, Workspace& work) const;
    void update_below(const FrontPanel<T>& panel, T* update, Workspace& work) const;
    void assemble_panel(int s, T* panel, Workspace& work) const;
    void add_to_update(int s, Workspace& work) const;
    template <class ColumnOf>
    void add_child_columns(int child, int from, int to, Workspace& work, const ColumnOf& column_of) const;
    [[nodiscard]] int eliminated_columns(int child, int s) const;
    /// Counts the pivots of supernode s; false if one is zero or not finite.
    [[nodiscard]] bool inspect_pivots(int s, FactorReport& report);
    void solve_compact(std::span<double> x) const;
    template <class Sides, int lanes>
    void solve_block(std::span<double> x, int count) const;

    std::shared_ptr<const SymbolicFactor> symbolic_;
    std::vector<double> scaling_;  // S by unknown
    RawBuffer<T> panels_;          // L; empty where it is kept compact
    CompactFactor compact_;
    std::vector<T> pivot_, pivot_inverse_;
    bool in_tiles_;
    bool factored_ = false;
};

extern template class SupernodalLdlt<float>;
extern template class SupernodalLdlt<double>;

}  // namespace foramen::engine
