#include "engine/reduced/element_sampling.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"
#include "engine/kernels/kernels.hpp"

namespace foramen::engine {

namespace {

/// Non-negative least squares with a set of columns in use, whose products are kept.
class ActiveColumns {
public:
    ActiveColumns(const Eigen::MatrixXd& A, const Eigen::VectorXd& b) : A_(A), products_(A.transpose() * b), x_(Eigen::VectorXd::Zero(A.cols())) {}

    [[nodiscard]] int count() const { return static_cast<int>(used_.size()); }
    [[nodiscard]] const std::vector<int>& used() const { return used_; }
    [[nodiscard]] const Eigen::VectorXd& x() const { return x_; }

    void use(int column) {
        const auto n = static_cast<Eigen::Index>(used_.size());
        used_.push_back(column);
        gram_.conservativeResize(n + 1, n + 1);
        for (Eigen::Index j = 0; j <= n; ++j) gram_(n, j) = gram_(j, n) = A_.col(column).dot(A_.col(used_[static_cast<std::size_t>(j)]));
    }

    /// Solves, and takes out of use what would become negative, until nothing does.
    void solve() {
        while (!used_.empty()) {
            const Eigen::VectorXd z = unconstrained();
            double share = 1.0;
            for (std::size_t j = 0; j < used_.size(); ++j) {
                const double now = x_[used_[j]], then = z[static_cast<Eigen::Index>(j)];
                if (then <= 0.0) share = std::min(share, now / (now - then));
            }
            for (std::size_t j = 0; j < used_.size(); ++j) x_[used_[j]] += share * (z[static_cast<Eigen::Index>(j)] - x_[used_[j]]);
            if (share >= 1.0) return;
            drop_zeros();
        }
    }

private:
    [[nodiscard]] Eigen::VectorXd unconstrained() const {
        Eigen::MatrixXd gram = gram_;
        gram.diagonal().array() += 1e-14 * gram.diagonal().maxCoeff();
        Eigen::VectorXd right(gram.rows());
        for (std::size_t j = 0; j < used_.size(); ++j) right[static_cast<Eigen::Index>(j)] = products_[used_[j]];
        return gram.ldlt().solve(right);
    }
    void drop_zeros() {
        std::vector<int> kept;
        std::vector<Eigen::Index> places;
        for (std::size_t j = 0; j < used_.size(); ++j) {
            if (x_[used_[j]] <= 1e-12) {
                x_[used_[j]] = 0.0;
                continue;
            }
            kept.push_back(used_[j]);
            places.push_back(static_cast<Eigen::Index>(j));
        }
        gram_ = gram_(places, places).eval();
        used_ = std::move(kept);
    }

