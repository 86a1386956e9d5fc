#include "engine/time/real_time_stepper.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"

namespace foramen::engine {

RealTimeStepper::RealTimeStepper(System& system, NewtonSolver& newton, double h, RealTimeOptions options)
    : system_(system), newton_(newton), options_(options), background_(system, options.enter_background) {
    FORAMEN_EXPECTS(h > 0.0 && options.most_corrections >= 1, h, options.most_corrections);
    stage_.tau = 0.0;
    for (const BiphasicDomain& d : system.domains) stage_.target.push_back(Eigen::VectorXd::Zero(d.node_count()));
    newton_.evaluate(stage_);
    for (std::size_t d = 0; d < system.domains.size(); ++d) stage_.target[d] = newton_.residuals()[d].volume;
    const FactorReport made = newton_.factor_now(h);
    FORAMEN_EXPECTS(made.ok, h);
}

bool RealTimeStepper::renew(std::optional<bool> exchange, double h) {
    bool exchanged = false;
    if (exchange.value_or(background_.ready())) {
        exchanged = true;
        static_cast<void>(background_.exchange(system_));  // an unsound factor: the one in use stays
        next_copy_ = std::max(next_copy_, steps_ + static_cast<int>(std::ceil(options_.rest * (steps_ - copied_))));
    }
    if (background_.idle() && steps_ >= next_copy_ && !system_.domains.empty()) {
        background_.begin(system_, next_domain_, h);
        next_domain_ = (next_domain_ + 1) % static_cast<int>(system_.domains.size());
        copied_ = steps_;
        next_copy_ = steps_ + options_.copy_every;
    }
    return exchanged;
}

void RealTimeStepper::correct(Assessment now, RealTimeStep& out) {
    while (now.sound() && out.corrections < options_.most_corrections) {
        if (!newton_.correct()) {
            now.stop = NewtonStop::factor_failed;
            break;
        }
        ++out.corrections;
        if (now.merit <= options_.calm) break;
        Assessment after = newton_.assess(stage_);
        double share = 1.0;
        for (int k = 0; k < options_.most_retreats && (!after.sound() || after.merit > now.merit); ++k) {
            share *= 0.5;
            newton_.retreat(share);
            after = newton_.assess(stage_);
            ++out.retreats;
        }
        now = after;
        if (now.merit <= options_.calm) break;
    }
    out.failed = now;
}

RealTimeStep RealTimeStepper::step(double time, double h, const Apply& apply, std::optional<bool> exchange) {
    RealTimeStep out;
    out.exchanged = renew(exchange, h);
    apply(time);
    // the outflow at the present state serves the step before, which ended here, and the one that begins
    const double last = stage_.tau;
    stage_.tau = last + h;
    const Assessment start = newton_.assess(stage_);
    for (std::size_t d = 0; d < system_.domains.size(); ++d) stage_.target[d] -= last * newton_.residuals()[d].outflow;
    stage_.tau = h;
    out.merit = start.merit;
    correct(start, out);
    if (!out.made()) return out;
    system_.commit();
    ++steps_;
    out.time = time;
    return out;
}

void RealTimeStepper::evaluate() { newton_.evaluate(stage_); }

}  // namespace foramen::engine
