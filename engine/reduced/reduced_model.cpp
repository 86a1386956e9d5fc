#include "engine/reduced/reduced_model.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"

namespace foramen::engine {

namespace {

std::vector<Eigen::VectorXd> coordinates_of(const System& system, const ReducedBasis& basis, std::span<const SystemState> snapshots) {
    std::vector<Eigen::VectorXd> q;
    for (const SystemState& s : snapshots) q.push_back(nearest_coordinates(system, basis, s));
    return q;
}

ReducedResidual residual_at(System& system, NewtonSolver& newton, const ReducedBasis& basis, const Eigen::VectorXd& q) {
    place(system, basis, q);
    newton.evaluate(bare_stage(system));
    return project(system, newton, basis, q);
}

}  // namespace

bool ReducedModel::fits(const System& system) const {
    const std::size_t count = system.domains.size();
    const int nu = basis.displacement_modes(), np = basis.pressure_modes();
    const auto sized = [](const Eigen::MatrixXd& m, Eigen::Index rows, Eigen::Index columns) { return m.rows() == rows && m.cols() == columns; };
    const auto below = [](const std::vector<int>& list, int limit) { return std::ranges::all_of(list, [limit](int i) { return i >= 0 && i < limit; }); };
    bool good = step > 0.0 && !tangents.empty() && basis.displacement.size() == count && basis.pressure.size() == count && sample.domains.size() == count &&
                basis.moves.rows() == system.move_count() && missing.force.size() == nu && missing.volume.size() == np && missing.outflow.size() == np;
    for (std::size_t d = 0; good && d < count; ++d) {
        const BiphasicDomain& domain = system.domains[d];
        const ElementSample::OfDomain& s = sample.domains[d];
        good = sized(basis.displacement[d], 3 * domain.node_count(), nu) && sized(basis.pressure[d], domain.node_count(), np) &&
               s.weights.size() == s.elements.size() && below(s.elements, domain.mesh().element_count()) && below(s.nodes, domain.node_count());
    }
    for (const ReducedTangent& t : tangents) good = good && t.q.size() == basis.size() && sized(t.K, basis.size(), basis.size());
    return good;
}

std::vector<std::size_t> spread_out(std::span<const Eigen::VectorXd> points, const Eigen::VectorXd& unit, std::size_t count) {
    std::vector<double> distance;
    for (const Eigen::VectorXd& p : points) distance.push_back(p.cwiseProduct(unit).norm());
    std::vector<std::size_t> chosen;
    auto next = static_cast<std::size_t>(std::min_element(distance.begin(), distance.end()) - distance.begin());
    std::ranges::fill(distance, 1e300);
    while (chosen.size() < std::min(count, points.size())) {
        chosen.push_back(next);
        for (std::size_t i = 0; i < points.size(); ++i) distance[i] = std::min(distance[i], (points[i] - points[next]).cwiseProduct(unit).norm());
        next = static_cast<std::size_t>(std::max_element(distance.begin(), distance.end()) - distance.begin());
        if (distance[next] == 0.0) break;
    }
    return chosen;
}

Eigen::VectorXd coordinate_units(std::span<const Eigen::VectorXd> points, int displacement_modes) {
    FORAMEN_EXPECTS(!points.empty(), points.size());
    double u = 0.0, p = 0.0;
    const Eigen::Index size = points[0].size(), np = size - displacement_modes;
    for (const Eigen::VectorXd& q : points) {
        u += q.head(displacement_modes).squaredNorm();
        p += q.tail(np).squaredNorm();
    }
    const auto count = static_cast<double>(points.size());
    Eigen::VectorXd unit = Eigen::VectorXd::Constant(size, 1.0 / std::sqrt(u / count));
    unit.tail(np).setConstant(1.0 / std::sqrt(p / count));
    return unit;
}

ReducedModel choose_coordinates(System& system, NewtonSolver& newton, std::span<const SystemState> snapshots, double step, const ReductionOptions& options) {
    ReducedModel model;
    model.step = step;
    model.basis = make_basis(system, newton, snapshots, options.basis);
    const std::vector<Eigen::VectorXd> all = coordinates_of(system, model.basis, snapshots);
    std::vector<Eigen::VectorXd> states;
    for (const std::size_t i : spread_out(all, coordinate_units(all, model.basis.displacement_modes()), static_cast<std::size_t>(options.states))) states.push_back(all[i]);
    const Eigen::VectorXd rest = Eigen::VectorXd::Zero(model.basis.size());
    static_cast<void>(residual_at(system, newton, model.basis, rest));
    Eigen::MatrixXd tangent = disc_tangent(system, model.basis, rest, step);
    add_body_tangent(system, newton, model.basis, rest, tangent);
    model.sample = sample_elements(system, model.basis, states, tangent, options.sampling);
    return model;
}

void finish_reduction(ReducedModel& model, System& system, NewtonSolver& newton, System& sampled, NewtonSolver& sampled_newton,
                      std::span<const SystemState> snapshots, int tangents) {
    const ReducedBasis part = restricted(model.basis, model.sample);
    const Eigen::VectorXd rest = Eigen::VectorXd::Zero(part.size());
    const ReducedResidual whole = residual_at(system, newton, model.basis, rest), some = residual_at(sampled, sampled_newton, part, rest);
    model.missing = {whole.force - some.force, whole.volume - some.volume, whole.outflow - some.outflow};
    std::vector<Eigen::VectorXd> all = coordinates_of(system, model.basis, snapshots);
    for (const std::size_t i : spread_out(all, coordinate_units(all, part.displacement_modes()), static_cast<std::size_t>(tangents))) {
        place(sampled, part, all[i]);
        model.tangents.push_back({all[i], disc_tangent(sampled, part, all[i], model.step)});
    }
    place(sampled, part, rest);
}

}  // namespace foramen::engine
