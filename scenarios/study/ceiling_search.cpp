#include "scenarios/study/ceiling_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/contract.hpp"

namespace foramen::scenarios {

Scenario with_peak(const Scenario& scenario, double peak) {
    const double factor = peak / load_program(scenario).peak();
    Scenario scaled = scenario;
    for (Activity& activity : scaled.session) {
        if (activity.kind != ActivityKind::traction) continue;
        Traction& t = activity.traction;
        if (t.hold.force) *t.hold.force *= factor;
        t.rest.force *= factor;
        if (t.wave.mean) *t.wave.mean *= factor;
        if (t.wave.amplitude) *t.wave.amplitude *= factor;
        for (double& force : t.measured.points.y) force *= factor;
        t.pretension = std::min(t.pretension, peak);
    }
    return scaled;
}

namespace {

double release_time(const LoadProgram& program) {
    const auto& phases = program.phases();
    const auto hold = std::find_if(phases.rbegin(), phases.rend(), [](const Phase& p) { return p.kind == PhaseKind::hold; });
    if (hold != phases.rend()) return hold->end;
    const auto& curve = program.curve();
    for (std::size_t i = curve.x().size(); i > 0; --i)
        if (curve.y()[i - 1] >= (1.0 - 1e-9) * program.peak()) return curve.x()[i - 1];
    return program.duration();
}

}  // namespace

LoadProgram with_sudden_release(const LoadProgram& program, double release, double after) {
    const double at = release_time(program), slack = at + release, end = slack + std::max(after, release);
    std::vector<double> time, force, corners;
    for (std::size_t i = 0; i < program.curve().x().size() && program.curve().x()[i] < at; ++i) {
        time.push_back(program.curve().x()[i]);
        force.push_back(program.curve().y()[i]);
    }
    time.insert(time.end(), {at, slack, end});
    force.insert(force.end(), {program.force(at), 0.0, 0.0});
    for (const double corner : program.corners())
        if (corner < at) corners.push_back(corner);
    corners.insert(corners.end(), {at, slack, end});
    std::vector<Phase> phases;
    std::vector<LoadProgram::AngleChange> angles;
    for (Phase phase : program.phases()) {
        if (phase.start >= at) break;
        const bool last = phase.end >= at;
        phase.end = std::min(phase.end, at);
        if (phases.empty() || phase.activity != phases.back().activity) angles.push_back({phase.start, program.angle(phase.start)});
        phases.push_back(phase);
        if (last) break;
    }
    const Phase pulled = phases.back();
    phases.push_back({at, slack, PhaseKind::ramp_down, pulled.cycle, pulled.activity});
    phases.push_back({slack, end, PhaseKind::rest, 0, pulled.activity});
    return {engine::PiecewiseLinear(std::move(time), std::move(force)), std::move(corners), std::move(phases), std::move(angles)};
}

std::size_t SessionUse::governing() const {
    return use.empty() ? 0 : static_cast<std::size_t>(std::max_element(use.begin(), use.end()) - use.begin());
}

double SessionUse::most() const {
    if (!computed) return std::numeric_limits<double>::infinity();
    return use.empty() ? -std::numeric_limits<double>::infinity() : use[governing()];
}

PatientCeiling find_ceiling(const std::function<SessionUse(double)>& session, double low, double high, double tolerance) {
    FORAMEN_EXPECTS(low < high && tolerance > 0.0, low, high, tolerance);
    PatientCeiling result;
    const auto see = [&](double force) {
        ++result.sessions;
        return session(force);
    };
    const auto note = [&](const SessionUse& use) {
        result.limit = use.governing();
        result.where = use.where.empty() ? "" : use.where[use.governing()];
        result.why = use.why;
    };
    const SessionUse top = see(high);
    note(top);
    result.exceeded = high;
    if (top.most() <= 1.0) {
        result.end = CeilingEnd::above_high;
        result.force = high;
        return result;
    }
    const SessionUse bottom = see(low);
    if (!(bottom.most() <= 1.0)) {
        note(bottom);
        result.end = CeilingEnd::below_low;
        result.exceeded = low;
        return result;
    }
    double kept = low, kept_use = bottom.most(), over_use = top.most();
    while (result.exceeded - kept > tolerance) {
        const double width = result.exceeded - kept;
        const double share = std::isfinite(over_use) ? (1.0 - kept_use) / (over_use - kept_use) : 0.5;
        double force = kept + std::clamp(share, 0.05, 0.95) * width;
        if (width > 2.0 * tolerance) {  // step over the root by less than the tolerance, so that the bracket closes from both sides
            force = std::clamp(force + (result.sessions % 2 == 0 ? 0.4 : -0.4) * tolerance, kept + 0.4 * tolerance, result.exceeded - 0.4 * tolerance);
        } else {
            force = 0.5 * (kept + result.exceeded);
        }
        const SessionUse now = see(force);
        if (now.most() <= 1.0) {
            kept = force;
            kept_use = now.most();
        } else {
            result.exceeded = force;
            over_use = now.most();
            note(now);
        }
    }
    result.force = kept;
    return result;
}

}  // namespace foramen::scenarios
