#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace foramen::engine {

/// Lower triangle, diagonal included, of a symmetric matrix in compressed columns; rows ascend in each column, so the
/// diagonal comes first.
struct SymmetricPattern {
    int n = 0;                      ///< unknowns
    std::vector<int> column_start;  ///< n + 1 offsets into `row`
    std::vector<int> row;           ///< row of each entry
    std::vector<int> node_of;       ///< node of each unknown, 0 .. nodes-1, every node used

    [[nodiscard]] int entry_count() const { return static_cast<int>(row.size()); }
};

/// What a factorisation found. `negative_pivots` is the inertia alarm of a u-p matrix: it equals the number of pressure
/// unknowns in every healthy state.
struct FactorReport {
    bool ok = false;              ///< finite, and no pivot is zero; without it solve() must not be called
    bool not_finite = false;      ///< NaN or infinity in the values or in a pivot
    int negative_pivots = 0;      ///< complete only if ok
    double smallest_pivot = 0.0;  ///< smallest |pivot| [1] after scaling the diagonal to about one; 0 if not known
    double assembly_seconds = 0.0, factor_seconds = 0.0;  ///< of a domain; a solver alone leaves them
};

/// Direct solver of A x = b for symmetric A; one object holds one factor.
class LinearSolver {
public:
    virtual ~LinearSolver() = default;

    /// Factors the matrix; may be repeated with new values any number of times.
    /// @param values  lower triangle, in the order of the pattern's `row`
    [[nodiscard]] virtual FactorReport factor(std::span<const double> values) = 0;

    /// Solves in place for `count` right-hand sides stored one after another, n doubles each.
    /// Needs a factor() that was ok. Different objects may be used by different threads at the same time.
    virtual void solve(std::span<double> x, int count) const = 0;

    /// Keeps the factor in half the space, where kind and processor can: for a factor whose solutions only correct a residual that is looked at
    /// again. Later solves leave some 3e-3 of a right-hand side.
    virtual void keep_compact() {}

    /// factor() and keep_compact(), where kind and processor can without ever holding all of the factor at full size: for a matrix that is
    /// solved with afterwards only.
    [[nodiscard]] virtual FactorReport factor_compact(std::span<const double> values) {
        const FactorReport report = factor(values);
        if (report.ok) keep_compact();
        return report;
    }

    [[nodiscard]] virtual std::string_view name() const = 0;
};

/// supernodal_f32 and supernodal_f64: signed LDL^T, for quasi-definite matrices, the solver of every run.
/// eigen_simplicial: the same factorisation by Eigen, for tests and small meshes.
/// mumps: pivoting reference for tests, in programs that offer it (reference_solvers.hpp). Not thread safe: use it from one thread of the process only.
enum class SolverKind { supernodal_f32, supernodal_f64, eigen_simplicial, mumps };

struct SymbolicFactor;
struct NodeGraph;

/// The symbolic analysis: once per pattern, then shared, read only, by every solver of that pattern.
/// @throws ContractViolation if the pattern is not as SymmetricPattern says.
[[nodiscard]] std::shared_ptr<const SymbolicFactor> analyze(SymmetricPattern pattern);
/// How much care the order of the nodes is worth. one_factor: separators are refined once, which takes a quarter less time
/// than many_factors and costs the factor 2 %.
enum class OrderingCare { many_factors, one_factor };

/// The same, where the graph of the pattern's nodes (ordering.hpp) is known already.
[[nodiscard]] std::shared_ptr<const SymbolicFactor> analyze(SymmetricPattern pattern, const NodeGraph& graph,
                                                            OrderingCare care = OrderingCare::many_factors);

/// @throws std::runtime_error if this program lacks the kind (mumps only).
[[nodiscard]] std::unique_ptr<LinearSolver> make_linear_solver(SolverKind kind,
                                                               std::shared_ptr<const SymbolicFactor> symbolic);

/// Analyses the pattern for this one solver.
[[nodiscard]] std::unique_ptr<LinearSolver> make_linear_solver(SolverKind kind, const SymmetricPattern& pattern);

[[nodiscard]] bool solver_available(SolverKind kind);

/// out = A x from the stored lower triangle: the product that iterative refinement of a f32 factor needs,
///     x <- x + solve(b - A x).
void symmetric_product(const SymmetricPattern& pattern, std::span<const double> values, std::span<const double> x,
                       std::span<double> out);

}  // namespace foramen::engine
