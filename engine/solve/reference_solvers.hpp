#pragma once

#include <memory>

#include "engine/solve/linear_solver.hpp"

namespace foramen::engine {

// Other people's solvers behind our interface: what the tests compare the supernodal solver with.

/// Eigen's simplicial LDL^T, in our node order.
[[nodiscard]] std::unique_ptr<LinearSolver> make_eigen_simplicial(std::shared_ptr<const SymbolicFactor> symbolic);

/// Makes SolverKind::mumps available in this program, which links foramen_mumps for it: a program for users carries no MUMPS, nor the nine
/// libraries under it. Sequential MUMPS in double precision, symmetric indefinite with pivoting, in its own order. MUMPS and the BLAS under
/// it keep global state: no two threads of a process may use it, not even on different objects.
/// @return false: this build found no MUMPS (Debian: libmumps-seq-dev)
/// Source: Amestoy, Duff, L'Excellent & Koster (2001), A fully asynchronous multifrontal solver using distributed
/// dynamic scheduling.
bool offer_mumps();

using SolverFactory = std::unique_ptr<LinearSolver> (*)(std::shared_ptr<const SymbolicFactor>);
void set_mumps(SolverFactory factory);

}  // namespace foramen::engine