    const Eigen::MatrixXd& A_;
    Eigen::VectorXd products_, x_;
    std::vector<int> used_;
    Eigen::MatrixXd gram_;
};

/// How the displacement of every node of a domain follows the coordinates a, tied nodes with their bodies: three rows a node.
Eigen::MatrixXd nodal_displacements(const System& system, int d, const ReducedBasis& basis, const Eigen::MatrixXd& moves) {
    const BiphasicDomain& domain = system.domains[static_cast<std::size_t>(d)];
    Eigen::MatrixXd N = basis.displacement[static_cast<std::size_t>(d)];
    const std::vector<Pose> slots = system.slot_poses(d);
    const std::vector<int> flexible = system.slot_flexible(d);
    for (std::size_t t = 0; t < domain.spec().ties.size(); ++t) {
        const Tie& tie = domain.spec().ties[t];
        const auto slot = static_cast<std::size_t>(tie.slot);
        const int body = system.domain_bodies[static_cast<std::size_t>(d)][slot];
        const Eigen::Vector3d place = domain.mesh().nodes.col(tie.node) + domain.u.segment<3>(3 * tie.node);
        auto rows = N.middleRows<3>(3 * tie.node);
        rows = moves.middleRows<3>(6 * body) - skew(place - slots[slot].origin) * moves.middleRows<3>(6 * body + 3);
        if (flexible[slot] < 0 || domain.spec().tie_shapes.empty()) continue;
        const Eigen::Matrix3Xd& shapes = domain.spec().tie_shapes[t];
        rows += slots[slot].rotation * shapes * moves.middleRows(system.amplitude_offset(flexible[slot]), shapes.cols());
    }
    return N;
}

/// What each element adds to (force, -volume, outflow) in the coordinates, at the system's present state. One column an element.
Eigen::MatrixXd element_residuals(System& system, const ReducedBasis& basis, const Eigen::VectorXd& q) {
    const int nu = basis.displacement_modes(), np = basis.pressure_modes();
    const Eigen::MatrixXd moves = moves_at(system, basis, q);
    int elements = 0;
    for (const BiphasicDomain& d : system.domains) elements += d.mesh().element_count();
    Eigen::MatrixXd out = Eigen::MatrixXd::Zero(nu + 2 * np, elements);
    int first = 0;
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        const BiphasicDomain& domain = system.domains[d];
        const Eigen::MatrixXd N = nodal_displacements(system, static_cast<int>(d), basis, moves);
        for (const BiphasicBatch& batch : domain.batches()) {
            BatchResidual r;
            kernels().evaluate_residual(batch, domain.gather(batch), r);
            for (int lane = 0; lane < batch.filled; ++lane) {
                auto column = out.col(first + batch.element[lane]);
                for (int a = 0; a < 8; ++a) {
                    const int node = batch.node[a][lane];
                    for (int k = 0; k < 3; ++k) column.head(nu) += r.force[a][k][lane] * N.row(3 * node + k).transpose();
                    column.segment(nu, np) -= r.volume[a][lane] * basis.pressure[d].row(node).transpose();
                    column.tail(np) += r.outflow[a][lane] * basis.pressure[d].row(node).transpose();
                }
            }
        }
        first += domain.mesh().element_count();
    }
    return out;
}

/// Their differences from the reference, in the units of the coordinates, one block of rows a state.
Eigen::MatrixXd training_matrix(System& system, const ReducedBasis& basis, std::span<const Eigen::VectorXd> states, const Eigen::MatrixXd& tangent) {
    const int size = basis.size(), np = basis.pressure_modes(), nu = basis.displacement_modes();
    const auto inverse = tangent.partialPivLu();
    const Eigen::VectorXd rest = Eigen::VectorXd::Zero(size);
    place(system, basis, rest);
    const Eigen::MatrixXd before = element_residuals(system, basis, rest);
    double length_u = 0.0, length_p = 0.0;
    for (const Eigen::VectorXd& q : states) {
        length_u += q.head(nu).squaredNorm();
        length_p += q.tail(np).squaredNorm();
    }
    Eigen::VectorXd unit = Eigen::VectorXd::Constant(size, 1.0 / std::sqrt(length_u));
    unit.tail(np).setConstant(1.0 / std::sqrt(length_p));
    Eigen::MatrixXd out(2 * size * static_cast<Eigen::Index>(states.size()), before.cols());
    for (std::size_t s = 0; s < states.size(); ++s) {
        place(system, basis, states[s]);
        const Eigen::MatrixXd change = element_residuals(system, basis, states[s]) - before;
        const auto row = 2 * size * static_cast<Eigen::Index>(s);
        out.middleRows(row, size) = unit.asDiagonal() * inverse.solve(change.topRows(size));
        Eigen::MatrixXd flow = Eigen::MatrixXd::Zero(size, change.cols());
        flow.bottomRows(np) = change.bottomRows(np);
        out.middleRows(row + size, size) = unit.asDiagonal() * inverse.solve(flow);
    }
    place(system, basis, rest);
    return out;
}

/// Outflows as heavy as forces and volumes, whatever the time in which they act.
void balance(Eigen::MatrixXd& A, int size) {
    double now = 0.0, flow = 0.0;
    for (Eigen::Index row = 0; row < A.rows(); row += 2 * size) {
        now += A.middleRows(row, size).rowwise().sum().squaredNorm();
        flow += A.middleRows(row + size, size).rowwise().sum().squaredNorm();
    }
    if (flow == 0.0) return;
    for (Eigen::Index row = 0; row < A.rows(); row += 2 * size) A.middleRows(row + size, size) *= std::sqrt(now / flow);
}

std::vector<int> nodes_of(const HexMesh& mesh, const std::vector<int>& elements) {
    std::vector<int> nodes;
    for (const int e : elements) nodes.insert(nodes.end(), mesh.elements[static_cast<std::size_t>(e)].begin(), mesh.elements[static_cast<std::size_t>(e)].end());
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    return nodes;
}

}  // namespace

Eigen::VectorXd sparse_nonnegative(const Eigen::MatrixXd& A, const Eigen::VectorXd& b, double tolerance, int most) {
    ActiveColumns active(A, b);
    while (active.count() < most) {
        const Eigen::VectorXd left = b - A * active.x();
        if (left.norm() <= tolerance * b.norm()) break;
        Eigen::VectorXd gain = A.transpose() * left;
        for (const int j : active.used()) gain[j] = -1.0;
        Eigen::Index best = 0;
        if (gain.maxCoeff(&best) <= 0.0) break;
        active.use(static_cast<int>(best));
        active.solve();
    }
    return active.x();
}

int ElementSample::count() const {
    int sum = 0;
    for (const OfDomain& d : domains) sum += static_cast<int>(d.elements.size());
    return sum;
}

