#include "scenarios/load_program.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/core/contract.hpp"
#include "scenarios/pull.hpp"

namespace foramen::scenarios {

LoadProgram::LoadProgram(engine::PiecewiseLinear force, std::vector<double> corners, std::vector<Phase> phases, std::vector<AngleChange> angles,
                         std::optional<engine::PiecewiseLinear> upright, double strengthening)
    : force_(std::move(force)), corners_(std::move(corners)), phases_(std::move(phases)), angles_(std::move(angles)), upright_(std::move(upright)),
      strengthening_(strengthening) {
    FORAMEN_EXPECTS(!corners_.empty() && !phases_.empty());
}

double LoadProgram::angle(double t) const {
    if (angles_.empty()) return 0.0;
    const auto next =
        std::upper_bound(angles_.begin(), angles_.end(), t, [](double a, const AngleChange& b) { return a < b.time; });
    return next == angles_.begin() ? angles_.front().angle : std::prev(next)->angle;
}

int LoadProgram::tractions_done(double t) const {
    int done = 0;
    for (std::size_t i = 0; i < phases_.size() && phases_[i].end <= t; ++i) {
        const bool pull = phases_[i].kind != PhaseKind::rest && phases_[i].kind != PhaseKind::standing && phases_[i].kind != PhaseKind::lying;
        if (pull && (i + 1 == phases_.size() || phases_[i + 1].activity != phases_[i].activity)) ++done;
    }
    return done;
}

double LoadProgram::strength(double t) const { return strengthening_ == 0.0 ? 1.0 : std::pow(1.0 + strengthening_, tractions_done(t)); }

double LoadProgram::next_corner(double t) const {
    const auto next = std::upper_bound(corners_.begin(), corners_.end(), t);
    return next == corners_.end() ? std::numeric_limits<double>::infinity() : *next;
}

const Phase& LoadProgram::phase(double t) const {
    const auto next = std::upper_bound(phases_.begin(), phases_.end(), t, [](double a, const Phase& b) { return a < b.start; });
    return next == phases_.begin() ? phases_.front() : *std::prev(next);
}

namespace {

/// An activity without pull.
PhaseKind kind_of(ActivityKind kind) {
    if (kind == ActivityKind::standing) return PhaseKind::standing;
    return kind == ActivityKind::lying ? PhaseKind::lying : PhaseKind::rest;
}

/// Upright against time: up within the first, down within the last rising_time of each stretch of standing.
std::optional<engine::PiecewiseLinear> upright_course(const std::vector<Phase>& phases, std::vector<double>& corners) {
    std::vector<double> time{0.0}, upright{0.0};
    for (const Phase& p : phases) {
        if (p.kind != PhaseKind::standing) continue;
        const double rising = std::min(rising_time, 0.4 * (p.end - p.start));
        for (const auto& [t, value] : {std::pair{p.start, 0.0}, {p.start + rising, 1.0}, {p.end - rising, 1.0}, {p.end, 0.0}}) {
            if (t > time.back()) {
                time.push_back(t);
                upright.push_back(value);
            }
            corners.push_back(t);
        }
    }
    if (time.size() == 1) return {};
    return engine::PiecewiseLinear(std::move(time), std::move(upright));
}

}  // namespace

LoadProgram load_program(const Scenario& scenario) {
    const std::vector<Activity> all = activities(scenario);
    FORAMEN_EXPECTS(!all.empty());
    std::vector<double> time{0.0}, force{0.0}, corners{0.0};
    std::vector<Phase> phases;
    std::vector<LoadProgram::AngleChange> angles;
    double start = 0.0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Activity& activity = all[i];
        const int index = static_cast<int>(i);
        double end = start + activity.time;
        if (activity.kind == ActivityKind::traction) {
            const Pull pull = build_pull(activity.traction);
            end = start + pull.time.back();
            for (std::size_t k = 1; k < pull.time.size(); ++k) {
                time.push_back(start + pull.time[k]);
                force.push_back(pull.force[k]);
            }
            for (const double corner : pull.corners) corners.push_back(start + corner);
            for (const Phase& p : pull.phases) phases.push_back({start + p.start, start + p.end, p.kind, p.cycle, index});
            angles.push_back({start, activity.traction.angle});
        } else {
            time.push_back(end);
            force.push_back(0.0);
            phases.push_back({start, end, kind_of(activity.kind), 0, index});
        }
        corners.push_back(end);
        start = end;
    }
    std::optional<engine::PiecewiseLinear> upright = upright_course(phases, corners);
    std::sort(corners.begin(), corners.end());
    corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
    return {engine::PiecewiseLinear(std::move(time), std::move(force)), std::move(corners), std::move(phases), std::move(angles), std::move(upright),
            scenario.course ? scenario.course->strengthening : 0.0};
}

}  // namespace foramen::scenarios
