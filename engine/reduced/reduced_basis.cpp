#include "engine/reduced/reduced_basis.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"

namespace foramen::engine {

namespace {

constexpr double drained_tau = 1e6;  // s, in which all pressure has left: the factor's response is that of the drained system
constexpr double arm = 30.0;         // turns a rotation into a displacement [mm]

/// Weight of each move: the square root of the number of nodes that hang on a body, times the arm for a rotation.
Eigen::VectorXd move_weights(const System& system) {
    Eigen::VectorXd nodes = Eigen::VectorXd::Ones(system.body_count());
    for (std::size_t d = 0; d < system.domains.size(); ++d)
        for (const Tie& tie : system.domains[d].spec().ties) nodes[system.domain_bodies[d][static_cast<std::size_t>(tie.slot)]] += 1.0;
    Eigen::VectorXd weight = Eigen::VectorXd::Ones(system.move_count());
    for (int body = 0; body < system.body_count(); ++body) {
        weight.segment<3>(6 * body).setConstant(std::sqrt(nodes[body]));
        weight.segment<3>(6 * body + 3).setConstant(arm * std::sqrt(nodes[body]));
    }
    return weight;
}

Eigen::VectorXd moves_between(const System& system, const SystemState& from, const SystemState& to) {
    Eigen::VectorXd moves = Eigen::VectorXd::Zero(system.move_count());
    for (int body = 0; body < system.body_count(); ++body) {
        const Pose &a = from.poses[static_cast<std::size_t>(body)], &b = to.poses[static_cast<std::size_t>(body)];
        const Eigen::Vector3d move = b.origin - a.origin, turn = vector_from_rotation(b.rotation * a.rotation.transpose());
        for (int k = 0; k < 3; ++k) {
            if (system.free[static_cast<std::size_t>(body)][static_cast<std::size_t>(k)]) moves[6 * body + k] = move[k];
            if (system.free[static_cast<std::size_t>(body)][static_cast<std::size_t>(k + 3)]) moves[6 * body + 3 + k] = turn[k];
        }
    }
    for (std::size_t f = 0; f < system.flexible.size(); ++f)
        moves.segment(system.amplitude_offset(static_cast<int>(f)), to.amplitude[f].size()) = to.amplitude[f] - from.amplitude[f];
    return moves;
}

/// Displacements of a domain's free nodes, the others zero.
Eigen::VectorXd free_displacement(const BiphasicDomain& domain, Eigen::VectorXd u) {
    for (int n = 0; n < domain.node_count(); ++n)
        for (int k = 0; k < 3; ++k)
            if (domain.unknown(n, k) < 0) u[3 * n + k] = 0.0;
    return u;
}

Eigen::VectorXd free_pressure(const BiphasicDomain& domain, Eigen::VectorXd p) {
    for (int n = 0; n < domain.node_count(); ++n)
        if (domain.unknown(n, 3) < 0) p[n] = 0.0;
    return p;
}

/// One column: weighted moves, then all displacements.
Eigen::VectorXd deviation(const System& system, const SystemState& from, const SystemState& to, const Eigen::VectorXd& weight) {
    Eigen::VectorXd column = moves_between(system, from, to).cwiseProduct(weight);
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        const Eigen::VectorXd u = free_displacement(system.domains[d], to.u[d] - from.u[d]);
        column.conservativeResize(column.size() + u.size());
        column.tail(u.size()) = u;
    }
    return column;
}

Eigen::VectorXd pressure_deviation(const System& system, const SystemState& from, const SystemState& to) {
    Eigen::VectorXd column(0);
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        const Eigen::VectorXd p = free_pressure(system.domains[d], to.p[d] - from.p[d]);
        column.conservativeResize(column.size() + p.size());
        column.tail(p.size()) = p;
    }
    return column;
}

/// Left singular vectors above a share of the largest singular value, by the snapshots' products.
Eigen::MatrixXd leading_modes(const Eigen::MatrixXd& snapshots, double share, int most) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(snapshots.transpose() * snapshots);  // ascending
    const Eigen::VectorXd& values = eigen.eigenvalues();
    const double largest = values[values.size() - 1];
    const auto above = static_cast<Eigen::Index>((values.array() > share * share * largest).count());
    const Eigen::Index kept = std::min(above, static_cast<Eigen::Index>(most));
    return snapshots * eigen.eigenvectors().rightCols(kept).rowwise().reverse() *
           values.tail(kept).reverse().cwiseSqrt().cwiseInverse().asDiagonal();
}

