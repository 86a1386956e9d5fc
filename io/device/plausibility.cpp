#include "io/device/plausibility.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::io {

namespace {
constexpr double nano = 1e-9;
constexpr int least_pieces = 20;               // before a share of unreadable ones means anything
constexpr std::int64_t minute_ns = 60'000'000'000;
constexpr double offset_memory = 0.02;         // weight of a new clock offset in the mean
constexpr double least_release = 30.0;         // N: below it a loss of half is no release
constexpr double moving = 5.0;                 // N by which the set-point must have moved within the last second or so
}  // namespace

Plausibility::Plausibility(const HilChecks& checks, double largest_force, double largest_ramp, std::int64_t period_ns, bool has_switch, bool obeys)
    : checks_(checks), largest_(largest_force), ramp_(largest_ramp), period_ns_(period_ns),
      timeout_ns_(std::max(std::llround(checks.timeout_periods * static_cast<double>(period_ns)), std::llround(1e9 * checks.timeout_least))),
      has_switch_(has_switch), obeys_(obeys) {}

Finding Plausibility::found(Severity severity, Fault fault, std::int64_t onset_ns) {
    count(fault);
    return {severity, fault, onset_ns};
}

void Plausibility::remember(bool readable) {
    const auto slot = static_cast<std::size_t>(piece_);
    unreadable_ += (readable ? 0 : 1) - (pieces_[slot] ? 1 : 0);
    pieces_[slot] = !readable;
    piece_ = (piece_ + 1) % static_cast<int>(pieces_.size());
    piece_count_ = std::min(piece_count_ + 1, static_cast<int>(pieces_.size()));
}

Finding Plausibility::unreadable(Fault fault, std::int64_t now_ns) {
    remember(false);
    const bool many = piece_count_ >= least_pieces && unreadable_ > checks_.unreadable_share * piece_count_;
    return found(many ? Severity::hold : Severity::note, fault, now_ns);
}

Finding Plausibility::clock(const ForceSample& s) {
    if (s.device_us == 0) return {};
    const double offset = static_cast<double>(s.received_ns) * nano - static_cast<double>(s.device_us) * 1e-6;
    if (!has_offset_) {
        has_offset_ = true;
        offset_s_ = offset;
    }
    const double away = std::abs(offset - offset_s_);
    if (away > checks_.clock_jump) return found(Severity::safe, Fault::clock_jump, s.received_ns);
    offset_s_ += offset_memory * (offset - offset_s_);
    if (away > 3.0 * static_cast<double>(period_ns_) * nano) return found(Severity::note, Fault::clock_jitter, s.received_ns);
    return {};
}

Finding Plausibility::steps(const ForceSample& s, bool& accepted) {
    accepted = true;
    if (!seen_) return {};
    const double dt = std::max(static_cast<double>(s.received_ns - last_.received_ns), static_cast<double>(period_ns_)) * nano;
    const double change = s.force - last_.force;
    const bool fast = std::abs(change) > 2.0 * ramp_ * dt + 4.0 * checks_.noise * std::sqrt(2.0);
    if (!fast) {
        fast_ = 0;
        return {};
    }
    accepted = false;
    ++fast_;
    const bool fell = last_.force > least_release && s.force < (1.0 - checks_.release_share) * last_.force && set_point_ > s.force + moving;
    // one such reading may be a spike of the converter; a second within the time is the rope
    if (fell && fast_ >= 2 && dt <= checks_.release_time + 2.0 * static_cast<double>(period_ns_) * nano) return found(Severity::safe, Fault::sudden_release, s.received_ns);
    return found(fast_ >= checks_.rate_hits ? Severity::safe : Severity::note, Fault::too_fast, s.received_ns);
}

