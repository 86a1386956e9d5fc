#pragma once

#include <Eigen/Dense>
#include <span>
#include <vector>

#include "engine/reduced/element_sampling.hpp"
#include "engine/reduced/reduced_basis.hpp"

namespace foramen::engine {

/// The discs' tangent at one state; what acts between bodies is added as it is.
struct ReducedTangent {
    Eigen::VectorXd q;
    Eigen::MatrixXd K;
};

/// All that a ReducedStepper needs besides a system of sampled elements. The residual of coordinates q in a step of length h is
///
///     R = (Phi^T f,  -Psi^T (M + h Q) + m),      m = Psi^T M*
///
/// with sums over the sampled elements, the forces between bodies in full, and `missing` making it that of all elements at the reference.
struct ReducedModel {
    double step = 0.0;           ///< h that the tangents are made for [s]
    ReducedBasis basis;          ///< on all nodes
    ElementSample sample;
    ReducedResidual missing;     ///< all elements less the sampled ones, at the reference
    std::vector<ReducedTangent> tangents;

    /// Whether all sizes and indices agree with each other and with a system of all elements.
    [[nodiscard]] bool fits(const System& system) const;
};

struct ReductionOptions {
    BasisOptions basis;
    SamplingOptions sampling;
    int states = 60;    ///< at most, that elements are chosen by
    int tangents = 24;  ///< at most
};

/// Chooses coordinates and elements. @param system  at the reference, under the loads of the reference  @param newton  its factors are
/// overwritten
[[nodiscard]] ReducedModel choose_coordinates(System& system, NewtonSolver& newton, std::span<const SystemState> snapshots, double step, const ReductionOptions& options);

/// Fills in `missing` and the tangents. @param sampled  the system with sampled_domain in place of each domain, under the same loads
void finish_reduction(ReducedModel& model, System& system, NewtonSolver& newton, System& sampled, NewtonSolver& sampled_newton,
                      std::span<const SystemState> snapshots, int tangents);

/// Indices of at most `count` points, each as far as can be from those before; the first is the origin's nearest.
[[nodiscard]] std::vector<std::size_t> spread_out(std::span<const Eigen::VectorXd> points, const Eigen::VectorXd& unit, std::size_t count);

/// One over the root mean square of the coordinates' two parts: makes displacements and pressures comparable.
[[nodiscard]] Eigen::VectorXd coordinate_units(std::span<const Eigen::VectorXd> points, int displacement_modes);

}  // namespace foramen::engine
