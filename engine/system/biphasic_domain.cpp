#include "engine/solve/symbolic_factor.hpp"
#include "engine/system/biphasic_domain.hpp"

#include <omp.h>

#include <algorithm>
#include <utility>

#include "engine/core/contract.hpp"
#include "engine/core/parallel.hpp"
#include "engine/core/profile.hpp"
#include "engine/core/raw_buffer.hpp"
#include "engine/kernels/kernels.hpp"

namespace foramen::engine {

BiphasicDomain::BiphasicDomain(DomainSpec spec, SolverKind solver, const BiphasicDomain* alike) : spec_(std::move(spec)), kind_(solver) {
    const int nodes = spec_.mesh.node_count();
    FORAMEN_EXPECTS(spec_.weights.empty() || spec_.weights.size() == spec_.tissues.size(), spec_.weights.size(), spec_.tissues.size());
    FORAMEN_EXPECTS(static_cast<int>(spec_.tissues.size()) == spec_.mesh.element_count(), spec_.tissues.size(), spec_.mesh.element_count());
    u = Eigen::VectorXd::Zero(3 * nodes);
    p = Eigen::VectorXd::Zero(nodes);
    traction = Eigen::VectorXd::Zero(3 * nodes);
    inflow = Eigen::VectorXd::Zero(nodes);
    number_unknowns();
    number_amplitudes();
    build_batches();
    const bool shared = alike != nullptr && alike->unknown_ == unknown_ && alike->mesh().elements == mesh().elements;
    topology_ = shared ? alike->topology_ : std::make_shared<const DomainTopology>(domain_topology(mesh(), {unknown_, unknown_count()}, spec_.ordering));
    values_.assign(topology_->pattern().row.size(), 0.0);
    const int moves = move_count();
    K_ib_ = Eigen::MatrixXd::Zero(unknown_count(), moves);
    K_bb_ = Eigen::MatrixXd::Zero(moves, moves);
}

void BiphasicDomain::number_unknowns() {
    const int nodes = node_count();
    tie_slot_.assign(nodes, -1);
    tie_of_node_.assign(nodes, -1);
    for (std::size_t t = 0; t < spec_.ties.size(); ++t) {
        const Tie& tie = spec_.ties[t];
        FORAMEN_EXPECTS(tie.slot >= 0 && tie.slot < spec_.slot_count, tie.slot, spec_.slot_count);
        tie_slot_[tie.node] = tie.slot;
        tie_of_node_[tie.node] = static_cast<int>(t);
    }
    unknown_.assign(4 * static_cast<std::size_t>(nodes), 0);
    for (const auto& f : spec_.fixed) unknown_[4 * static_cast<std::size_t>(f[0]) + f[1]] = -1;
    for (const int n : spec_.drained) unknown_[4 * static_cast<std::size_t>(n) + 3] = -1;
    for (int n = 0; n < nodes; ++n) {
        for (int axis = 0; axis < 4; ++axis) {
            int& index = unknown_[4 * static_cast<std::size_t>(n) + axis];
            if (axis < 3 && tie_slot_[n] >= 0) index = -1;
            if (index < 0) continue;
            index = static_cast<int>(node_of_.size());
            node_of_.push_back(n);
            if (axis == 3) ++pressure_unknowns_;
        }
    }
}

void BiphasicDomain::number_amplitudes() {
    FORAMEN_EXPECTS(spec_.tie_shapes.empty() || spec_.tie_shapes.size() == spec_.ties.size(), spec_.tie_shapes.size(), spec_.ties.size());
    std::vector<int> size(spec_.slot_count, 0);
    for (std::size_t t = 0; t < spec_.tie_shapes.size(); ++t) size[spec_.ties[t].slot] = static_cast<int>(spec_.tie_shapes[t].cols());
    amplitude_start_.assign(1, 6 * spec_.slot_count);
    for (const int n : size) {
        deflection_.push_back(Eigen::VectorXd::Zero(n));
        amplitude_start_.push_back(amplitude_start_.back() + n);
    }
    for (std::size_t t = 0; t < spec_.tie_shapes.size(); ++t)
        FORAMEN_EXPECTS(spec_.tie_shapes[t].cols() == size[spec_.ties[t].slot], t, spec_.tie_shapes[t].cols());
}

void BiphasicDomain::build_batches() {
    batches_.reserve(mesh().elements.size() / lane_count + 3);
    for (const int fibres : {0, 1, 2}) {
        int lane = lane_count;
        for (int e = 0; e < mesh().element_count(); ++e) {
            if (spec_.tissues[e].fibre_count != fibres) continue;
            if (lane == lane_count) {
                batches_.emplace_back();
                lane = 0;
            }
            std::array<std::array<double, 3>, 8> corners;
            for (int a = 0; a < 8; ++a)
                for (int i = 0; i < 3; ++i) corners[a][i] = mesh().nodes(i, mesh().elements[e][a]);
            set_lane(batches_.back(), lane, e, mesh().elements[e], corners, spec_.tissues[e], spec_.stabilised);
            if (!spec_.weights.empty())
                for (LaneNumbers& dV : batches_.back().dV) dV[lane] *= spec_.weights[e];
            ++lane;
        }
    }
    for (auto& batch : batches_) close_batch(batch);
}

void BiphasicDomain::place_ties(std::span<const Pose> slots) {
    for (std::size_t t = 0; t < spec_.ties.size(); ++t)
        u.segment<3>(3 * spec_.ties[t].node) = slots[spec_.ties[t].slot].point(tied_place(t)) - mesh().nodes.col(spec_.ties[t].node);
}

Eigen::Vector3d BiphasicDomain::tied_place(std::size_t tie) const {
    const Tie& t = spec_.ties[tie];
    if (spec_.tie_shapes.empty() || spec_.tie_shapes[tie].cols() == 0) return t.local;
    return t.local + spec_.tie_shapes[tie] * deflection_[t.slot];
}

void BiphasicDomain::add_to_unknowns(const Eigen::VectorXd& increment, double scale) {
    for (int node = 0; node < node_count(); ++node) {
        for (int axis = 0; axis < 3; ++axis)
            if (const int i = unknown(node, axis); i >= 0) u[3 * node + axis] += scale * increment[i];
        if (const int i = unknown(node, 3); i >= 0) p[node] += scale * increment[i];
    }
}

BatchUnknowns BiphasicDomain::gather(const BiphasicBatch& batch) const {
    BatchUnknowns x;
    for (int a = 0; a < 8; ++a) {
        for (int lane = 0; lane < lane_count; ++lane) {
            const int node = batch.node[a][lane];
            for (int i = 0; i < 3; ++i) x.u[a][i][lane] = u[3 * node + i];
            x.p[a][lane] = p[node];
        }
    }
    return x;
}

namespace {

/// Of one residual: u_x u_y u_z p of the nodes; force and volume, and the flow, as two halves of the batches leave them.
struct NodalSums {
    RawBuffer<NodalQuad> state, balance, balance_beyond;
    RawBuffer<double> outflow_beyond;
    void fit(std::size_t nodes) {
        state.fit(nodes);
        balance.fit(nodes);
        balance_beyond.fit(nodes);
        outflow_beyond.fit(nodes);
    }
};

/// Of the thread: memory that every residual would ask for and give back.
NodalSums& nodal_sums() {
    thread_local NodalSums work;
    return work;
}

}  // namespace

void BiphasicDomain::evaluate(const Eigen::VectorXd& target, double tau, std::span<const Pose> slots, DomainResidual& out) const {
    const int count = static_cast<int>(batches_.size()), nodes = node_count();
    NodalSums& work = nodal_sums();
    work.fit(nodes);
    NodalQuad *const state = work.state.data(), *const balance = work.balance.data(), *const balance_beyond = work.balance_beyond.data();
    double* const outflow_beyond = work.outflow_beyond.data();
    std::fill_n(balance_beyond, nodes, NodalQuad{});
    std::fill_n(outflow_beyond, nodes, 0.0);
    for (int node = 0; node < nodes; ++node) {
        state[node].values = Quad{u[3 * node], u[3 * node + 1], u[3 * node + 2], p[node]};
        balance[node].values = Quad{-traction[3 * node], -traction[3 * node + 1], -traction[3 * node + 2], 0.0};
    }
    out.outflow = -inflow;
    const Kernels& kernel = kernels();
    const auto evaluate_batch = [&](const BiphasicBatch& batch, BatchResidual& local) {
        BatchUnknowns x;
        kernel.gather(batch, state, x);
        kernel.evaluate_residual(batch, x, local);
    };
    // Two sums, of the first and of the second half of the batches, each in their order: whoever adds them, the bits are the same.
    int inverted[2] = {-1, -1};
    const int middle = count / 2;
    const auto add = [&](int k, const BatchResidual& local) {
        const BiphasicBatch& batch = batches_[k];
        int& found = inverted[k < middle ? 0 : 1];
        for (int lane = 0; lane < batch.filled; ++lane)
            if (!(local.smallest_J[lane] > 0.0) && (found < 0 || batch.element[lane] < found)) found = batch.element[lane];
        if (k < middle) {
            kernel.scatter(batch, local, balance, out.outflow.data());
        } else {
            kernel.scatter(batch, local, balance_beyond, outflow_beyond);
        }
    };
    if (count >= smallest_team_work && !omp_in_parallel()) {
        std::vector<BatchResidual> local(batches_.size());
#pragma omp parallel for schedule(static)
        for (int k = 0; k < count; ++k) evaluate_batch(batches_[k], local[k]);
        for (int k = 0; k < count; ++k) add(k, local[k]);
    } else {
        const auto range = [&](int from, int to) {
            BatchResidual local;
            for (int k = from; k < to; ++k) {
                evaluate_batch(batches_[k], local);
                add(k, local);
            }
        };
        both([&] { range(0, middle); }, [&] { range(middle, count); });
    }
    out.inverted_element = inverted[0] < 0 || (inverted[1] >= 0 && inverted[1] < inverted[0]) ? inverted[1] : inverted[0];
    for (int node = 0; node < nodes; ++node) {
        balance[node].values += balance_beyond[node].values;
        out.outflow[node] += outflow_beyond[node];
    }
    out.force.resize(3 * nodes);
    out.volume.resize(nodes);
    out.r.resize(unknown_count());
    for (int node = 0; node < nodes; ++node) {
        const Quad& sums = balance[node].values;
        const int* const index = unknown_.data() + 4 * static_cast<std::ptrdiff_t>(node);
        for (int axis = 0; axis < 3; ++axis) {
            out.force[3 * node + axis] = sums[axis];
            if (index[axis] >= 0) out.r[index[axis]] = sums[axis];
        }
        out.volume[node] = sums[3];
        if (index[3] >= 0) out.r[index[3]] = -(sums[3] + tau * out.outflow[node] - target[node]);
    }
    out.tie = Eigen::VectorXd::Zero(move_count());
    for (std::size_t t = 0; t < spec_.ties.size(); ++t) {
        const Tie& tie = spec_.ties[t];
        const Eigen::Vector3d f = out.force.segment<3>(3 * tie.node);
        const Eigen::Vector3d arm = slots[tie.slot].rotation * tied_place(t);
        out.tie.segment<3>(6 * tie.slot) += f;
        out.tie.segment<3>(6 * tie.slot + 3) += arm.cross(f);
        if (spec_.tie_shapes.empty() || spec_.tie_shapes[t].cols() == 0) continue;
        out.tie.segment(amplitude_start_[tie.slot], spec_.tie_shapes[t].cols()) +=
            spec_.tie_shapes[t].transpose() * (slots[tie.slot].rotation.transpose() * f);
    }
}

void BiphasicDomain::use_factor(int index) {
    factor_in_use_ = static_cast<std::size_t>(index);
    if (factor_in_use_ >= factors_.size()) factors_.resize(factor_in_use_ + 1);
}

void BiphasicDomain::take_factors(BiphasicDomain& other) {
    FORAMEN_EXPECTS(topology_ == other.topology_);
    factors_ = std::move(other.factors_);
    factor_in_use_ = other.factor_in_use_;
}

void BiphasicDomain::exchange_factor(BiphasicDomain& twin) {
    FORAMEN_EXPECTS(topology_ == twin.topology_);
    std::swap(factors_[factor_in_use_], twin.factors_[twin.factor_in_use_]);
}

double BiphasicDomain::factor_work() const {
    constexpr double tangent = 4e-6, operation = 1.0 / 45e9;
    const double operations = topology_->symbolic ? topology_->symbolic->operations : 0.0;
    return tangent * static_cast<double>(spec_.mesh.elements.size()) + operation * operations;
}

double BiphasicDomain::iteration_work() const {
    constexpr double residual = 8e-7, entry = 4.0 / 8e9;  // half precision, read twice
    const double entries = topology_->symbolic ? static_cast<double>(topology_->symbolic->panel_start.back()) : 0.0;
    return residual * static_cast<double>(spec_.mesh.elements.size()) + entry * entries;
}

FactorReport BiphasicDomain::refresh_factor(double tau, bool stiff_floor, std::span<const Pose> slots) {
    Stopwatch watch;
    assemble(tau, stiff_floor, slots);
    const double assembly_seconds = watch.lap();
    Factor& f = factors_[factor_in_use_];
    f.condensed = K_bb_;
    Eigen::MatrixXd V = K_ib_;
    FactorReport report;
    report.ok = true;
    if (unknown_count() > 0) {
        if (!f.solver) f.solver = make_linear_solver(kind_, topology_->symbolic);
        const bool alone = V.cols() == 0;  // nothing to condense onto
        report = alone && stiff_floor ? f.solver->factor_compact(values_) : f.solver->factor(values_);
        if (!report.ok) return report;
        if (!alone) f.solver->solve({V.data(), static_cast<std::size_t>(V.size())}, static_cast<int>(V.cols()));
        if (stiff_floor && !alone) f.solver->keep_compact();
        f.condensed -= K_ib_.transpose() * V;
        f.condensed = (0.5 * (f.condensed + f.condensed.transpose())).eval();
    }
    f.V = V.cast<float>();
    report.assembly_seconds = assembly_seconds;
    report.factor_seconds = watch.lap();
    return report;
}

Eigen::VectorXd BiphasicDomain::solve(const Eigen::VectorXd& rhs) const {
    Eigen::VectorXd x = rhs;
    if (x.size() > 0) factor().solver->solve({x.data(), static_cast<std::size_t>(x.size())}, 1);
    return x;
}

Eigen::VectorXd BiphasicDomain::increment(const Eigen::VectorXd& r, const Eigen::VectorXd& move) const {
    Eigen::VectorXd d = -solve(r);
    if (move.size() > 0) d -= (factor().V * move.cast<float>()).cast<double>();
    return d;
}

}  // namespace foramen::engine
