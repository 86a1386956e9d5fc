#include "io/device/supervisor.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::io {

namespace {
constexpr double nano = 1e-9;
constexpr std::int64_t hold_memory_ns = 50'000'000;  // after the last finding that asks to hold
constexpr long least_readings = 5;                   // of a self test
}  // namespace

void Supervisor::go(State state, std::int64_t now_ns) {
    state_ = state;
    state_since_ns_ = now_ns;
    if (state == State::stopped) stopped_since_ns_ = now_ns;
}

void Supervisor::take(const Finding& finding, std::int64_t now_ns) {
    if (finding.severity <= Severity::note || state_ == State::stopped) return;
    if (finding.severity == Severity::hold) {
        if (now_ns > held_until_ns_) held_since_ns_ = now_ns;
        held_until_ns_ = now_ns + hold_memory_ns;
        held_for_ = finding.fault;
        if (state_ == State::running) go(State::holdover, now_ns);
        return;
    }
    const bool stop = finding.severity == Severity::stop;
    if (state_ == State::ramp_down && !stop) return;
    if (reason_ == Fault::none || stop) {
        reason_ = finding.fault;
        onset_ns_ = finding.onset_ns;
        reaction_ns_ = now_ns - finding.onset_ns;
    }
    go(!stop && pulling() ? State::ramp_down : State::stopped, now_ns);  // where nothing is pulled there is nothing to ramp
}

void Supervisor::reading(double force, std::int64_t now_ns) {
    if (state_ == State::disconnected) go(State::self_test, now_ns);
    if (state_ == State::self_test) self_test(force, now_ns);
}

void Supervisor::self_test(double force, std::int64_t now_ns) {
    ++tared_;
    tare_sum_ += force;
    tare_squares_ += force * force;
    if (static_cast<double>(now_ns - state_since_ns_) * nano < checks_.tare_time || tared_ < least_readings) return;
    const double mean = tare_sum_ / static_cast<double>(tared_);
    const double deviation = std::sqrt(std::max(0.0, tare_squares_ / static_cast<double>(tared_) - mean * mean));
    if (std::abs(mean) > checks_.tare_band || deviation > checks_.tare_deviation) return take({Severity::stop, Fault::tare, now_ns}, now_ns);
    go(State::armed, now_ns);
}

double Supervisor::advance(std::int64_t now_ns, double wanted, double ceiling, double pretension) {
    const double dt = last_ns_ < 0 ? 0.0 : static_cast<double>(now_ns - last_ns_) * nano;
    last_ns_ = now_ns;
    switch (state_) {
        case State::disconnected:
        case State::self_test: return set_point_ = 0.0;
        case State::armed:
            running_since_ns_ = now_ns;
            go(State::running, now_ns);
            return set_point_ = std::min(wanted, ceiling);
        case State::holdover:
            if (static_cast<double>(now_ns - held_since_ns_) * nano > policy_.longest_hold) take({Severity::safe, held_for_, held_since_ns_}, now_ns);
            else if (now_ns > held_until_ns_) go(State::running, now_ns);
            return set_point_ = std::min(set_point_, ceiling);  // no rise on a force that is not known
        case State::running: return set_point_ = std::min(wanted, ceiling);
        case State::ramp_down:
            set_point_ = std::max(std::min(pretension, set_point_), set_point_ - policy_.ramp_down * dt);
            if (set_point_ <= pretension) go(State::stopped, now_ns);
            return set_point_;
        case State::stopped: return set_point_ = 0.0;
    }
    return 0.0;
}

void Supervisor::finish(std::int64_t now_ns) {
    if (!pulling()) return;
    finished_ = true;
    go(State::ramp_down, now_ns);
}

}  // namespace foramen::io
