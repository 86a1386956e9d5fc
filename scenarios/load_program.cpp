#include "scenarios/load_program.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/core/contract.hpp"
#include "scenarios/pull.hpp"

namespace foramen::scenarios {

LoadProgram::LoadProgram(engine::PiecewiseLinear force, std::vector<double> corners, std::vector<Phase> phases,
                         std::vector<AngleChange> angles)
    : force_(std::move(force)), corners_(std::move(corners)), phases_(std::move(phases)), angles_(std::move(angles)) {
    FORAMEN_EXPECTS(!corners_.empty() && !phases_.empty());
}

double LoadProgram::angle(double t) const {
    if (angles_.empty()) return 0.0;
    const auto next =
        std::upper_bound(angles_.begin(), angles_.end(), t, [](double a, const AngleChange& b) { return a < b.time; });
    return next == angles_.begin() ? angles_.front().angle : std::prev(next)->angle;
}

double LoadProgram::next_corner(double t) const {
    const auto next = std::upper_bound(corners_.begin(), corners_.end(), t);
    return next == corners_.end() ? std::numeric_limits<double>::infinity() : *next;
}

const Phase& LoadProgram::phase(double t) const {
    const auto next = std::upper_bound(phases_.begin(), phases_.end(), t, [](double a, const Phase& b) { return a < b.start; });
    return next == phases_.begin() ? phases_.front() : *std::prev(next);
}

LoadProgram load_program(const Scenario& scenario) {
    FORAMEN_EXPECTS(!scenario.session.empty());
    std::vector<double> time{0.0}, force{0.0}, corners{0.0};
    std::vector<Phase> phases;
    std::vector<LoadProgram::AngleChange> angles;
    double start = 0.0;
    for (std::size_t i = 0; i < scenario.session.size(); ++i) {
        const Activity& activity = scenario.session[i];
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
            phases.push_back({start, end, PhaseKind::rest, 0, index});
        }
        corners.push_back(end);
        start = end;
    }
    std::sort(corners.begin(), corners.end());
    corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
    return {engine::PiecewiseLinear(std::move(time), std::move(force)), std::move(corners), std::move(phases), std::move(angles)};
}

}  // namespace foramen::scenarios
