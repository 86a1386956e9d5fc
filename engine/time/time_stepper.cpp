#include "engine/time/time_stepper.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <sstream>

#include "engine/core/contract.hpp"

namespace foramen::engine {

namespace {

const double gamma_sdirk = 1.0 - 1.0 / std::numbers::sqrt2;
constexpr double safety = 0.85;
constexpr double cut = 0.35;  // of a step after a failure
constexpr double first_share = 0.05;  // of the tolerance, for the first step after a corner: rates have jumped
constexpr double useless_guess = 1.0;  // unbalanced forces over the pull: fibres that an extrapolation overstretched, exponentially
constexpr std::size_t corners_remembered = 8;

/// now + factor (now - before), unknown by unknown: a first guess along the way that the last step went.
void extrapolate(System& system, const SystemState& before, const SystemState& now, double factor) {
    for (int body = 0; body < system.body_count(); ++body) {
        const Eigen::Vector3d turn = vector_from_rotation(now.poses[body].rotation * before.poses[body].rotation.transpose());
        Vector6 move;
        move << factor * (now.poses[body].origin - before.poses[body].origin), factor * turn;
        for (int k = 0; k < 6; ++k)
            if (!system.free[body][k]) move[k] = 0.0;  // what the drive prescribes stays
        system.poses[body] = system.poses[body].moved(move);
    }
    for (std::size_t f = 0; f < system.flexible.size(); ++f) system.flexible[f].amplitude += factor * (now.amplitude[f] - before.amplitude[f]);
    system.place_riders();
    for (std::size_t d = 0; d < system.domains.size(); ++d) {
        BiphasicDomain& domain = system.domains[d];
        for (int node = 0; node < domain.node_count(); ++node) {
            for (int axis = 0; axis < 3; ++axis)
                if (domain.unknown(node, axis) >= 0) domain.u[3 * node + axis] += factor * (now.u[d][3 * node + axis] - before.u[d][3 * node + axis]);
            if (domain.unknown(node, 3) >= 0) domain.p[node] += factor * (now.p[d][node] - before.p[d][node]);
        }
    }
}

}  // namespace

TimeStepper::TimeStepper(System& system, NewtonSolver& newton, StepperOptions options) : system_(system), newton_(newton), options_(options) {
    stage_.tau = 0.0;
    for (const auto& d : system.domains) stage_.target.push_back(Eigen::VectorXd::Zero(d.node_count()));
    first_outflow_.resize(system.domains.size());
    read_balance(false);
}

void TimeStepper::read_balance(bool carry) {
    // With carry: M - (what Newton left over), that is the target less the outflow that was taken. Without: M as it is.
    if (!carry) {
        stage_.tau = 0.0;
        newton_.evaluate(stage_);
    }
    balance_.clear();
    for (std::size_t d = 0; d < system_.domains.size(); ++d) {
        const DomainResidual& r = newton_.residuals()[d];
        balance_.push_back(carry ? Eigen::VectorXd(stage_.target[d] - stage_.tau * r.outflow) : r.volume);
    }
}

TimeStepper::Attempt TimeStepper::attempt(double time, double h, const Drive& drive, RunReport& report) {
    if (options_.scheme == Scheme::sdirk2) return attempt_sdirk2(time, h, drive, report);
    Attempt a;
    stage_.target = balance_;
    stage_.tau = h;
    drive.apply(time + h, system_);
    a.newton = newton_.solve(stage_);
    report.iterations += a.newton.iterations;
    report.refreshes += a.newton.refreshes;
    report.wrong_inertia += a.newton.wrong_inertia;
    return a;
}

TimeStepper::Attempt TimeStepper::attempt_sdirk2(double time, double h, const Drive& drive, RunReport& report) {
    const SystemState start = save_state(system_);
    const auto count = [&](const NewtonReport& n) {
        report.iterations += n.iterations;
        report.refreshes += n.refreshes;
        report.wrong_inertia += n.wrong_inertia;
    };
    Attempt a;
    stage_.target = balance_;
    stage_.tau = gamma_sdirk * h;
    drive.apply(time + gamma_sdirk * h, system_);
    if (last_step_ > 0.0) extrapolate(system_, before_last_, start, gamma_sdirk * h / last_step_);
    a.newton = newton_.solve(stage_, last_step_ > 0.0 ? useless_guess : std::numeric_limits<double>::infinity());
    count(a.newton);
    if (!a.newton.converged() && last_step_ > 0.0) {
        restore_state(system_, start);  // the guess may have been the trouble; what the drive prescribes must stay
        drive.apply(time + gamma_sdirk * h, system_);
        a.newton = newton_.solve(stage_);
        count(a.newton);
    }
    if (!a.newton.converged()) return a;

    for (std::size_t d = 0; d < system_.domains.size(); ++d) {
        first_outflow_[d] = newton_.residuals()[d].outflow;
        stage_.target[d] = balance_[d] - (1.0 - gamma_sdirk) * h * first_outflow_[d];
    }
    drive.apply(time + h, system_);
    const SystemState middle = save_state(system_);
    extrapolate(system_, start, middle, (1.0 - gamma_sdirk) / gamma_sdirk);
    NewtonReport second = newton_.solve(stage_, useless_guess);
    count(second);
    if (!second.converged()) {
        restore_state(system_, middle);
        drive.apply(time + h, system_);
        second = newton_.solve(stage_);
        count(second);
    }
    a.newton = second;
    if (second.converged()) a.error = error_over_tolerance(h);
    return a;
}

double TimeStepper::error_over_tolerance(double h) const {
    std::vector<Eigen::VectorXd> volumes;
    for (std::size_t d = 0; d < system_.domains.size(); ++d)
        volumes.push_back(gamma_sdirk * h * (newton_.residuals()[d].outflow - first_outflow_[d]));
    const Eigen::VectorXd e = newton_.response_to_volumes(volumes);
    double worst = 0.0;
    const double arm = newton_.options().arm_scale;
    for (int body = 0; body < system_.body_count(); ++body) {
        const double moved = std::max(e.segment<3>(6 * body).cwiseAbs().maxCoeff(), arm * e.segment<3>(6 * body + 3).cwiseAbs().maxCoeff());
        worst = std::max(worst, moved / options_.displacement_tolerance);
    }
    for (int k = 6 * system_.body_count(); k < system_.move_count(); ++k) worst = std::max(worst, std::abs(e[k]) / options_.displacement_tolerance);
    int offset = system_.move_count();
    for (const BiphasicDomain& domain : system_.domains) {
        double squares = 0.0;
        int pressures = 0;
        for (int node = 0; node < domain.node_count(); ++node) {
            for (int axis = 0; axis < 3; ++axis)
                if (const int i = domain.unknown(node, axis); i >= 0) worst = std::max(worst, std::abs(e[offset + i]) / options_.displacement_tolerance);
            if (const int i = domain.unknown(node, 3); i >= 0) {
                squares += e[offset + i] * e[offset + i];
                ++pressures;
            }
        }
        if (pressures > 0) worst = std::max(worst, std::sqrt(squares / pressures) / options_.pressure_tolerance);
        offset += domain.unknown_count();
    }
    return worst;
}

std::string TimeStepper::why(const NewtonReport& newton, double time, double h) const {
    std::ostringstream text;
    text << "at " << time << " s a step of " << h << " s failed: " << describe(newton.stop);
    if (newton.domain >= 0) text << " (domain " << newton.domain;
    if (newton.element >= 0) text << ", element " << newton.element;
    if (newton.domain >= 0) text << ")";
    return text.str();
}

double TimeStepper::step_after_corner() const {
    if (options_.fixed_steps || first_errors_.empty()) return options_.first_step;
    const double worst = *std::max_element(first_errors_.begin(), first_errors_.end());
    return std::clamp(safety * std::sqrt(first_share / worst), options_.first_step, std::max(options_.first_step, options_.largest_growth * last_first_step_));
}

void TimeStepper::remember_first_step(double h, double error) {
    if (first_errors_.size() == corners_remembered) first_errors_.erase(first_errors_.begin());
    first_errors_.push_back(error / (h * h));
    last_first_step_ = h;
}

RunReport TimeStepper::run(double start, const Drive& drive, const std::vector<Observer*>& observers) {
    const Profile before = newton_.profile();
    RunReport report = step_through(start, drive, observers);
    report.profile = newton_.profile();
    report.profile -= before;
    return report;
}

RunReport TimeStepper::step_through(double start, const Drive& drive, const std::vector<Observer*>& observers) {
    FORAMEN_EXPECTS(!drive.corners.empty() && std::is_sorted(drive.corners.begin(), drive.corners.end()), drive.corners.size());
    RunReport report;
    report.time = start;
    last_step_ = 0.0;
    first_errors_.clear();
    drive.apply(start, system_);
    read_balance(false);
    for (Observer* o : observers) o->on_step({start, 0.0, system_, newton_});
    const auto largest_step = [&] { return drive.largest_step ? drive.largest_step(report.time) : options_.largest_step; };
    for (const double corner : drive.corners) {
        if (corner <= report.time) continue;
        double h = std::min(step_after_corner(), largest_step());
        last_step_ = 0.0;  // the rates jump at a corner
        while (report.time < corner) {
            const double left = corner - report.time;
            const bool last = left <= h * (1.0 + 1e-9);
            // two equal steps rather than a long one and a sliver
            const double step = last ? left : (left < 2.0 * h && !options_.fixed_steps ? 0.5 * left : h);
            const SystemState before = save_state(system_);
            const Attempt a = attempt(report.time, step, drive, report);
            const bool accepted = a.newton.converged() && (options_.fixed_steps || a.error <= 1.0);
            if (!accepted) {
                restore_state(system_, before);
                a.newton.converged() ? ++report.rejected : ++report.cutbacks;
                h = step * (a.newton.converged() ? std::clamp(safety / std::sqrt(a.error), 0.1, 0.7) : cut);
                if (h < options_.smallest_step) {
                    report.reason = StopReason::step_too_small;
                    report.why = why(a.newton, report.time, step);
                    drive.apply(report.time, system_);
                    return report;
                }
                continue;
            }
            if (last_step_ == 0.0 && a.error > 0.0) remember_first_step(step, a.error);
            read_balance(true);
            system_.commit();
            before_last_ = before;
            last_step_ = step;
            report.time = last ? corner : report.time + step;
            ++report.steps;
            if (options_.fixed_steps) {
                h = options_.first_step;  // also after one that had to be cut
            } else {
                const double growth = a.error > 0.0 ? safety / std::sqrt(a.error) : options_.largest_growth;
                h = std::min(step * std::clamp(growth, 0.2, options_.largest_growth), largest_step());
            }
            for (Observer* o : observers) o->on_step({report.time, step, system_, newton_});
            for (Observer* o : observers) {
                if (!o->wants_stop()) continue;
                report.reason = StopReason::asked;
                return report;
            }
        }
    }
    return report;
}

NewtonReport TimeStepper::settle(double time, double h, const Drive& drive, double worst_start) {
    const SystemState before = save_state(system_);
    drive.apply(time, system_);
    stage_.target = balance_;
    stage_.tau = h;
    NewtonReport report = newton_.solve(stage_, worst_start);
    if (report.converged()) {
        read_balance(true);
        system_.commit();
    } else {
        restore_state(system_, before);
    }
    last_step_ = 0.0;
    return report;
}

}  // namespace foramen::engine
