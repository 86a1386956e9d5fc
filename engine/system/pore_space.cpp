#include "engine/system/pore_space.hpp"

#include <Eigen/Sparse>

#include <algorithm>

#include "engine/core/contract.hpp"
#include "engine/elements/hex8_reference.hpp"
#include "engine/elements/pore_hex8.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/system/biphasic_domain.hpp"

namespace foramen::engine {

PoreSpace::PoreSpace(PoreSpec spec) : spec_(std::move(spec)), open_(static_cast<std::size_t>(spec_.mesh.node_count()), 0) {
    const std::size_t elements = spec_.mesh.elements.size();
    FORAMEN_EXPECTS(
        spec_.water_fraction.size() == elements && spec_.open_share.size() == elements && spec_.cells.size() == elements,
        elements);
    FORAMEN_EXPECTS(!spec_.open_nodes.empty());
    for (const int n : spec_.open_nodes) open_[n] = 1;
    list_links();
    place(Eigen::VectorXd::Zero(3 * node_count()));
}

void PoreSpace::list_links() {
    std::vector<std::array<int, 2>> all;
    for (const auto& element : spec_.mesh.elements)
        for (int i = 0; i < 8; ++i)
            for (int j = i + 1; j < 8; ++j)
                if (element[i] != element[j]) all.push_back({std::min(element[i], element[j]), std::max(element[i], element[j])});
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (const auto& [a, b] : all) links_.push_back({a, b});
    for (const auto& element : spec_.mesh.elements) {
        std::array<int, 28>& places = link_of_.emplace_back();
        int pair = 0;
        for (int i = 0; i < 8; ++i)
            for (int j = i + 1; j < 8; ++j, ++pair) {
                const std::array<int, 2> wanted{std::min(element[i], element[j]), std::max(element[i], element[j])};
                places[pair] = element[i] == element[j]
                                   ? -1
                                   : static_cast<int>(std::lower_bound(all.begin(), all.end(), wanted) - all.begin());
            }
    }
}

void PoreSpace::measure(const Eigen::VectorXd& displacement) {
    const HexMesh& mesh = spec_.mesh;
    water_.setZero(node_count());
    cell_count_.setZero(node_count());
    conductance_.assign(links_.size(), 0.0);
    for (std::size_t e = 0; e < mesh.elements.size(); ++e) {
        const auto& nodes = mesh.elements[e];
        Eigen::Matrix<double, 3, 8> X, x;
        for (int a = 0; a < 8; ++a) {
            X.col(a) = mesh.nodes.col(nodes[a]);
            x.col(a) = X.col(a) + displacement.segment<3>(3 * nodes[a]);
        }
        const PoreElement pore = pore_element(X, x, spec_.water_fraction[e]);
        int pair = 0;
        for (int i = 0; i < 8; ++i) {
            water_[nodes[i]] += pore.water[i];
            cell_count_[nodes[i]] += spec_.cells[e] * pore.volume[i];
            for (int j = i + 1; j < 8; ++j, ++pair)
                if (const int link = link_of_[e][pair]; link >= 0)
                    conductance_[link] -= spec_.open_share[e] * pore.conductance(i, j);
        }
    }
}

void PoreSpace::place(const Eigen::VectorXd& displacement) {
    measure(displacement);
    water_before_ = water_;
    flow_.assign(links_.size(), 0.0);
    last_flows_.clear();
}

namespace {
bool is_edge(int i, int j) {
    int differing = 0;
    for (int axis = 0; axis < 3; ++axis) differing += hex8_corner[i][axis] != hex8_corner[j][axis] ? 1 : 0;
    return differing == 1;
}

/// Pseudo-inverse of the graph Laplacian of a cube's twelve edges.
const Eigen::Matrix<double, 8, 8>& cube_potential() {
    static const Eigen::Matrix<double, 8, 8> inverse = [] {
        Eigen::Matrix<double, 8, 8> laplacian = Eigen::Matrix<double, 8, 8>::Zero();
        for (int i = 0; i < 8; ++i)
            for (int j = 0; j < 8; ++j)
                if (is_edge(i, j)) {
                    laplacian(i, i) += 1.0;
                    laplacian(i, j) -= 1.0;
                }
        const Eigen::Matrix<double, 8, 8> constant = Eigen::Matrix<double, 8, 8>::Constant(1.0 / 8.0);
        return Eigen::Matrix<double, 8, 8>((laplacian + constant).inverse() - constant);
    }();
    return inverse;
}
}  // namespace

void PoreSpace::add_flows(const ElementFlows& flows, double factor) {
    for (std::size_t e = 0; e < flows.size(); ++e) {
        const Eigen::Matrix<double, 8, 1> psi = cube_potential() * Eigen::Map<const Eigen::Matrix<double, 8, 1>>(flows[e].data());
        int pair = 0;
        for (int i = 0; i < 8; ++i)
            for (int j = i + 1; j < 8; ++j, ++pair) {
                const int link = link_of_[e][pair];
                if (link < 0 || !is_edge(i, j)) continue;
                const double from_i = factor * (psi[i] - psi[j]);
                flow_[link] += spec_.mesh.elements[e][i] == links_[link].a ? from_i : -from_i;
            }
    }
}

bool PoreSpace::advance(const Eigen::VectorXd& displacement, const ElementFlows& flows, double h) {
    FORAMEN_EXPECTS(flows.size() == spec_.mesh.elements.size() && h > 0.0, flows.size(), h);
    water_before_ = water_;
    measure(displacement);
    flow_.assign(links_.size(), 0.0);
    add_flows(last_flows_, 0.5);
    add_flows(flows, 0.5);
    last_flows_ = flows;
    return close_balance(h);
}

Eigen::VectorXd PoreSpace::outflow(double h) const {
    Eigen::VectorXd out = (water_before_ - water_) / h;
    for (std::size_t l = 0; l < links_.size(); ++l) {
        out[links_[l].a] -= flow_[l];
        out[links_[l].b] += flow_[l];
    }
    return out;
}

bool PoreSpace::close_balance(double h) {
    // sum_b k_ab (psi_a - psi_b) = -(dW_a/h + sum_b f_ab), psi = 0 where water comes and goes
    std::vector<int> unknown(open_.size(), -1);
    int count = 0;
    for (std::size_t n = 0; n < open_.size(); ++n)
        if (!open_[n]) unknown[n] = count++;
    const Eigen::VectorXd surplus = outflow(h);
    Eigen::VectorXd diagonal = Eigen::VectorXd::Zero(count), right(count);
    std::vector<Eigen::Triplet<double>> entries;
    for (std::size_t l = 0; l < links_.size(); ++l) {
        const auto [a, b] = links_[l];
        if (unknown[a] >= 0) diagonal[unknown[a]] += conductance_[l];
        if (unknown[b] >= 0) diagonal[unknown[b]] += conductance_[l];
        if (unknown[a] < 0 || unknown[b] < 0) continue;
        entries.emplace_back(unknown[a], unknown[b], -conductance_[l]);
        entries.emplace_back(unknown[b], unknown[a], -conductance_[l]);
    }
    for (int i = 0; i < count; ++i) entries.emplace_back(i, i, diagonal[i]);
    for (std::size_t n = 0; n < open_.size(); ++n)
        if (unknown[n] >= 0) right[unknown[n]] = surplus[static_cast<Eigen::Index>(n)];
    Eigen::SparseMatrix<double> matrix(count, count);
    matrix.setFromTriplets(entries.begin(), entries.end());
    Eigen::ConjugateGradient<Eigen::SparseMatrix<double>, Eigen::Lower | Eigen::Upper> solver;
    solver.setTolerance(1e-11);
    const Eigen::VectorXd psi = solver.compute(matrix).solve(right);
    const auto at = [&](int node) { return unknown[node] < 0 ? 0.0 : psi[unknown[node]]; };
    for (std::size_t l = 0; l < links_.size(); ++l) flow_[l] += conductance_[l] * (at(links_[l].a) - at(links_[l].b));
    return solver.info() == Eigen::Success;
}

ElementFlows element_flows(const BiphasicDomain& domain) {
    ElementFlows flows(domain.mesh().elements.size());
    for (const BiphasicBatch& batch : domain.batches()) {
        BatchResidual local;
        kernels().evaluate_residual(batch, domain.gather(batch), local);
        for (int lane = 0; lane < batch.filled; ++lane)
            for (int a = 0; a < 8; ++a) flows[batch.element[lane]][a] = local.outflow[a][lane];
    }
    return flows;
}

}  // namespace foramen::engine
