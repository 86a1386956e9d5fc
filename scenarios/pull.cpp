#include "scenarios/pull.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/core/contract.hpp"
#include "scenarios/irregular.hpp"
#include "scenarios/polyline.hpp"

namespace foramen::scenarios {

namespace {
constexpr int ramp_pieces = 16;
constexpr int wave_pieces = 32;
constexpr double measured_edge = 20.0;     // [N/s]
constexpr double corner_threshold = 0.02;  // of the peak: what a measured record's corners stand out by
constexpr double shortest_stretch = 1e-6;  // [s]

/// Appends stretches of force to a pull.
class PullBuilder {
public:
    explicit PullBuilder(const Ramp& ramp) : ramp_(ramp) { point(0.0, 0.0); }

    [[nodiscard]] double now() const { return pull_.time.back(); }
    [[nodiscard]] double force() const { return pull_.force.back(); }

    void ramp_to(double force, PhaseKind kind, int cycle) {
        const engine::Measure& edge = force > this->force() ? ramp_.up : ramp_.down;
        if (force != this->force()) ramp_until(now() + ramp_time(edge, std::abs(force - this->force())), force, kind, cycle);
    }

    void ramp_until(double end, double force, PhaseKind kind, int cycle) {
        const double start = now();
        const double from = this->force();
        corner(start);
        const int pieces = ramp_.shape == RampShape::linear ? 1 : ramp_pieces;
        for (int k = 1; k < pieces; ++k) {
            const double s = static_cast<double>(k) / pieces;
            point(start + s * (end - start), from + ramp_share(ramp_.shape, s) * (force - from));
            if (ramp_.shape == RampShape::smooth && 2 * k == pieces) corner(now());
        }
        point(end, force);
        corner(end);
        phase(start, kind, cycle);
    }

    void stay(double seconds, PhaseKind kind, int cycle) { drift(seconds, force(), kind, cycle); }

    /// Straight to another force, as one stretch of a phase.
    void drift(double seconds, double force, PhaseKind kind, int cycle) {
        if (seconds < shortest_stretch) return;
        const double start = now();
        point(start + seconds, force);
        corner(now());
        phase(start, kind, cycle);
    }

    void point(double time, double force) {
        pull_.time.push_back(time);
        pull_.force.push_back(force);
    }
    void corner(double time) {
        if (pull_.corners.empty() || time > pull_.corners.back() + shortest_stretch) pull_.corners.push_back(time);
    }
    /// Names what came since `start`, or prolongs the phase before it.
    void phase(double start, PhaseKind kind, int cycle) {
        if (!pull_.phases.empty() && pull_.phases.back().kind == kind && pull_.phases.back().cycle == cycle) {
            pull_.phases.back().end = now();
        } else {
            pull_.phases.push_back({start, now(), kind, cycle, 0});
        }
    }

    /// Leaves the pull so that the falling edge ends exactly at `duration`.
    void finish_at(double duration) {
        const auto done = [&](std::size_t i) { return pull_.time[i] + ramp_time(ramp_.down, pull_.force[i]); };
        std::size_t i = 1;
        while (i < pull_.time.size() && done(i) < duration) ++i;
        FORAMEN_EXPECTS(i < pull_.time.size(), duration, now());
        const double share = (duration - done(i - 1)) / (done(i) - done(i - 1));
        const double leave = pull_.time[i - 1] + share * (pull_.time[i] - pull_.time[i - 1]);
        const double force = pull_.force[i - 1] + share * (pull_.force[i] - pull_.force[i - 1]);
        pull_.time.resize(i);
        pull_.force.resize(i);
        if (leave > now() + shortest_stretch) point(leave, force);
        std::erase_if(pull_.corners, [&](double c) { return c > now() - shortest_stretch; });
        std::erase_if(pull_.phases, [&](const Phase& p) { return p.start > now() - shortest_stretch; });
        const int cycle = pull_.phases.empty() ? 0 : pull_.phases.back().cycle;
        if (!pull_.phases.empty()) pull_.phases.back().end = now();
        if (this->force() > 0.0) {
            ramp_until(duration, 0.0, PhaseKind::ramp_down, cycle);
        } else {
            stay(duration - now(), PhaseKind::low, cycle);
        }
    }

