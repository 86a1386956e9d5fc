#pragma once

#include <Eigen/Dense>
#include <span>
#include <vector>

#include "engine/solve/newton.hpp"
#include "engine/system/system.hpp"

namespace foramen::engine {

/// A system near a reference state in few coordinates q = (a, b):
///
///     moves of the bodies and displacements = reference + Phi a,    pressures = reference + Psi b
///
/// with a [mm], b [MPa]; Phi and Psi have no unit (rotations in Phi: 1/mm). A body's rotation is exp(theta) R_ref with theta linear in a. Tied nodes follow their bodies exactly.
struct ReducedBasis {
    SystemState reference;
    Eigen::MatrixXd moves;                      ///< of Phi: six a body (translation, rotation vector, fixed frame), then amplitudes
    std::vector<Eigen::MatrixXd> displacement;  ///< of Phi, per domain: three rows a node, zero where tied or fixed
    std::vector<Eigen::MatrixXd> pressure;      ///< Psi, per domain: a row a node, zero where drained

    [[nodiscard]] int displacement_modes() const { return static_cast<int>(moves.cols()); }
    [[nodiscard]] int pressure_modes() const { return pressure.empty() ? 0 : static_cast<int>(pressure.front().cols()); }
    [[nodiscard]] int size() const { return displacement_modes() + pressure_modes(); }
};

struct BasisOptions {
    double displacement_share = 5e-5;  ///< of the largest singular value, below which modes are left out; below 1e-7 rounding would make some
    double pressure_share = 1e-3;
    int most_modes = 40;               ///< of displacements, and of pressures, before supremisers
};

/// Proper orthogonal decomposition of the snapshots' deviations from the system's present state, displacements and pressures apart, and for
/// each pressure mode the displacements that it causes in the drained system (supremiser), without which pressures are undetermined where
/// displacements of quick loads keep all volumes. A body's moves weigh as much as the nodes that it carries.
/// Sources: Sirovich (1987) Q Appl Math 45:561 (snapshots); Rozza & Veroy (2007) Comput Methods Appl Mech Eng 196:1244 (supremisers).
/// @param newton  of the system; its factors are overwritten
[[nodiscard]] ReducedBasis make_basis(System& system, NewtonSolver& newton, std::span<const SystemState> snapshots, const BasisOptions& options);

/// Puts the system into the state of q. @param basis  of the system's own nodes
void place(System& system, const ReducedBasis& basis, const Eigen::VectorXd& q);

/// The bodies alone.
void place_bodies(System& system, const ReducedBasis& basis, const Eigen::VectorXd& q);

/// Coordinates whose state is nearest to a given one, in the norms of the decomposition.
[[nodiscard]] Eigen::VectorXd nearest_coordinates(const System& system, const ReducedBasis& basis, const SystemState& state);

/// d(moves of the bodies, about their present poses)/da: the rotations' slope at q.
[[nodiscard]] Eigen::MatrixXd moves_at(const System& system, const ReducedBasis& basis, const Eigen::VectorXd& q);

/// Residuals in the coordinates' directions.
struct ReducedResidual {
    Eigen::VectorXd force;    ///< Phi^T (forces and moments) [N]
    Eigen::VectorXd volume;   ///< Psi^T M [mm3]
    Eigen::VectorXd outflow;  ///< Psi^T Q [mm3/s]
};
/// Of the last evaluation, at coordinates q.
[[nodiscard]] ReducedResidual project(const System& system, const NewtonSolver& newton, const ReducedBasis& basis, const Eigen::VectorXd& q);

/// The part of what acts between bodies, and on what is tied to them.
[[nodiscard]] ReducedResidual project_bodies(const System& system, const NewtonSolver& newton, const ReducedBasis& basis, const Eigen::VectorXd& q);

/// The discs' part of the tangent of (force, -(M + tau Q)) in the coordinates, symmetric, slack fibres kept stiff; at the present state, which
/// is that of q.
[[nodiscard]] Eigen::MatrixXd disc_tangent(System& system, const ReducedBasis& basis, const Eigen::VectorXd& q, double tau);

/// Adds the part of what acts between bodies, of the last evaluation.
void add_body_tangent(const System& system, const NewtonSolver& newton, const ReducedBasis& basis, const Eigen::VectorXd& q, Eigen::MatrixXd& K);

/// One correction of all unknowns by the present factors towards balanced forces, volumes unchanged: what a state of few coordinates lacks.
/// The state was evaluated last, in a bare stage.
void balance_forces(System& system, NewtonSolver& newton);

/// A stage whose residuals hold forces and volumes alone: no time, no target.
[[nodiscard]] StageInput bare_stage(const System& system);

}  // namespace foramen::engine
