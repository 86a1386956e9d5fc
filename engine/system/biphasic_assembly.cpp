// The tangent of a BiphasicDomain: elements into the sparse lower triangle, tied nodes into the rows of the bodies.

#include <omp.h>

#include <Eigen/Sparse>
#include <algorithm>

#include "engine/core/contract.hpp"
#include "engine/system/biphasic_domain.hpp"

namespace foramen::engine {

namespace {

/// One lane of a batch's tangent as a full symmetric matrix, unknowns node by node: u_x u_y u_z p.
void unpack(const BatchTangent& k, int lane, ElementMatrix& out) {
    for (int a = 0; a < 8; ++a) {
        for (int b = a; b < 8; ++b) {
            const auto& uu = k.uu[pair_index(a, b)];
            for (int i = 0; i < 3; ++i) {
                for (int j = 0; j < 3; ++j) {
                    out(4 * a + i, 4 * b + j) = uu[3 * i + j][lane];
                    out(4 * b + j, 4 * a + i) = uu[3 * i + j][lane];
                }
            }
            out(4 * a + 3, 4 * b + 3) = k.pp[pair_index(a, b)][lane];
            out(4 * b + 3, 4 * a + 3) = k.pp[pair_index(a, b)][lane];
        }
        for (int b = 0; b < 8; ++b) {
            for (int i = 0; i < 3; ++i) {
                out(4 * a + i, 4 * b + 3) = k.up[a][b][i][lane];
                out(4 * b + 3, 4 * a + i) = k.up[a][b][i][lane];
            }
        }
    }
}

/// d(u of a tied node)/d(dx, w) = [I, -skew(arm)]
Eigen::Matrix<double, 3, 6> tie_map(const Eigen::Vector3d& arm) {
    Eigen::Matrix<double, 3, 6> map;
    map.leftCols<3>().setIdentity();
    map.rightCols<3>() = -skew(arm);
    return map;
}

}  // namespace

std::vector<Eigen::Vector3d> BiphasicDomain::tie_arms(std::span<const Pose> slots) const {
    std::vector<Eigen::Vector3d> arms;
    arms.reserve(spec_.ties.size());
    for (std::size_t t = 0; t < spec_.ties.size(); ++t) arms.push_back(slots[spec_.ties[t].slot].rotation * tied_place(t));
    return arms;
}

void BiphasicDomain::assemble(double tau, bool stiff_floor, std::span<const Pose> slots) {
    std::fill(values_.begin(), values_.end(), 0.0);
    K_ib_.setZero();
    K_bb_.setZero();
    const std::vector<Eigen::Vector3d> arms = tie_arms(slots);
    turned_shapes_.clear();
    for (std::size_t t = 0; t < spec_.tie_shapes.size(); ++t) turned_shapes_.push_back(slots[spec_.ties[t].slot].rotation * spec_.tie_shapes[t]);
    // Chunks of batches: computed side by side, added by one thread in order (same bits for any number of threads).
    const int count = static_cast<int>(batches_.size());
    const bool team = count >= smallest_team_work && !omp_in_parallel() && omp_get_max_threads() > 1;
    const int chunk = team ? 64 : 1;  // one stays in cache
    std::vector<BatchTangent> local(chunk);
    for (int start = 0; start < count; start += chunk) {
        const int end = std::min(start + chunk, count);
#pragma omp parallel for schedule(static) if (team)
        for (int k = start; k < end; ++k) evaluate_tangent(batches_[k], gather(batches_[k]), tau, stiff_floor, local[k - start]);
        for (int k = start; k < end; ++k)
            for (int lane = 0; lane < batches_[k].filled; ++lane) {
                if (unknown_count() > 0) scatter_values(batches_[k], lane, local[k - start]);
                if (!spec_.ties.empty()) scatter_ties(batches_[k], lane, local[k - start], arms);
            }
    }
    if (spec_.ties.empty()) return;
    DomainResidual forces;
    evaluate(Eigen::VectorXd::Zero(node_count()), 0.0, slots, forces);
    for (std::size_t t = 0; t < spec_.ties.size(); ++t) {
        const Tie& tie = spec_.ties[t];
        const Eigen::Vector3d f = forces.force.segment<3>(3 * tie.node);
        K_bb_.block<3, 3>(6 * tie.slot + 3, 6 * tie.slot + 3) += rotation_curvature(arms[t], f);
        if (turned_shapes_.empty() || turned_shapes_[t].cols() == 0) continue;
        // f . (w x R Phi a): the body's turn carries its deformation along
        const Eigen::Matrix3Xd turn = -skew(f) * turned_shapes_[t];
        K_bb_.block(6 * tie.slot + 3, amplitude_start_[tie.slot], 3, turn.cols()) += turn;
        K_bb_.block(amplitude_start_[tie.slot], 6 * tie.slot + 3, turn.cols(), 3) += turn.transpose();
    }
}

void BiphasicDomain::scatter_shapes(const BiphasicBatch& batch, int lane, const ElementMatrix& K, std::span<const Eigen::Vector3d> arms) {
    for (int b = 0; b < 8; ++b) {
        const int tied = batch.node[b][lane], tie = tie_of_node_[tied];
        if (tie < 0 || turned_shapes_[tie].cols() == 0) continue;
        const Eigen::Index size = turned_shapes_[tie].cols();
        const int column = amplitude_start_[tie_slot_[tied]];
        const Eigen::MatrixXd columns = K.middleCols<3>(4 * b) * turned_shapes_[tie];
        for (int i = 0; i < element_unknowns; ++i)
            if (const int row = unknown(batch.node[i / 4][lane], i % 4); row >= 0) K_ib_.row(row).segment(column, size) += columns.row(i);
        for (int a = 0; a < 8; ++a) {
            const int other = batch.node[a][lane], other_tie = tie_of_node_[other];
            if (other_tie < 0) continue;
            const Eigen::MatrixXd rows = columns.middleRows<3>(4 * a);
            const Eigen::MatrixXd rigid = tie_map(arms[other_tie]).transpose() * rows;
            K_bb_.block(6 * tie_slot_[other], column, 6, size) += rigid;
            K_bb_.block(column, 6 * tie_slot_[other], size, 6) += rigid.transpose();
            const Eigen::Matrix3Xd& shapes = turned_shapes_[other_tie];
            if (shapes.cols() > 0) K_bb_.block(amplitude_start_[tie_slot_[other]], column, shapes.cols(), size) += shapes.transpose() * rows;
        }
    }
}

/// One lane of a batch's tangent into the sparse lower triangle.
void BiphasicDomain::scatter_values(const BiphasicBatch& batch, int lane, const BatchTangent& k) {
    const int* const start = topology_->pattern().column_start.data();
    const int* const place = topology_->place.data() + static_cast<std::ptrdiff_t>(batch.element[lane]) * element_node_pairs;
    for (int a = 0; a < 8; ++a) {
        for (int b = 0; b <= a; ++b) {
            const int pair = element_node_pair(a, b);
            if (place[pair] < 0) continue;
            const bool in_order = topology_->first[batch.node[a][lane]] >= topology_->first[batch.node[b][lane]];
            const int late = in_order ? a : b, early = in_order ? b : a, later = batch.node[late][lane], earlier = batch.node[early][lane];
            const auto& uu = k.uu[pair_index(b, a)];  // of corner b's rows
            const auto entry = [&](int i, int j) {    // K of axis i at the later node, j at the earlier one
                if (i == 3) return j == 3 ? k.pp[pair_index(b, a)][lane] : k.up[early][late][j][lane];
                return j == 3 ? k.up[late][early][i][lane] : uu[in_order ? 3 * j + i : 3 * i + j][lane];
            };
            const int* const rows = unknown_.data() + 4 * static_cast<std::ptrdiff_t>(later);
            const int* const columns = unknown_.data() + 4 * static_cast<std::ptrdiff_t>(earlier);
            const int offset = place[pair] + topology_->first[earlier] - topology_->first[later];
            for (int j = 0; j < 4; ++j) {
                if (columns[j] < 0) continue;
                double* const column = values_.data() + start[columns[j]] + offset - columns[j];
                // Corners in one node, as in a wedge: both halves of what their pair has off the diagonal lie on the same entries.
                const bool twice = a != b && later == earlier;
                for (int i = later == earlier ? j : 0; i < 4; ++i)
                    if (rows[i] >= 0) column[rows[i]] += twice ? entry(i, j) + entry(j, i) : entry(i, j);
            }
        }
    }
}

/// What one lane of a batch's tangent has on tied nodes, into the rows of the bodies.
void BiphasicDomain::scatter_ties(const BiphasicBatch& batch, int lane, const BatchTangent& k, std::span<const Eigen::Vector3d> arms) {
    bool tied_at_all = false;
    for (int a = 0; a < 8; ++a) tied_at_all = tied_at_all || tie_of_node_[batch.node[a][lane]] >= 0;
    if (!tied_at_all) return;
    ElementMatrix K;
    unpack(k, lane, K);
    if (!turned_shapes_.empty()) scatter_shapes(batch, lane, K, arms);

    for (int b = 0; b < 8; ++b) {
        const int tied = batch.node[b][lane], tie = tie_of_node_[tied];
        if (tie < 0) continue;
        const Eigen::Matrix<double, 3, 6> map_b = tie_map(arms[tie]);
        const Eigen::Matrix<double, element_unknowns, 6> columns = K.middleCols<3>(4 * b) * map_b;
        const int column = 6 * tie_slot_[tied];
        for (int i = 0; i < element_unknowns; ++i)
            if (const int row = unknown(batch.node[i / 4][lane], i % 4); row >= 0) K_ib_.block<1, 6>(row, column) += columns.row(i);
        for (int a = 0; a < 8; ++a) {
            const int other = batch.node[a][lane], other_tie = tie_of_node_[other];
            if (other_tie < 0) continue;
            K_bb_.block<6, 6>(6 * tie_slot_[other], column) += tie_map(arms[other_tie]).transpose() * columns.middleRows<3>(4 * a);
        }
    }
}

Eigen::MatrixXd BiphasicDomain::projected_tangent(double tau, bool stiff_floor, std::span<const Pose> slots, const Eigen::MatrixXd& V,
                                                  const Eigen::MatrixXd& W) {
    FORAMEN_EXPECTS(V.rows() == unknown_count() && W.rows() == move_count() && V.cols() == W.cols(), V.rows(), W.rows(), V.cols());
    assemble(tau, stiff_floor, slots);
    const SymmetricPattern& pattern = topology_->pattern();
    const Eigen::Map<const Eigen::SparseMatrix<double, Eigen::ColMajor>> lower(pattern.n, pattern.n, static_cast<Eigen::Index>(values_.size()),
                                                                               pattern.column_start.data(), pattern.row.data(), values_.data());
    const Eigen::MatrixXd cross = V.transpose() * K_ib_ * W;
    return V.transpose() * (lower.selfadjointView<Eigen::Lower>() * V) + cross + cross.transpose() + W.transpose() * K_bb_ * W;
}

Eigen::MatrixXd BiphasicDomain::dense_tangent(double tau, bool flux_strain, std::span<const Pose> slots) const {
    BiphasicDomain copy(spec_, SolverKind::eigen_simplicial, this);
    copy.u = u;
    copy.p = p;
    copy.traction = traction;
    copy.deflection_ = deflection_;
    copy.assemble(tau, false, slots);
    const int n = unknown_count(), moves = move_count();
    Eigen::MatrixXd K = Eigen::MatrixXd::Zero(n + moves, n + moves);
    for (int column = 0; column < n; ++column) {
        const SymmetricPattern& pattern = topology_->pattern();
        for (int e = pattern.column_start[column]; e < pattern.column_start[column + 1]; ++e) {
            K(pattern.row[e], column) = copy.values_[e];
            K(column, pattern.row[e]) = copy.values_[e];
        }
    }
    K.topRightCorner(n, moves) = copy.K_ib_;
    K.bottomLeftCorner(moves, n) = copy.K_ib_.transpose();
    K.bottomRightCorner(moves, moves) = copy.K_bb_;
    if (!flux_strain) return K;
    const std::vector<Eigen::Vector3d> arms = tie_arms(slots);
    for (const BiphasicBatch& batch : batches_) {
        BatchFluxStrainTangent dQ;
        evaluate_flux_strain_tangent(batch, gather(batch), dQ);
        for (int lane = 0; lane < batch.filled; ++lane) {
            for (int a = 0; a < 8; ++a) {
                const int row = unknown(batch.node[a][lane], 3);
                if (row < 0) continue;
                for (int b = 0; b < 8; ++b) {
                    const int node = batch.node[b][lane];
                    const Eigen::RowVector3d d(dQ[a][b][0][lane], dQ[a][b][1][lane], dQ[a][b][2][lane]);
                    for (int j = 0; j < 3; ++j)
                        if (const int column = unknown(node, j); column >= 0) K(row, column) -= tau * d[j];
                    const int tie = tie_of_node_[node];
                    if (tie < 0) continue;
                    K.block<1, 6>(row, n + 6 * tie_slot_[node]) -= tau * d * tie_map(arms[tie]);
                    if (copy.turned_shapes_.empty()) continue;
                    const Eigen::Matrix3Xd& shapes = copy.turned_shapes_[tie];
                    K.block(row, n + amplitude_start_[tie_slot_[node]], 1, shapes.cols()) -= tau * d * shapes;
                }
            }
        }
    }
    return K;
}

}  // namespace foramen::engine