/// The columns, and what is new in `more`, orthonormal.
Eigen::MatrixXd enriched(Eigen::MatrixXd basis, const Eigen::MatrixXd& more) {
    constexpr double new_enough = 1e-3;  // of a column's length
    for (Eigen::Index j = 0; j < more.cols(); ++j) {
        Eigen::VectorXd v = more.col(j).normalized();
        for (int twice = 0; twice < 2; ++twice) v -= basis * (basis.transpose() * v);
        if (v.norm() < new_enough) continue;
        v.normalize();
        v -= basis * (basis.transpose() * v);
        basis.conservativeResize(Eigen::NoChange, basis.cols() + 1);
        basis.rightCols(1) = v.normalized();
    }
    return basis;
}

/// Displacements, as weighted columns, that the pressure modes cause in the drained system.
Eigen::MatrixXd supremisers(System& system, NewtonSolver& newton, const SystemState& reference, const Eigen::MatrixXd& pressure, const Eigen::VectorXd& weight) {
    const StageInput bare = bare_stage(system);
    restore_state(system, reference);
    const FactorReport made = newton.factor_now(drained_tau);
    FORAMEN_EXPECTS(made.ok, drained_tau);
    newton.evaluate(bare);
    const std::vector<DomainResidual> before = newton.residuals();
    const Eigen::VectorXd gradient = newton.body_gradient();
    Eigen::MatrixXd out;
    for (Eigen::Index j = 0; j < pressure.cols(); ++j) {
        Eigen::Index first = 0;
        for (auto& domain : system.domains) {
            domain.p += pressure.col(j).segment(first, domain.node_count());
            first += domain.node_count();
        }
        newton.evaluate(bare);
        std::vector<Eigen::VectorXd> r;
        for (std::size_t d = 0; d < system.domains.size(); ++d) {
            r.push_back(newton.residuals()[d].r - before[d].r);  // forces are linear in the pressure
            for (int i = 0; i < r.back().size(); ++i)
                if (system.domains[d].is_pressure(i)) r.back()[i] = 0.0;
        }
        const Eigen::VectorXd response = newton.response(r, newton.body_gradient() - gradient);
        restore_state(system, reference);
        newton.add_response(response);
        const Eigen::VectorXd column = deviation(system, reference, save_state(system), weight);
        restore_state(system, reference);
        out.conservativeResize(column.size(), j + 1);
        out.col(j) = column;
    }
    return out;
}

}  // namespace

StageInput bare_stage(const System& system) {
    StageInput stage{{}, 0.0};
    for (const BiphasicDomain& d : system.domains) stage.target.push_back(Eigen::VectorXd::Zero(d.node_count()));
    return stage;
}

void balance_forces(System& system, NewtonSolver& newton) {
    std::vector<Eigen::VectorXd> r;
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        r.push_back(newton.residuals()[d].r);
        for (int i = 0; i < r.back().size(); ++i)
            if (system.domains[d].is_pressure(i)) r.back()[i] = 0.0;
    }
    newton.add_response(newton.response(r, newton.body_gradient()));
}

ReducedBasis make_basis(System& system, NewtonSolver& newton, std::span<const SystemState> snapshots, const BasisOptions& options) {
    FORAMEN_EXPECTS(!snapshots.empty(), snapshots.size());
    ReducedBasis basis;
    basis.reference = save_state(system);
    const Eigen::VectorXd weight = move_weights(system);
    const auto count = static_cast<Eigen::Index>(snapshots.size());
    Eigen::MatrixXd displacements(deviation(system, basis.reference, snapshots[0], weight).size(), count);
    Eigen::MatrixXd pressures(pressure_deviation(system, basis.reference, snapshots[0]).size(), count);
    for (Eigen::Index s = 0; s < count; ++s) {
        displacements.col(s) = deviation(system, basis.reference, snapshots[static_cast<std::size_t>(s)], weight);
        pressures.col(s) = pressure_deviation(system, basis.reference, snapshots[static_cast<std::size_t>(s)]);
    }
    const Eigen::MatrixXd psi = leading_modes(pressures, options.pressure_share, options.most_modes);
    const Eigen::MatrixXd phi = enriched(leading_modes(displacements, options.displacement_share, options.most_modes),
                                         supremisers(system, newton, basis.reference, psi, weight));
    basis.moves = weight.cwiseInverse().asDiagonal() * phi.topRows(system.move_count());
    Eigen::Index u = system.move_count(), p = 0;
    for (const BiphasicDomain& domain : system.domains) {
        basis.displacement.push_back(phi.middleRows(u, 3 * domain.node_count()));
        basis.pressure.push_back(psi.middleRows(p, domain.node_count()));
        u += 3 * domain.node_count();
        p += domain.node_count();
    }
    return basis;
}

