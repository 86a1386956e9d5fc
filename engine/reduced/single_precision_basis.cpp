#include "engine/reduced/single_precision_basis.hpp"

namespace foramen::engine {

SinglePrecisionBasis::SinglePrecisionBasis(const ReducedBasis& basis) {
    for (const Eigen::MatrixXd& u : basis.displacement) displacement_.emplace_back(u);
    for (const Eigen::MatrixXd& p : basis.pressure) pressure_.emplace_back(p);
}

void SinglePrecisionBasis::place(System& system, const ReducedBasis& basis, const Eigen::VectorXd& q) {
    place_bodies(system, basis, q);
    const Eigen::VectorXd a = q.head(basis.displacement_modes()), b = q.tail(basis.pressure_modes());
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        system.domains[d].u = basis.reference.u[d] + displacement_[d].times(a).cast<double>();
        system.domains[d].p = basis.reference.p[d] + pressure_[d].times(b).cast<double>();
        system.place_ties(static_cast<int>(d));
    }
}

ReducedResidual SinglePrecisionBasis::project(const System& system, const NewtonSolver& newton, const ReducedBasis& basis, const Eigen::VectorXd& q) {
    ReducedResidual out = project_bodies(system, newton, basis, q);
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        displacement_[d].add_transposed_times(newton.residuals()[d].force, out.force);
        pressure_[d].add_transposed_times(newton.residuals()[d].volume, out.volume);
        pressure_[d].add_transposed_times(newton.residuals()[d].outflow, out.outflow);
    }
    return out;
}

}  // namespace foramen::engine
