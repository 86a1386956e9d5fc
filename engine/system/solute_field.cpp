#include "engine/system/solute_field.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"

namespace foramen::engine {

namespace {
constexpr double sweep_tolerance = 1e-10;   // change over the solute's largest concentration
constexpr double solver_tolerance = 1e-13;  // residual over the right side
}  // namespace

SoluteField::SoluteField(const PoreSpace& pores, SoluteSpec spec)
    : pores_(pores), spec_(std::move(spec)), held_(static_cast<std::size_t>(pores.node_count()), 0) {
    FORAMEN_EXPECTS(!spec_.held.empty());
    for (std::size_t s = 0; s < solute_count; ++s) {
        double mean = 0.0;
        for (const HeldNode& h : spec_.held) mean += h.value[s] / static_cast<double>(spec_.held.size());
        c_[s].setConstant(pores.node_count(), mean);
        for (const HeldNode& h : spec_.held) c_[s][h.node] = h.value[s];
    }
    for (const HeldNode& h : spec_.held) held_[h.node] = 1;
    before_ = c_;
    build_pattern();
}

void SoluteField::build_pattern() {
    const int nodes = pores_.node_count();
    std::vector<Eigen::Triplet<double>> entries;
    for (int n = 0; n < nodes; ++n) entries.emplace_back(n, n, 1.0);
    for (const PoreSpace::Link& l : pores_.links()) {
        entries.emplace_back(l.a, l.b, 1.0);
        entries.emplace_back(l.b, l.a, 1.0);
    }
    matrix_.resize(nodes, nodes);
    matrix_.setFromTriplets(entries.begin(), entries.end());
    matrix_.makeCompressed();
    const auto find = [&](int row, int column) {
        const auto* const begin = matrix_.innerIndexPtr() + matrix_.outerIndexPtr()[row];
        const auto* const end = matrix_.innerIndexPtr() + matrix_.outerIndexPtr()[row + 1];
        return static_cast<Eigen::Index>(std::lower_bound(begin, end, column) - matrix_.innerIndexPtr());
    };
    for (const PoreSpace::Link& l : pores_.links()) place_.push_back({find(l.a, l.b), find(l.b, l.a)});
    for (int n = 0; n < nodes; ++n) diagonal_.push_back(find(n, n));
}

SoluteValues SoluteField::at(Eigen::Index node) const { return {c_[0][node], c_[1][node], c_[2][node]}; }

void SoluteField::set(Solute solute, const Eigen::VectorXd& concentration) {
    Eigen::VectorXd& c = c_[static_cast<std::size_t>(solute)];
    FORAMEN_EXPECTS(concentration.size() == c.size(), concentration.size());
    for (Eigen::Index n = 0; n < c.size(); ++n)
        if (!held_[n]) c[n] = concentration[n];
}

std::array<double, 2> SoluteField::link_weights(int solute, std::size_t link, bool advection) const {
    // F_ab - f_ab c_a = w_a (c_a - c_b) and F_ba - f_ba c_b = w_b (c_b - c_a)
    const double D = spec_.diffusivity[solute], k = pores_.conductance()[link], f = advection ? pores_.flow()[link] : 0.0;
    const double upwinding = std::max(0.0, 0.5 * std::abs(f) - D * std::max(k, 0.0));
    return {D * k + upwinding - 0.5 * f, D * k + upwinding + 0.5 * f};
}

double SoluteField::solve_one(int solute, double h, const Eigen::VectorXd& before) {
    Eigen::VectorXd& c = c_[solute];
    const Eigen::Index nodes = c.size();
    double* const value = matrix_.valuePtr();
    Eigen::VectorXd diagonal(nodes), right(nodes);
    for (Eigen::Index n = 0; n < nodes; ++n) {
        const double storage = h > 0.0 ? pores_.water_before()[n] / h : 0.0;
        const Turnover t = spec_.turnover ? spec_.turnover(at(n)) : Turnover{};
        diagonal[n] = storage + pores_.cell_count()[n] * t.loss[solute];
        right[n] = storage * before[n] + pores_.cell_count()[n] * t.gain[solute];
    }
    for (std::size_t l = 0; l < pores_.links().size(); ++l) {
        const auto [a, b] = pores_.links()[l];
        const std::array<double, 2> weight = link_weights(solute, l, h > 0.0 && spec_.advection);
        value[place_[l][0]] = held_[a] ? 0.0 : -weight[0];
        value[place_[l][1]] = held_[b] ? 0.0 : -weight[1];
        diagonal[a] += weight[0];
        diagonal[b] += weight[1];
    }
    for (Eigen::Index n = 0; n < nodes; ++n) {
        // rows over their diagonal: what Jacobi's preconditioner would do, so that the residual has the unit of a concentration
        value[diagonal_[n]] = 1.0;
        if (held_[n]) {
            right[n] = c[n];
            continue;
        }
        right[n] /= diagonal[n];
        for (Eigen::Index i = matrix_.outerIndexPtr()[n]; i < matrix_.outerIndexPtr()[n + 1]; ++i)
            if (i != diagonal_[n]) value[i] /= diagonal[n];
    }
    Eigen::BiCGSTAB<Eigen::SparseMatrix<double, Eigen::RowMajor>, Eigen::IdentityPreconditioner> solver;
    solver.setTolerance(solver_tolerance);
    solver.setMaxIterations(4 * nodes);
    const Eigen::VectorXd next = solver.compute(matrix_).solveWithGuess(right, c);
    const double change = (next - c).cwiseAbs().maxCoeff() / std::max(next.cwiseAbs().maxCoeff(), 1e-300);
    c = next;
    return change;
}

SoluteReport SoluteField::sweep(double h, int most_sweeps) {
    SoluteReport report;
    while (report.sweeps < most_sweeps && !report.converged) {
        ++report.sweeps;
        report.change = 0.0;
        for (int s = 0; s < solute_count; ++s)
            if (spec_.diffusivity[s] > 0.0) report.change = std::max(report.change, solve_one(s, h, before_[s]));
        report.converged = report.change < sweep_tolerance;
    }
    last_step_ = h;
    return report;
}

SoluteReport SoluteField::settle() {
    before_ = c_;
    return sweep(0.0, 500);
}

SoluteReport SoluteField::step(double h) {
    FORAMEN_EXPECTS(h > 0.0, h);
    before_ = c_;
    return sweep(h, 50);
}

double SoluteField::made(Solute solute) const {
    double sum = 0.0;
    for (Eigen::Index n = 0; spec_.turnover && n < pores_.cell_count().size(); ++n) {
        const auto s = static_cast<int>(solute);
        if (!held_[n]) sum += pores_.cell_count()[n] * spec_.turnover(at(n)).rate(s, c_[s][n]);
    }
    return sum;
}

double SoluteField::left(Solute solute) const {
    const auto s = static_cast<int>(solute);
    const bool advection = last_step_ > 0.0 && spec_.advection;
    double sum = 0.0;
    for (std::size_t l = 0; l < pores_.links().size(); ++l) {
        const auto [a, b] = pores_.links()[l];
        if (held_[a] == held_[b]) continue;
        // F_ab from the inner node a to the held node b = w_a (c_a - c_b) + f_ab c_a, or the other way round
        const std::array<double, 2> weight = link_weights(s, l, advection);
        const double f = advection ? pores_.flow()[l] : 0.0;
        sum += held_[b] ? weight[0] * (c_[s][a] - c_[s][b]) + f * c_[s][a] : weight[1] * (c_[s][b] - c_[s][a]) - f * c_[s][b];
    }
    if (!advection) return sum;
    const Eigen::VectorXd outflow = pores_.outflow(last_step_);
    for (const int n : pores_.spec().open_nodes)
        if (!held_[n]) sum += outflow[n] * c_[s][n];
    return sum;
}

}  // namespace foramen::engine