Finding Plausibility::take(const DeviceEvent& event) {
    const ForceSample& s = event.sample;
    if (event.kind == EventKind::lost) return found(Severity::safe, Fault::line_lost, s.received_ns);
    if (event.kind == EventKind::unreadable) return unreadable(Fault::unreadable, s.received_ns);
    if (!std::isfinite(s.force)) return unreadable(Fault::not_finite, s.received_ns);
    if (seen_) {
        const auto ahead = static_cast<std::int32_t>(s.sequence - sequence_);
        if (ahead <= 0) return found(Severity::note, Fault::duplicate, s.received_ns);
        if (s.received_ns - minute_ns_ > minute_ns) {
            minute_ns_ = s.received_ns;
            lost_this_minute_ = 0;
        }
        lost_this_minute_ += ahead - 1;
        if (lost_this_minute_ > checks_.lost_a_minute) {
            lost_this_minute_ = 0;
            count(Fault::lost_readings);
        }
    }
    sequence_ = s.sequence;
    if (has_switch_ && checks_.patient_switch == PatientSwitch::required && (s.flags & flag_switch_closed) == 0)
        return found(Severity::stop, Fault::patient_switch, s.received_ns);
    if ((s.flags & flag_overload) != 0) return found(Severity::safe, Fault::overload, s.received_ns);
    if ((s.flags & flag_data_bad) != 0) return unreadable(Fault::data_bad, s.received_ns);
    if (s.force < checks_.least_force || s.force > checks_.range_factor * largest_) return found(Severity::safe, Fault::out_of_range, s.received_ns);
    Finding worst = clock(s);
    if (worst.severity == Severity::safe) return worst;
    remember(true);
    bool accepted = true;
    const Finding jump = steps(s, accepted);
    if (jump.severity > worst.severity) worst = jump;
    if (!accepted) return worst;
    identical_ = seen_ && s.force == last_.force ? identical_ + 1 : 0;
    if (identical_ == 0) same_since_ns_ = s.received_ns;
    const bool stopped_now = (s.flags & flag_device_stopped) != 0 && (last_.flags & flag_device_stopped) == 0;
    last_ = s;
    seen_ = true;
    if (stopped_now) return found(Severity::safe, Fault::device_stopped, s.received_ns);
    const bool frozen = checks_.identical_readings > 0 && identical_ + 1 >= checks_.identical_readings;
    if (frozen) return found(Severity::safe, Fault::stuck, same_since_ns_);
    return worst;
}

Finding Plausibility::look(std::int64_t now_ns, double set_point, bool pulling) {
    const double dt = looked_ns_ < 0 ? 0.0 : static_cast<double>(now_ns - looked_ns_) * nano;
    looked_ns_ = now_ns;
    moved_ = std::max(0.0, moved_ - moving * dt) + std::abs(set_point - set_point_);
    set_point_ = set_point;
    // where a device that follows with half its ramp may be
    high_ = std::max(set_point, high_ - 0.5 * ramp_ * dt);
    low_ = std::min(set_point, low_ + 0.5 * ramp_ * dt);
    if (!seen_) return {};
    const std::int64_t age = now_ns - last_.received_ns;
    if (age > 2 * timeout_ns_) return found(Severity::safe, Fault::timeout, last_.received_ns + timeout_ns_);
    if (age > timeout_ns_) return found(Severity::hold, Fault::timeout, last_.received_ns + timeout_ns_);
    if (!has_switch_ && checks_.patient_switch == PatientSwitch::required) return found(Severity::stop, Fault::patient_switch, now_ns);
    if (!obeys_ || !pulling) {
        outside_since_ns_ = -1;
        return {};
    }
    if (moved_ > moving && static_cast<double>(now_ns - same_since_ns_) * nano > checks_.stuck_time && identical_ > 0)
        return found(Severity::safe, Fault::stuck, same_since_ns_);
    const bool outside = last_.force > high_ + checks_.follow_band || last_.force < low_ - checks_.follow_band;
    if (!outside) outside_since_ns_ = -1;
    else if (outside_since_ns_ < 0) outside_since_ns_ = now_ns;
    else if (static_cast<double>(now_ns - outside_since_ns_) * nano > checks_.follow_time) return found(Severity::safe, Fault::not_following, outside_since_ns_);
    return {};
}

}  // namespace foramen::io
