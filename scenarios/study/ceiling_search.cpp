#include "scenarios/study/ceiling_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

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

namespace {

/// Points of a bracket by interpolation, truncation and projection: never more than two beyond bisection's, mostly fewer. Oliveira &
/// Takahashi 2020, ACM Trans. Math. Softw. 47(1), 5, with n0 = 1, kappa2 = 2; an aim at less than 0.45 of the tolerance closes the bracket.
class BracketedSearch {
public:
    BracketedSearch(double low, double high, double tolerance)
        : tolerance_(tolerance), kappa_(0.2 / (high - low)), left_(std::ceil(std::log2((high - low) / tolerance)) + 1.0) {}

    /// @param guess where the root is expected; empty: the middle
    double next(double kept, double exceeded, std::optional<double> guess) {
        const double width = exceeded - kept, middle = 0.5 * (kept + exceeded);
        const double radius = std::max(0.0, 0.5 * (tolerance_ * std::exp2(left_) - width));
        left_ -= 1.0;
        if (!guess) return middle;
        const double inward = middle >= *guess ? 1.0 : -1.0;
        const double step = std::max(kappa_ * width * width, 0.45 * tolerance_);
        const double truncated = step <= std::abs(middle - *guess) ? *guess + inward * step : middle;
        return std::abs(truncated - middle) <= radius ? truncated : middle - inward * radius;
    }

private:
    double tolerance_, kappa_, left_;
};

/// Least force at which a limit is expected to be met, each on the line through both ends. Empty: an end has no numbers.
std::optional<double> expected_root(double kept, const SessionUse& below, double exceeded, const SessionUse& above) {
    if (!below.computed || !above.computed) return {};
    double least = exceeded;
    for (std::size_t k = 0; k < above.use.size(); ++k)
        if (above.use[k] > 1.0) least = std::min(least, kept + (1.0 - below.use[k]) / (above.use[k] - below.use[k]) * (exceeded - kept));
    return std::max(least, kept);
}

}  // namespace

PatientCeiling find_ceiling(const std::function<SessionUse(double force)>& session, double low, double high, double tolerance) {
    FORAMEN_EXPECTS(low < high && tolerance > 0.0, low, high, tolerance);
    PatientCeiling result{.end = CeilingEnd::found, .force = low, .exceeded = high, .limit = 0, .where = {}, .why = {}, .sessions = 0};
    SessionUse below, above;
    const auto keeps = [&](double force) {
        ++result.sessions;
        SessionUse now = session(force);
        const bool kept = now.most() <= 1.0;
        if (!kept || force == high) {
            result.limit = now.governing();
            result.where = now.where.empty() ? "" : now.where[result.limit];
            result.why = now.why;
        }
        (kept ? result.force : result.exceeded) = force;
        (kept ? below : above) = std::move(now);
        return kept;
    };
    if (keeps(high)) {
        result.end = CeilingEnd::above_high;
        result.exceeded = high;
        return result;
    }
    BracketedSearch search(low, high, tolerance);
    while (result.exceeded - result.force > tolerance)
        keeps(search.next(result.force, result.exceeded, expected_root(result.force, below, result.exceeded, above)));
    if (!below.computed && !keeps(low)) {
        result.end = CeilingEnd::below_low;
        result.force = 0.0;
    }
    return result;
}

}  // namespace foramen::scenarios
