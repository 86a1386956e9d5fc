#pragma once

#include <vector>

#include "engine/kernels/tall_matrix.hpp"
#include "engine/reduced/reduced_basis.hpp"

namespace foramen::engine {

/// place() and project() of a ReducedBasis for a thousand calls a second: displacements and pressures in single precision (1e-6 of their
/// change since the reference), the bodies' moves in double.
class SinglePrecisionBasis {
public:
    explicit SinglePrecisionBasis(const ReducedBasis& basis);

    /// @param basis  that this one was made of, here and below
    void place(System& system, const ReducedBasis& basis, const Eigen::VectorXd& q);
    [[nodiscard]] ReducedResidual project(const System& system, const NewtonSolver& newton, const ReducedBasis& basis, const Eigen::VectorXd& q);

private:
    std::vector<TallMatrix> displacement_, pressure_;
};

}  // namespace foramen::engine
