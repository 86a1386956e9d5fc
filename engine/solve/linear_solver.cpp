#include "engine/solve/linear_solver.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/core/contract.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/solve/reference_solvers.hpp"
#include "engine/solve/symbolic_factor.hpp"

namespace foramen::engine {

namespace {
SolverFactory mumps = nullptr;
}  // namespace

void set_mumps(SolverFactory factory) { mumps = factory; }

std::unique_ptr<LinearSolver> make_linear_solver(SolverKind kind, std::shared_ptr<const SymbolicFactor> symbolic) {
    FORAMEN_EXPECTS(symbolic != nullptr);
    switch (kind) {
        case SolverKind::supernodal_f32: return kernels().make_supernodal_f32(std::move(symbolic));
        case SolverKind::supernodal_f64: return kernels().make_supernodal_f64(std::move(symbolic));
        case SolverKind::eigen_simplicial: return make_eigen_simplicial(std::move(symbolic));
        case SolverKind::mumps:
            if (mumps == nullptr) throw std::runtime_error("this program has no MUMPS: offer_mumps() makes it available where the build found it");
            return mumps(std::move(symbolic));
    }
    throw std::logic_error("make_linear_solver: unknown kind");
}

std::unique_ptr<LinearSolver> make_linear_solver(SolverKind kind, const SymmetricPattern& pattern) {
    return make_linear_solver(kind, analyze(pattern));
}

bool solver_available(SolverKind kind) { return kind != SolverKind::mumps || mumps != nullptr; }

void symmetric_product(const SymmetricPattern& pattern, std::span<const double> values, std::span<const double> x,
                       std::span<double> out) {
    FORAMEN_EXPECTS(values.size() == pattern.row.size(), values.size(), pattern.row.size());
    FORAMEN_EXPECTS(x.size() == static_cast<std::size_t>(pattern.n) && out.size() == x.size(), x.size(), out.size());
    std::fill(out.begin(), out.end(), 0.0);
    for (int j = 0; j < pattern.n; ++j) {
        const int diagonal = pattern.column_start[j];
        double sum = values[diagonal] * x[j];
        for (int k = diagonal + 1; k < pattern.column_start[j + 1]; ++k) {
            sum += values[k] * x[pattern.row[k]];
            out[pattern.row[k]] += values[k] * x[j];
        }
        out[j] += sum;
    }
}

}  // namespace foramen::engine
