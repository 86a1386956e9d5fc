#include "io/device/loop_core.hpp"

#include <algorithm>

namespace foramen::io {

namespace {
constexpr double nano = 1e-9;
constexpr double least_share = 1e-3;      // of a limit: below it no ceiling follows from it
constexpr double least_force = 10.0;      // N: below it a share says nothing about a force
constexpr double over_share = 1.0;
}  // namespace

LoopCore::LoopCore(LoopSetup setup)
    : setup_(std::move(setup)),
      plausibility_(setup_.options.checks, setup_.force_cap, setup_.largest_ramp, setup_.period_ns, setup_.has_switch, setup_.takes_commands),
      supervisor_(setup_.options.checks, setup_.options.policy), ceiling_(setup_.force_cap) {}

void LoopCore::account(std::int64_t tick, std::uint32_t skipped, const Solution& solution, std::int64_t wake_ns, TickRecord& record) {
    ++accounting_.ticks;
    accounting_.skipped += skipped;
    const HilPolicy& policy = setup_.options.policy;
    if (last_input_tick_ >= 0) {
        const bool missed = solution.tick < last_input_tick_;
        record.missed = missed ? 1 : 0;
        ++(missed ? accounting_.missed : accounting_.solved);
        miss_run_ = missed ? miss_run_ + 1 : 0;
        accounting_.longest_miss = std::max(accounting_.longest_miss, miss_run_);
        minute_misses_ += (missed ? 1 : 0) + skipped;
    } else {
        ++accounting_.solved;  // nothing was asked yet
        minute_misses_ += skipped;
    }
    minute_ticks_ += 1 + skipped;
    const double minute = 60.0 * setup_.rate;
    if (miss_run_ > policy.misses_in_a_row || static_cast<double>(minute_misses_) > policy.misses_share * minute) {
        plausibility_.count(Fault::overrun);
        supervisor_.take({Severity::safe, Fault::overrun, wake_ns}, wake_ns);
    }
    if (static_cast<double>(minute_ticks_) >= minute) minute_ticks_ = minute_misses_ = 0;
    last_input_tick_ = tick;
}

void LoopCore::set_ceiling(std::int64_t wake_ns, const Solution& solution) {
    const double dt = last_wake_ns_ < 0 ? 0.0 : static_cast<double>(wake_ns - last_wake_ns_) * nano;
    const double share = *std::max_element(solution.share.begin(), solution.share.end());
    double wanted = setup_.force_cap;
    // the secant through rest: where the force would lie if the share grew in proportion
    if (share > least_share && solution.observed_force > least_force) wanted = std::min(wanted, solution.observed_force / share);
    const bool near = share >= setup_.options.limits.warn_share;
    const double rise = near ? 0.0 : setup_.options.limits.ceiling_rise * dt;
    ceiling_ = std::min({wanted, ceiling_ + rise, setup_.force_cap});
    if (share > over_share) {
        plausibility_.count(Fault::limit_exceeded);
        supervisor_.take({Severity::safe, Fault::limit_exceeded, wake_ns}, wake_ns);
    }
}

void LoopCore::command(TickOutput& out, CommandKind kind, double force) {
    const auto ttl = static_cast<std::uint32_t>(1e3 * setup_.options.policy.time_to_live);
    out.commands[out.command_count++] = {kind, force, kind == CommandKind::set_point ? ttl : 0, ++sequence_};
}

void LoopCore::send(TickOutput& out, std::int64_t wake_ns, double set_point) {
    const State state = supervisor_.state();
    const bool entered = state == State::stopped && last_state_ != State::stopped;
    if (entered) command(out, CommandKind::stop, 0.0);
    if (wake_ns >= next_command_ns_) {
        next_command_ns_ = wake_ns + static_cast<std::int64_t>(1e9 * setup_.options.policy.command_period);
        if (state == State::stopped) {
            if (!entered) command(out, CommandKind::stop, 0.0);  // again, for a line that lost the first
        } else {
            command(out, CommandKind::ceiling, ceiling_);
            command(out, CommandKind::set_point, set_point);
        }
        command(out, CommandKind::heartbeat, 0.0);
    }
    const double stopped = static_cast<double>(wake_ns - supervisor_.stopped_since_ns()) * nano;
    if (state == State::stopped && stopped >= setup_.options.policy.disable_after) {
        if (disabled_) over_ = true;
        else if (out.command_count < out.commands.size()) {
            command(out, CommandKind::disable, 0.0);
            disabled_ = true;
        }
    }
    last_state_ = state;
}

TickOutput LoopCore::tick(std::int64_t tick, std::int64_t wake_ns, std::uint32_t skipped, std::span<const DeviceEvent> events, std::uint32_t taken,
                          const Solution& solution) {
    TickOutput out;
    TickRecord& r = out.record;
    account(tick, skipped, solution, wake_ns, r);
    for (const DeviceEvent& event : events) {
        const std::uint32_t before = plausibility_.last().sequence;
        const bool had = plausibility_.has_sample();
        supervisor_.take(plausibility_.take(event), wake_ns);
        const bool believed = plausibility_.has_sample() && (!had || plausibility_.last().sequence != before);
        if (believed) supervisor_.reading(plausibility_.last().force, wake_ns);
    }
    supervisor_.take(plausibility_.look(wake_ns, set_point_, supervisor_.pulling()), wake_ns);
    if (!solution.sound) {
        plausibility_.count(Fault::solver_failed);
        supervisor_.take({Severity::stop, Fault::solver_failed, wake_ns}, wake_ns);
    }
    if (operator_stop_) supervisor_.take({Severity::safe, Fault::operator_stop, wake_ns}, wake_ns);
    set_ceiling(wake_ns, solution);

    const double pulled = supervisor_.pulling() ? static_cast<double>(wake_ns - supervisor_.running_since_ns()) * nano : 0.0;
    const double end = setup_.seconds > 0.0 ? setup_.seconds : setup_.program.duration();
    if (supervisor_.pulling() && pulled >= end) supervisor_.finish(wake_ns);
    set_point_ = supervisor_.advance(wake_ns, setup_.program.force(std::min(pulled, setup_.program.duration())), ceiling_, setup_.pretension);

    r.tick = tick;
    r.wake_ns = wake_ns;
    r.skipped = skipped;
    r.events = taken;
    r.solution = solution.version;
    r.state = supervisor_.state();
    r.reason = supervisor_.reason();
    r.model = solution.model;
    r.force = plausibility_.has_sample() ? std::max(0.0, plausibility_.last().force) : 0.0;  // a rope cannot push
    r.age = plausibility_.has_sample() ? static_cast<double>(wake_ns - plausibility_.last().received_ns) * nano : -1.0;
    r.set_point = set_point_;
    r.ceiling = ceiling_;
    r.share = *std::max_element(solution.share.begin(), solution.share.end());
    out.input = {tick, r.force};
    if (setup_.takes_commands) send(out, wake_ns, set_point_);
    else if (supervisor_.state() == State::stopped) over_ = true;
    last_wake_ns_ = wake_ns;
    return out;
}

}  // namespace foramen::io
