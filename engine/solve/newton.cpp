#include "engine/solve/newton.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"
#include "engine/core/parallel.hpp"

namespace foramen::engine {

namespace {
constexpr double largest_tau_change = 6.0;   // a factor made for another tau is useless beyond this
// Of the merit in one accepted step. Good steps with a stale factor first let it rise 8 to 25 times, then it falls.
constexpr double largest_growth_fresh = 2.0, largest_growth_stale = 20.0;
constexpr double slow_contraction = 0.7;
// Where a factor costs more iterations than this, it is given up only when it would cost more than another one.
constexpr double dear_factor = 30.0;
constexpr int judged_iterations = 6;  // of such a one
constexpr double short_tau = 0.05;    // s; in much less no pressure moves: dear factors for shorter tau pass for alike
constexpr int most_patience = 80;     // iterations
// [-]; of their fibres: what a corner of a session stretches taut ones by before the factor is made anew. An exponential fibre of 8 % of strain is twice as
// stiff with 2 % more, and a factor softer than what it meets overshoots.
constexpr double dear_margin = 0.005;
}  // namespace

std::string describe(NewtonStop stop) {
    switch (stop) {
        case NewtonStop::converged: return "converged";
        case NewtonStop::useless_start: return "the first guess was far off";
        case NewtonStop::too_many_iterations: return "the iterations did not converge";
        case NewtonStop::line_search_failed: return "every shorter step lets the residual grow more than twofold";
        case NewtonStop::element_inverted: return "an element turned inside out";
        case NewtonStop::not_finite: return "the residual is not a finite number";
        case NewtonStop::factor_failed: return "the stiffness matrix is singular";
    }
    return "unknown";
}

NewtonSolver::NewtonSolver(System& system, NewtonOptions options) : system_(system), options_(options) {
    for (int body = 0; body < system.body_count(); ++body)
        for (int k = 0; k < 6; ++k)
            if (system.free[body][k]) free_moves_.push_back(6 * body + k);
    for (int k = 6 * system.body_count(); k < system.move_count(); ++k) free_moves_.push_back(k);
    for (int d = 0; d < static_cast<int>(system.domains.size()); ++d) domain_moves_.push_back(system.domain_moves(d));
    int next = system.move_count();
    for (const auto& d : system.domains) {
        offset_.push_back(next);
        next += d.unknown_count();
        double volume = 0.0;
        for (const auto& batch : d.batches())
            for (const LaneNumbers& v : batch.dV)
                for (int lane = 0; lane < batch.filled; ++lane) volume += v[lane];
        volume_.push_back(volume);
    }
    offset_.push_back(next);
    residuals_.resize(system.domains.size());
    double factor = 0.0, iteration = 0.0;
    for (const auto& d : system.domains) {
        factor += d.factor_work();
        iteration += d.iteration_work();
    }
    if (factor > dear_factor * iteration) patience_ = std::min(static_cast<int>(factor / iteration), most_patience);
    for (auto& d : system.domains) d.set_fibre_margin(patience_ > 0 ? dear_margin : 0.0);
}

void NewtonSolver::evaluate(const StageInput& stage, bool hessian) {
    const int count = static_cast<int>(system_.domains.size());
    Stopwatch wall;
    double busy = 0.0, bodies_busy = 0.0;
    BodySystem bodies(system_.body_count(), system_.amplitude_count(), hessian);
#pragma omp parallel for schedule(dynamic, 1) reduction(+ : busy, bodies_busy) if (count > 1 && !omp_in_parallel())
    for (int d = -1; d < count; ++d) {  // -1: what acts between bodies
        Stopwatch watch;
        if (d < 0) {
            system_.add_body_forces(bodies);
            bodies_busy += watch.lap();
            continue;
        }
        const std::vector<Pose> slots = system_.slot_poses(d);
        system_.place_ties(d);
        system_.domains[d].evaluate(stage.target[d], stage.tau, slots, residuals_[d]);
        busy += watch.lap();
    }
    profile_.add(Phase::element_residuals, busy);
    profile_.add(Phase::bodies, bodies_busy);
    for (int d = 0; d < count; ++d)
        for (std::size_t k = 0; k < domain_moves_[d].size(); ++k) bodies.gradient[domain_moves_[d][k]] += residuals_[d].tie[static_cast<int>(k)];
    body_gradient_ = bodies.gradient;
    if (hessian) body_hessian_ = bodies.hessian;
    parallel_wall_ += wall.lap();
}

NewtonSolver::Norms NewtonSolver::norms() const {
    Norms n;
    double sum = 0.0;
    for (const int i : free_moves_) {
        const bool is_force = i % 6 < 3 || i >= 6 * system_.body_count();  // or of an amplitude
        const double unit = is_force ? options_.force_scale : options_.force_scale * options_.arm_scale;
        const double g = body_gradient_[i] / unit;
        n.body = std::max(n.body, std::abs(g));
        sum += g * g;
        if (!std::isfinite(g)) n.finite = false;
    }
    const double area = options_.force_scale / options_.pressure_scale;
    for (std::size_t d = 0; d < residuals_.size(); ++d) {
        const BiphasicDomain& domain = system_.domains[d];
        const Eigen::VectorXd& r = residuals_[d].r;
        double forces = 0.0, volumes = 0.0, volumes_squared = 0.0;
        for (int node = 0; node < domain.node_count(); ++node) {
            for (int axis = 0; axis < 3; ++axis)
                if (const int i = domain.unknown(node, axis); i >= 0) forces += r[i] * r[i];
            if (const int i = domain.unknown(node, 3); i >= 0) {
                volumes += std::abs(r[i]);
                volumes_squared += r[i] * r[i];
            }
        }
        forces = std::sqrt(forces) / options_.force_scale;
        n.force = std::max(n.force, forces);
        n.volume = std::max(n.volume, volumes / volume_[d]);
        const double unit = area * options_.displacement_scale;
        sum += forces * forces + volumes_squared / (unit * unit);
        if (!std::isfinite(sum)) n.finite = false;
        if (residuals_[d].inverted_element >= 0 && n.inverted_domain < 0) {
            n.inverted_domain = static_cast<int>(d);
            n.inverted_element = residuals_[d].inverted_element;
        }
    }
    n.merit = std::sqrt(sum);
    return n;
}

bool NewtonSolver::small_enough(const Norms& n) const {
    return n.finite && n.inverted_domain < 0 && n.body <= options_.body_tolerance && n.force <= options_.force_tolerance &&
           n.volume <= options_.volume_tolerance;
}

bool NewtonSolver::choose_factor(double tau) {
    const double shorter = patience_ > 0 ? short_tau : 0.0;
    const auto apart = [tau, shorter](const HeldFactor& f) {
        if (f.tau < 0.0) return 1e300;
        if (f.tau == tau) return 0.0;
        return f.tau > 0.0 && tau > 0.0 ? std::abs(std::log((tau + shorter) / (f.tau + shorter))) : 1e300;
    };
    const auto nearest = std::min_element(factors_.begin(), factors_.end(), [&](const auto& a, const auto& b) { return apart(a) < apart(b); });
    const bool usable = nearest != factors_.end() && apart(*nearest) <= std::log(largest_tau_change);
    if (usable) {
        in_use_ = static_cast<std::size_t>(nearest - factors_.begin());
    } else if (static_cast<int>(factors_.size()) < options_.factors_kept) {
        in_use_ = factors_.size();
        factors_.emplace_back();
    } else {
        const auto oldest = std::min_element(factors_.begin(), factors_.end(), [](const auto& a, const auto& b) { return a.used < b.used; });
        in_use_ = static_cast<std::size_t>(oldest - factors_.begin());
    }
    factors_[in_use_].used = ++solves_;
    for (BiphasicDomain& domain : system_.domains) domain.use_factor(static_cast<int>(in_use_));
    return !usable;
}

FactorReport NewtonSolver::refresh(double tau, NewtonReport& report) {
    const int count = static_cast<int>(system_.domains.size());
    std::vector<FactorReport> made(system_.domains.size());
    Stopwatch wall;
#pragma omp parallel for schedule(dynamic, 1) if (count > 1 && !omp_in_parallel())
    for (int d = 0; d < count; ++d) {
        const std::vector<Pose> slots = system_.slot_poses(d);
        made[d] = system_.domains[d].refresh_factor(tau, !options_.full_newton, slots);
    }
    for (const FactorReport& one : made) {
        profile_.add(Phase::stiffness, one.assembly_seconds);
        profile_.add(Phase::factorisation, one.factor_seconds);
    }
    parallel_wall_ += wall.lap();
    ++report.refreshes;
    ++total_refreshes_;
    factors_[in_use_].tau = tau;
    for (int d = 0; d < count; ++d) {
        if (!made[d].ok) {
            report.domain = d;
            report.stop = made[d].not_finite ? NewtonStop::not_finite : NewtonStop::factor_failed;
            factors_[in_use_].tau = -1.0;
            return made[d];
        }
        if (made[d].negative_pivots != system_.domains[d].pressure_unknown_count()) ++report.wrong_inertia;
    }
    FactorReport good;
    good.ok = true;
    return good;
}

Eigen::VectorXd NewtonSolver::correction(const std::vector<Eigen::VectorXd>& r, const Eigen::VectorXd& gradient) const {
    const int count = static_cast<int>(system_.domains.size());
    Eigen::VectorXd g = gradient;
    Eigen::MatrixXd H = body_hessian_;
    std::vector<Eigen::VectorXd> condensed(r.size());
    in_parallel(count, [&](int d) { condensed[d] = system_.domains[d].condensed_residual(r[d]); });
    for (int d = 0; d < count; ++d) {
        const Eigen::VectorXd& left = condensed[d];
        const Eigen::MatrixXd& S = system_.domains[d].condensed_stiffness();
        const std::vector<int>& moves = domain_moves_[d];
        const auto size = static_cast<int>(moves.size());
        for (int a = 0; a < size; ++a) {
            g[moves[a]] -= left[a];
            for (int b = 0; b < size; ++b) H(moves[a], moves[b]) += S(a, b);
        }
    }
    const int n = static_cast<int>(free_moves_.size());
    Eigen::VectorXd out = Eigen::VectorXd::Zero(offset_.back());
    if (n > 0) {
        Eigen::MatrixXd reduced(n, n);
        Eigen::VectorXd rhs(n);
        for (int i = 0; i < n; ++i) {
            rhs[i] = -g[free_moves_[i]];
            for (int j = 0; j < n; ++j) reduced(i, j) = H(free_moves_[i], free_moves_[j]);
        }
        const Eigen::VectorXd move = reduced.partialPivLu().solve(rhs);
        for (int i = 0; i < n; ++i) out[free_moves_[i]] = move[i];
    }
    Stopwatch wall;
    double busy = 0.0;
#pragma omp parallel for schedule(dynamic, 1) reduction(+ : busy) if (count > 1 && !omp_in_parallel())
    for (int d = 0; d < count; ++d) {
        Stopwatch watch;
        Eigen::VectorXd move(static_cast<int>(domain_moves_[d].size()));
        for (int a = 0; a < move.size(); ++a) move[a] = out[domain_moves_[d][a]];
        out.segment(offset_[d], offset_[d + 1] - offset_[d]) = system_.domains[d].increment(r[d], move);
        busy += watch.lap();
    }
    profile_.add(Phase::substitution, busy);
    parallel_wall_ += wall.lap();
    return out;
}

Eigen::VectorXd NewtonSolver::response_to_volumes(const std::vector<Eigen::VectorXd>& volumes) const {
    std::vector<Eigen::VectorXd> r;
    for (std::size_t d = 0; d < system_.domains.size(); ++d) {
        const BiphasicDomain& domain = system_.domains[d];
        r.push_back(Eigen::VectorXd::Zero(domain.unknown_count()));
        for (int node = 0; node < domain.node_count(); ++node)
            if (const int i = domain.unknown(node, 3); i >= 0) r.back()[i] = volumes[d][node];
    }
    return correction(r, Eigen::VectorXd::Zero(system_.move_count()));
}

void NewtonSolver::move(const SystemState& from, const Eigen::VectorXd& step, double scale) {
    restore_state(system_, from);
    for (int body = 0; body < system_.body_count(); ++body)
        system_.poses[body] = from.poses[body].moved(Vector6(scale * step.segment<6>(6 * body)));
    for (std::size_t f = 0; f < system_.flexible.size(); ++f) {
        FlexibleBody& body = system_.flexible[f];
        body.amplitude += scale * step.segment(system_.amplitude_offset(static_cast<int>(f)), body.size());
    }
    system_.place_riders();
    for (std::size_t d = 0; d < system_.domains.size(); ++d)
        system_.domains[d].add_to_unknowns(step.segment(offset_[d], offset_[d + 1] - offset_[d]), scale);
}

double NewtonSolver::largest_pressure(const Eigen::VectorXd& step) const {
    double largest = 0.0;
    for (std::size_t d = 0; d < system_.domains.size(); ++d)
        for (int node = 0; node < system_.domains[d].node_count(); ++node)
            if (const int i = system_.domains[d].unknown(node, 3); i >= 0) largest = std::max(largest, std::abs(step[offset_[d] + i]));
    return largest;
}

double NewtonSolver::energy(const Eigen::VectorXd& step) const {
    double sum = 0.0;
    for (const int i : free_moves_) sum += step[i] * body_gradient_[i];
    for (std::size_t d = 0; d < residuals_.size(); ++d) sum += step.segment(offset_[d], residuals_[d].r.size()).dot(residuals_[d].r);
    return std::abs(sum);
}

bool NewtonSolver::try_step(const StageInput& stage, const SystemState& from, Eigen::VectorXd& step, bool fresh, const Norms& before,
                            Norms& after, NewtonReport& report) {
    double scale = 1.0;
    const double growth = fresh ? largest_growth_fresh : largest_growth_stale;
    for (int k = 0; k <= options_.max_backtracks; ++k) {
        move(from, step, scale);
        evaluate(stage);
        after = norms();
        if (after.finite && after.inverted_domain < 0 && (after.merit <= growth * before.merit || small_enough(after))) {
            step *= scale;
            return true;
        }
        if (!fresh) return false;
        scale *= 0.5;
    }
    report.stop = after.inverted_domain >= 0 ? NewtonStop::element_inverted
                  : after.finite ? NewtonStop::line_search_failed : NewtonStop::not_finite;
    report.domain = after.inverted_domain;
    report.element = after.inverted_element;
    return false;
}

Assessment NewtonSolver::assess(const StageInput& stage) {
    evaluate(stage);
    const Norms now = norms();
    Assessment out;
    out.merit = now.merit;
    if (!now.finite) out.stop = NewtonStop::not_finite;
    if (now.inverted_domain >= 0) out = {now.merit, NewtonStop::element_inverted, now.inverted_domain, now.inverted_element};
    return out;
}

bool NewtonSolver::correct() {
    std::vector<Eigen::VectorXd> r;
    for (const auto& residual : residuals_) r.push_back(residual.r);
    correction_ = correction(r, body_gradient_);
    if (!correction_.allFinite()) return false;
    corrected_from_ = save_state(system_);
    move(corrected_from_, correction_, 1.0);
    ++total_iterations_;
    return true;
}

FactorReport NewtonSolver::factor_now(double tau) {
    NewtonReport ignored;
    static_cast<void>(choose_factor(tau));
    return refresh(tau, ignored);
}

NewtonReport NewtonSolver::solve(const StageInput& stage, double worst_start) {
    Stopwatch watch;
    parallel_wall_ = 0.0;
    NewtonReport report = iterate(stage, worst_start);
    profile_.add(Phase::steering, watch.lap() - parallel_wall_);
    return report;
}

bool NewtonSolver::not_worth_it(const NewtonReport& report, const Norms& now, int since_refresh) const {
    const std::size_t last = report.merit.size() - 1;
    const double wanted = std::log(std::max(now.body / options_.body_tolerance, now.force / options_.force_tolerance));
    if (patience_ > 0) {
        if (since_refresh < judged_iterations + 1) return false;
        const auto lately = report.merit.end() - judged_iterations;  // accelerated iterations overshoot: the best ones count
        const double best = *std::min_element(lately, report.merit.end()), before = *std::min_element(lately - (since_refresh + 1 - judged_iterations), lately);
        const double rate = std::log(best / before) / judged_iterations;
        return !(rate < 0.0) || wanted / -rate > patience_ || since_refresh > 2 * patience_;
    }
    if (since_refresh < 2) return false;
    const double contraction = report.merit[last - 1] > 0.0 ? report.merit[last] / report.merit[last - 1] : 0.0;
    const bool slow = contraction > slow_contraction && since_refresh >= 3;
    return slow || since_refresh + wanted / -std::log(std::min(contraction, 0.999)) > 2.0 * options_.stale_iterations ||
           since_refresh > options_.stale_iterations;
}

NewtonReport NewtonSolver::iterate(const StageInput& stage, double worst_start) {
    NewtonReport report;
    AndersonAccelerator anderson(options_.full_newton ? 0 : options_.anderson_depth);
    evaluate(stage);
    Norms now = norms();
    report.merit.push_back(now.merit);
    if (!now.finite || now.inverted_domain >= 0) {
        report.stop = now.inverted_domain >= 0 ? NewtonStop::element_inverted : NewtonStop::not_finite;
        report.domain = now.inverted_domain;
        report.element = now.inverted_element;
        return report;
    }
    if (now.merit > worst_start) {
        report.stop = NewtonStop::useless_start;
        return report;
    }
    bool renew = choose_factor(stage.tau);
    bool fresh = false;
    int since_refresh = 0;
    double last_pressure = 1e300, last_energy = 1e300;
    const auto done = [&] {
        return small_enough(now) && last_pressure <= options_.pressure_tolerance * options_.pressure_scale &&
               last_energy <= options_.energy_tolerance * options_.force_scale * options_.displacement_scale;
    };
    const int most_iterations = std::max(options_.max_iterations, options_.full_newton ? 0 : 3 * patience_);
    while (report.iterations < most_iterations) {
        if (done()) return report;
        if (renew || options_.full_newton) {
            if (!refresh(stage.tau, report).ok) return report;
            anderson.reset();
            renew = false;
            fresh = true;
            since_refresh = 0;
        }
        std::vector<Eigen::VectorXd> r;
        for (const auto& residual : residuals_) r.push_back(residual.r);
        Eigen::VectorXd step = anderson.step(correction(r, body_gradient_));
        if (!step.allFinite()) {  // of a finite residual: a body that nothing holds
            report.stop = NewtonStop::factor_failed;
            return report;
        }
        const double stored = energy(step);
        const SystemState from = save_state(system_);
        Norms after;
        ++report.iterations;
        ++total_iterations_;
        if (!try_step(stage, from, step, fresh, now, after, report)) {
            restore_state(system_, from);
            evaluate(stage);
            if (fresh) return report;
            renew = true;
            continue;
        }
        anderson.moved(step);
        last_pressure = largest_pressure(step);
        last_energy = stored;
        now = after;
        report.merit.push_back(now.merit);
        fresh = false;
        ++since_refresh;
        if (!options_.full_newton && !small_enough(now)) renew = not_worth_it(report, now, since_refresh);
    }
    report.stop = done() ? NewtonStop::converged : NewtonStop::too_many_iterations;
    return report;
}

}  // namespace foramen::engine
