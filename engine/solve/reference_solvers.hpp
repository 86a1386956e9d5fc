#pragma once

#include <memory>

#include "engine/solve/linear_solver.hpp"

namespace foramen::engine {

// Other people's solvers behind our interface: what the tests compare the supernodal solver with.

/// Eigen's simplicial LDL^T, in our node order.
[[nodiscard]] std::unique_ptr<LinearSolver> make_eigen_simplicial(std::shared_ptr<const SymbolicFactor> symbolic);

/// Sequential MUMPS in double precision, symmetric indefinite with pivoting, in its own order. MUMPS and the BLAS under
/// it keep global state: no two threads of a process may use it, not even on different objects.
/// @throws std::runtime_error if this build found no MUMPS.
/// Source: Amestoy, Duff, L'Excellent & Koster (2001), A fully asynchronous multifrontal solver using distributed
/// dynamic scheduling.
[[nodiscard]] std::unique_ptr<LinearSolver> make_mumps(std::shared_ptr<const SymbolicFactor> symbolic);

[[nodiscard]] bool mumps_available();

}  // namespace foramen::engine