    [[nodiscard]] Pull take() { return std::move(pull_); }

private:
    Ramp ramp_;
    Pull pull_;
};

double low_force(const Traction& t) { return std::max(t.rest.force, t.pretension); }

void end_pull(PullBuilder& pull, const Traction& t, int cycle) {
    if (t.duration) {
        pull.finish_at(*t.duration);
    } else {
        pull.ramp_to(0.0, PhaseKind::ramp_down, cycle);
    }
}

void intermittent_pull(PullBuilder& pull, const Traction& t) {
    for (int cycle = 1;; ++cycle) {
        pull.ramp_to(*t.hold.force, PhaseKind::ramp_up, cycle);
        pull.stay(t.hold.time, PhaseKind::hold, cycle);
        if (t.cycles ? cycle == *t.cycles : pull.now() >= *t.duration) return end_pull(pull, t, cycle);
        pull.ramp_to(low_force(t), PhaseKind::ramp_down, cycle);
        pull.stay(t.rest.time, PhaseKind::low, cycle);
    }
}

void static_pull_of(PullBuilder& pull, const Traction& t) {
    pull.ramp_to(*t.hold.force, PhaseKind::ramp_up, 1);
    pull.stay(*t.duration, PhaseKind::hold, 1);
    pull.finish_at(*t.duration);
}

void progressive_pull(PullBuilder& pull, const Traction& t) {
    const double low = low_force(t);
    const double swing = *t.hold.force - low;
    int step = 0;
    for (int k = 1; k <= t.steps.up; ++k) {
        pull.ramp_to(low + swing * k / t.steps.up, PhaseKind::ramp_up, ++step);
        pull.stay(k == t.steps.up ? t.hold.time : t.steps.time, PhaseKind::hold, step);
    }
    for (int k = t.steps.down - 1; k >= 1; --k) {
        pull.ramp_to(low + swing * k / t.steps.down, PhaseKind::ramp_down, ++step);
        pull.stay(t.steps.time, PhaseKind::hold, step);
    }
    pull.ramp_to(0.0, PhaseKind::ramp_down, step);
}

void sinusoidal_pull(PullBuilder& pull, const Traction& t) {
    pull.ramp_to(*t.wave.mean, PhaseKind::ramp_up, 1);
    const double start = pull.now();
    for (int k = 1; pull.now() < *t.duration + 1.0 / t.wave.frequency; ++k) {
        const double turn = static_cast<double>(k) / wave_pieces;
        pull.point(start + turn / t.wave.frequency, *t.wave.mean + *t.wave.amplitude * std::sin(2.0 * std::numbers::pi * turn));
    }
    pull.phase(start, PhaseKind::hold, 1);
    pull.finish_at(*t.duration);
}

void manual_pull(PullBuilder& pull, const Traction& t) {
    Irregular hand(t.irregularity);
    for (int cycle = 1;; ++cycle) {
        pull.ramp_to(hand.force(*t.hold.force), PhaseKind::ramp_up, cycle);
        const double hold_time = hand.time(t.hold.time);
        const int pieces = std::max(1, static_cast<int>(std::lround(hold_time / Irregular::drift_time)));
        for (int k = 0; k < pieces; ++k) pull.drift(hold_time / pieces, hand.force(*t.hold.force), PhaseKind::hold, cycle);
        if (t.cycles ? cycle == *t.cycles : pull.now() >= *t.duration) return end_pull(pull, t, cycle);
        pull.ramp_to(low_force(t), PhaseKind::ramp_down, cycle);
        pull.stay(hand.time(t.rest.time), PhaseKind::low, cycle);
    }
}

Pull measured_pull(const Traction& t) {
    const auto& [x, y] = t.measured.points;
    PullBuilder pull(
        {.up = {measured_edge, engine::Dimension::force_rate}, .down = {measured_edge, engine::Dimension::force_rate}});
    pull.ramp_to(y.front(), PhaseKind::ramp_up, 1);
    const double start = pull.now();
    for (std::size_t i = 1; i < x.size(); ++i) pull.point(start + x[i], y[i]);
    const double peak = *std::max_element(y.begin(), y.end());
    for (const std::size_t i : polyline_corners(x, y, corner_threshold * peak)) pull.corner(start + x[i]);
    pull.phase(start, PhaseKind::hold, 1);
    pull.ramp_to(0.0, PhaseKind::ramp_down, 1);
    return pull.take();
}
}  // namespace

double ramp_time(const engine::Measure& edge, double change) {
    return edge.dimension == engine::Dimension::time ? edge.value : std::abs(change) / edge.value;
}

double ramp_share(RampShape shape, double s) {
    switch (shape) {
        case RampShape::smooth:
            return 0.5 * (1.0 - std::cos(std::numbers::pi * s));
        case RampShape::logarithmic:
            return std::log1p(9.0 * s) / std::numbers::ln10;
        default:
            return s;
    }
}

double shortest_duration(const Traction& t) {
    const double top = t.mode == TractionMode::sinusoidal ? t.wave.mean.value_or(0.0) : t.hold.force.value_or(0.0);
    const double slack = t.pretension > 0.0 ? ramp_time(t.ramp.up, t.pretension) : 0.0;
    return slack + ramp_time(t.ramp.up, top - t.pretension) + ramp_time(t.ramp.down, top);
}

Pull build_pull(const Traction& t) {
    if (t.mode == TractionMode::measured) return measured_pull(t);
    PullBuilder pull(t.ramp);
    pull.ramp_to(t.pretension, PhaseKind::pretension, 0);
    switch (t.mode) {
        case TractionMode::static_pull:
            static_pull_of(pull, t);
            break;
        case TractionMode::progressive:
            progressive_pull(pull, t);
            break;
        case TractionMode::sinusoidal:
            sinusoidal_pull(pull, t);
            break;
        case TractionMode::manual:
            manual_pull(pull, t);
            break;
        default:
            intermittent_pull(pull, t);
    }
    return pull.take();
}

}  // namespace foramen::scenarios
