#include "engine/reduced/reduced_stepper.hpp"

#include <cmath>

#include "engine/core/contract.hpp"

namespace foramen::engine {

ReducedStepper::ReducedStepper(System& sampled, NewtonSolver& newton, const ReducedModel& model, ReducedStepOptions options)
    : system_(sampled), newton_(newton), model_(model), options_(options), basis_(restricted(model.basis, model.sample)), single_(basis_), stage_(bare_stage(sampled)) {
    FORAMEN_EXPECTS(!model.tangents.empty() && options.most_corrections >= 1, model.tangents.size(), options.most_corrections);
    std::vector<Eigen::VectorXd> centres;
    for (const ReducedTangent& t : model.tangents) centres.push_back(t.q);
    unit_ = coordinate_units(centres, basis_.displacement_modes());
    for (const Eigen::MatrixXd& u : model.basis.displacement) nodes_ += static_cast<double>(u.rows()) / 3.0;
    q_ = Eigen::VectorXd::Zero(basis_.size());
    balance_ = Eigen::VectorXd::Zero(basis_.pressure_modes());
    static_cast<void>(residual(0.0, true));
    balance_ = volume_;
}

Eigen::VectorXd ReducedStepper::residual(double h, bool hessian) {
    if (options_.single_precision) single_.place(system_, basis_, q_);
    else place(system_, basis_, q_);
    newton_.evaluate(stage_, hessian);
    const ReducedResidual now = options_.single_precision ? single_.project(system_, newton_, basis_, q_) : project(system_, newton_, basis_, q_);
    volume_ = now.volume + model_.missing.volume;
    outflow_ = now.outflow + model_.missing.outflow;
    Eigen::VectorXd r(basis_.size());
    r << now.force + model_.missing.force, balance_ - volume_ - h * outflow_;
    return r;
}

Assessment ReducedStepper::inversion() const {
    Assessment out;
    for (std::size_t d = 0; d < newton_.residuals().size() && out.sound(); ++d)
        if (const int element = newton_.residuals()[d].inverted_element; element >= 0)
            out = {0.0, NewtonStop::element_inverted, static_cast<int>(d), model_.sample.domains[d].elements[static_cast<std::size_t>(element)]};
    return out;
}

std::size_t ReducedStepper::nearest() const {
    std::size_t best = 0;
    double least = 1e300;
    for (std::size_t i = 0; i < model_.tangents.size(); ++i) {
        const double distance = (model_.tangents[i].q - q_).cwiseProduct(unit_).squaredNorm();
        if (distance < least) {
            least = distance;
            best = i;
        }
    }
    return best;
}

void ReducedStepper::renew_tangent() {
    Eigen::MatrixXd K = model_.tangents[nearest()].K;
    add_body_tangent(system_, newton_, basis_, q_, K);
    inverse_.compute(K);
    tangent_age_ = 0;
}

RealTimeStep ReducedStepper::step(double time, double h, const Apply& apply) {
    RealTimeStep out;
    out.time = time;
    apply(time);
    out.exchanged = ++tangent_age_ > options_.renew_every;
    Eigen::VectorXd r = residual(h, out.exchanged);
    balance_ -= last_ * outflow_;  // of the step before, which ended here
    r.tail(balance_.size()) -= last_ * outflow_;
    last_ = h;
    if (out.exchanged) renew_tangent();
    while (true) {
        out.failed = inversion();
        if (!out.made()) return out;
        const Eigen::VectorXd correction = inverse_.solve(r);
        if (!correction.allFinite()) {
            out.failed.stop = NewtonStop::not_finite;
            return out;
        }
        q_ -= correction;
        const double size = correction.head(basis_.displacement_modes()).norm() / std::sqrt(nodes_);
        if (out.corrections++ == 0) out.merit = size;
        if (size <= options_.calm || out.corrections >= options_.most_corrections) break;
        const bool stubborn = out.corrections > 1;
        r = residual(h, stubborn);
        if (stubborn) renew_tangent();
    }
    place_bodies(system_, basis_, q_);  // which friction and muscles remember
    system_.commit();
    return out;
}

}  // namespace foramen::engine