ElementSample sample_elements(System& system, const ReducedBasis& basis, std::span<const Eigen::VectorXd> states, const Eigen::MatrixXd& tangent,
                              const SamplingOptions& options) {
    Eigen::MatrixXd A = training_matrix(system, basis, states, tangent);
    balance(A, basis.size());
    const Eigen::VectorXd b = A.rowwise().sum(), x = sparse_nonnegative(A, b, options.tolerance, options.most_elements);
    ElementSample sample;
    sample.error = (A * x - b).norm() / b.norm();
    Eigen::Index first = 0;
    for (const BiphasicDomain& domain : system.domains) {
        ElementSample::OfDomain one;
        for (int e = 0; e < domain.mesh().element_count(); ++e) {
            if (x[first + e] <= 0.0) continue;
            one.elements.push_back(e);
            one.weights.push_back(x[first + e]);
        }
        first += domain.mesh().element_count();
        one.nodes = nodes_of(domain.mesh(), one.elements);
        sample.domains.push_back(std::move(one));
    }
    return sample;
}

BiphasicDomain sampled_domain(const BiphasicDomain& full, const ElementSample::OfDomain& sample) {
    const DomainSpec& whole = full.spec();
    DomainSpec spec;
    spec.slot_count = whole.slot_count;
    spec.stabilised = whole.stabilised;
    spec.weights = sample.weights;
    std::vector<int> renumbered(static_cast<std::size_t>(full.node_count()), -1);
    for (std::size_t n = 0; n < sample.nodes.size(); ++n) renumbered[static_cast<std::size_t>(sample.nodes[n])] = static_cast<int>(n);
    const auto kept = [&renumbered](int node) { return renumbered[static_cast<std::size_t>(node)]; };
    spec.mesh.nodes.resize(3, static_cast<Eigen::Index>(sample.nodes.size()));
    for (std::size_t n = 0; n < sample.nodes.size(); ++n) spec.mesh.nodes.col(static_cast<Eigen::Index>(n)) = whole.mesh.nodes.col(sample.nodes[n]);
    for (const int e : sample.elements) {
        std::array<int, 8> element{};
        std::ranges::transform(whole.mesh.elements[static_cast<std::size_t>(e)], element.begin(), kept);
        spec.mesh.elements.push_back(element);
        spec.tissues.push_back(whole.tissues[static_cast<std::size_t>(e)]);
    }
    for (std::size_t t = 0; t < whole.ties.size(); ++t) {
        if (kept(whole.ties[t].node) < 0) continue;
        spec.ties.push_back(whole.ties[t]);
        spec.ties.back().node = kept(whole.ties[t].node);
        if (!whole.tie_shapes.empty()) spec.tie_shapes.push_back(whole.tie_shapes[t]);
    }
    for (const auto& f : whole.fixed)
        if (kept(f[0]) >= 0) spec.fixed.push_back({kept(f[0]), f[1]});
    for (const int n : whole.drained)
        if (kept(n) >= 0) spec.drained.push_back(kept(n));
    BiphasicDomain domain(std::move(spec), SolverKind::eigen_simplicial);
    for (std::size_t n = 0; n < sample.nodes.size(); ++n) {
        domain.u.segment<3>(3 * static_cast<Eigen::Index>(n)) = full.u.segment<3>(3 * sample.nodes[n]);
        domain.p[static_cast<Eigen::Index>(n)] = full.p[sample.nodes[n]];
    }
    return domain;
}

ReducedBasis restricted(const ReducedBasis& full, const ElementSample& sample) {
    ReducedBasis part;
    part.reference = full.reference;
    part.moves = full.moves;
    for (std::size_t d = 0; d < sample.domains.size(); ++d) {
        const std::vector<int>& nodes = sample.domains[d].nodes;
        const auto count = static_cast<Eigen::Index>(nodes.size());
        Eigen::MatrixXd displacement(3 * count, full.displacement_modes()), pressure(count, full.pressure_modes());
        Eigen::VectorXd u(3 * count), p(count);
        for (Eigen::Index n = 0; n < count; ++n) {
            const int node = nodes[static_cast<std::size_t>(n)];
            displacement.middleRows<3>(3 * n) = full.displacement[d].middleRows<3>(3 * node);
            pressure.row(n) = full.pressure[d].row(node);
            u.segment<3>(3 * n) = full.reference.u[d].segment<3>(3 * node);
            p[n] = full.reference.p[d][node];
        }
        part.displacement.push_back(std::move(displacement));
        part.pressure.push_back(std::move(pressure));
        part.reference.u[d] = std::move(u);
        part.reference.p[d] = std::move(p);
    }
    return part;
}

}  // namespace foramen::engine
