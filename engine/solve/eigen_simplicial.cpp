#include <Eigen/SparseCholesky>
#include <cmath>

#include "engine/core/contract.hpp"
#include "engine/solve/reference_solvers.hpp"
#include "engine/solve/symbolic_factor.hpp"

namespace foramen::engine {

namespace {

class EigenSimplicial final : public LinearSolver {
public:
    explicit EigenSimplicial(std::shared_ptr<const SymbolicFactor> symbolic) : symbolic_(std::move(symbolic)) {
        const SymmetricPattern& pattern = symbolic_->pattern;
        std::vector<int> permuted(pattern.n);
        for (int k = 0; k < pattern.n; ++k) permuted[symbolic_->unknown_at[k]] = k;
        for (int j = 0; j < pattern.n; ++j)
            for (int k = pattern.column_start[j]; k < pattern.column_start[j + 1]; ++k) {
                const int a = permuted[pattern.row[k]], b = permuted[j];
                place_.emplace_back(std::max(a, b), std::min(a, b), 0.0);
            }
        matrix_.resize(pattern.n, pattern.n);
    }

    FactorReport factor(std::span<const double> values) override {
        FORAMEN_EXPECTS(values.size() == place_.size(), values.size(), place_.size());
        FactorReport report;
        factored_ = false;
        for (std::size_t k = 0; k < values.size(); ++k) {
            if (!std::isfinite(values[k])) report.not_finite = true;
            place_[k] = Entry(place_[k].row(), place_[k].col(), values[k]);
        }
        if (report.not_finite) return report;
        matrix_.setFromTriplets(place_.begin(), place_.end());
        solver_.compute(matrix_);
        if (solver_.info() != Eigen::Success) return report;
        const Eigen::VectorXd pivots = solver_.vectorD();
        report.not_finite = !pivots.allFinite();
        report.negative_pivots = static_cast<int>((pivots.array() < 0.0).count());
        report.ok = factored_ = !report.not_finite && (pivots.array() != 0.0).all();
        return report;
    }

    void solve(std::span<double> x, int count) const override {
        const int n = symbolic_->pattern.n;
        FORAMEN_EXPECTS(factored_);
        FORAMEN_EXPECTS(x.size() == static_cast<std::size_t>(n) * count, x.size(), n, count);
        Eigen::VectorXd permuted(n);
        for (int side = 0; side < count; ++side) {
            double* const column = x.data() + static_cast<std::size_t>(side) * n;
            for (int k = 0; k < n; ++k) permuted[k] = column[symbolic_->unknown_at[k]];
            permuted = solver_.solve(permuted).eval();
            for (int k = 0; k < n; ++k) column[symbolic_->unknown_at[k]] = permuted[k];
        }
    }

    std::string_view name() const override { return "Eigen simplicial LDL^T"; }

private:
    using Entry = Eigen::Triplet<double>;

    std::shared_ptr<const SymbolicFactor> symbolic_;
    std::vector<Entry> place_;
    Eigen::SparseMatrix<double> matrix_;
    Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>, Eigen::Lower, Eigen::NaturalOrdering<int>> solver_;
    bool factored_ = false;
};

}  // namespace

std::unique_ptr<LinearSolver> make_eigen_simplicial(std::shared_ptr<const SymbolicFactor> symbolic) {
    return std::make_unique<EigenSimplicial>(std::move(symbolic));
}

}  // namespace foramen::engine