void place_bodies(System& system, const ReducedBasis& basis, const Eigen::VectorXd& q) {
    const Eigen::VectorXd moves = basis.moves * q.head(basis.displacement_modes());
    for (int body = 0; body < system.body_count(); ++body)
        system.poses[static_cast<std::size_t>(body)] = basis.reference.poses[static_cast<std::size_t>(body)].moved(moves.segment<6>(6 * body));
    for (std::size_t f = 0; f < system.flexible.size(); ++f)
        system.flexible[f].amplitude = basis.reference.amplitude[f] + moves.segment(system.amplitude_offset(static_cast<int>(f)), system.flexible[f].size());
    system.place_riders();
}

void place(System& system, const ReducedBasis& basis, const Eigen::VectorXd& q) {
    place_bodies(system, basis, q);
    const auto a = q.head(basis.displacement_modes());
    const auto b = q.tail(basis.pressure_modes());
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        system.domains[d].u = basis.reference.u[d] + basis.displacement[d] * a;
        system.domains[d].p = basis.reference.p[d] + basis.pressure[d] * b;
        system.place_ties(static_cast<int>(d));
    }
}

Eigen::VectorXd nearest_coordinates(const System& system, const ReducedBasis& basis, const SystemState& state) {
    const Eigen::VectorXd weight = move_weights(system);
    Eigen::VectorXd a = (weight.asDiagonal() * basis.moves).transpose() * moves_between(system, basis.reference, state).cwiseProduct(weight);
    Eigen::VectorXd b = Eigen::VectorXd::Zero(basis.pressure_modes());
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        a += basis.displacement[d].transpose() * (state.u[d] - basis.reference.u[d]);
        b += basis.pressure[d].transpose() * (state.p[d] - basis.reference.p[d]);
    }
    Eigen::VectorXd q(basis.size());
    q << a, b;
    return q;
}

Eigen::MatrixXd moves_at(const System& system, const ReducedBasis& basis, const Eigen::VectorXd& q) {
    Eigen::MatrixXd moves = basis.moves;
    const Eigen::VectorXd now = basis.moves * q.head(basis.displacement_modes());
    for (int body = 0; body < system.body_count(); ++body)
        moves.middleRows<3>(6 * body + 3) = rotation_slope(now.segment<3>(6 * body + 3)) * basis.moves.middleRows<3>(6 * body + 3);
    return moves;
}

ReducedResidual project_bodies(const System& system, const NewtonSolver& newton, const ReducedBasis& basis, const Eigen::VectorXd& q) {
    return {moves_at(system, basis, q).transpose() * newton.body_gradient(), Eigen::VectorXd::Zero(basis.pressure_modes()),
            Eigen::VectorXd::Zero(basis.pressure_modes())};
}

ReducedResidual project(const System& system, const NewtonSolver& newton, const ReducedBasis& basis, const Eigen::VectorXd& q) {
    ReducedResidual out = project_bodies(system, newton, basis, q);
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        out.force += basis.displacement[d].transpose() * newton.residuals()[d].force;
        out.volume += basis.pressure[d].transpose() * newton.residuals()[d].volume;
        out.outflow += basis.pressure[d].transpose() * newton.residuals()[d].outflow;
    }
    return out;
}

void add_body_tangent(const System& system, const NewtonSolver& newton, const ReducedBasis& basis, const Eigen::VectorXd& q, Eigen::MatrixXd& K) {
    const Eigen::MatrixXd moves = moves_at(system, basis, q);
    K.topLeftCorner(moves.cols(), moves.cols()) += moves.transpose() * (newton.body_hessian() * moves);
}

Eigen::MatrixXd disc_tangent(System& system, const ReducedBasis& basis, const Eigen::VectorXd& q, double tau) {
    const int nu = basis.displacement_modes(), size = basis.size();
    const Eigen::MatrixXd moves = moves_at(system, basis, q);
    Eigen::MatrixXd K = Eigen::MatrixXd::Zero(size, size);
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        BiphasicDomain& domain = system.domains[d];
        Eigen::MatrixXd V = Eigen::MatrixXd::Zero(domain.unknown_count(), size);
        for (int n = 0; n < domain.node_count(); ++n) {
            for (int k = 0; k < 3; ++k)
                if (const int i = domain.unknown(n, k); i >= 0) V.row(i).head(nu) = basis.displacement[d].row(3 * n + k);
            if (const int i = domain.unknown(n, 3); i >= 0) V.row(i).tail(size - nu) = basis.pressure[d].row(n);
        }
        const std::vector<int> rows = system.domain_moves(static_cast<int>(d));
        Eigen::MatrixXd W = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(rows.size()), size);
        for (std::size_t i = 0; i < rows.size(); ++i) W.row(static_cast<Eigen::Index>(i)).head(nu) = moves.row(rows[i]);
        K += domain.projected_tangent(tau, true, system.slot_poses(static_cast<int>(d)), V, W);
    }
    return K;
}

}  // namespace foramen::engine
