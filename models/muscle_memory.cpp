#include "models/muscle_memory.hpp"

#include <algorithm>
#include <iterator>

#include "engine/core/contract.hpp"

namespace foramen::models {

void MuscleMemory::begin(std::vector<double> stretch) {
    moments.clear();
    eccentric.assign(stretch.size(), 0.0);
    rest = std::move(stretch);
}

void MuscleMemory::take(double time, std::vector<double> stretch, const std::vector<bool>& active, double delay) {
    FORAMEN_EXPECTS(stretch.size() == eccentric.size() && active.size() == eccentric.size(), stretch.size());
    FORAMEN_EXPECTS(moments.empty() || time >= moments.back().time, time);
    if (!moments.empty())
        for (std::size_t i = 0; i < stretch.size(); ++i)
            if (active[i]) eccentric[i] += std::max(stretch[i] - moments.back().stretch[i], 0.0);
    if (!moments.empty() && moments.back().time == time) moments.pop_back();
    moments.push_back({time, std::move(stretch)});
    while (moments.size() > 2 && moments[1].time <= time - 2.0 * delay) moments.pop_front();
}

namespace {

constexpr double smallest_slope = 1e-9;  // below it the present length does not count

/// A length or rate that the present stretch l moves: value + slope (l - l_n).
struct Delayed {
    double value, slope;
};

/// Stretch at an earlier time, within the step that ends at `time` or before it.
Delayed stretch_at(const MuscleMemory& memory, std::size_t i, double then, double time) {
    const auto& moments = memory.moments;
    const MuscleMemory::Moment& last = moments.back();
    if (then > last.time) return {last.stretch[i], (then - last.time) / (time - last.time)};
    const auto after = std::lower_bound(moments.begin(), moments.end(), then, [](const auto& m, double t) { return m.time < t; });
    if (after == moments.begin()) return {after->stretch[i], 0.0};
    const auto before = std::prev(after);
    const double share = (then - before->time) / (after->time - before->time);
    return {before->stretch[i] + share * (after->stretch[i] - before->stretch[i]), 0.0};
}

/// Adds g [x - threshold]+ to what is known, or, where x moves with l, to what follows it.
void add(ReflexDrive& drive, std::size_t term, double gain, const Delayed& x, double threshold, double l_n) {
    if (x.slope < smallest_slope)
        drive.known += gain * std::max(x.value - threshold, 0.0);
    else
        drive.present[term] = {gain * x.slope, l_n + (threshold - x.value) / x.slope};
}

}  // namespace

ReflexDrive reflex_drive(const StretchReflex& reflex, const MuscleMemory& memory, std::size_t i, double time) {
    ReflexDrive drive;
    if (!reflex.active() || memory.moments.empty()) return drive;
    const double tau = reflex.delay, l_n = memory.moments.back().stretch[i];
    const Delayed length = stretch_at(memory, i, time - tau, time), earlier = stretch_at(memory, i, time - 2.0 * tau, time);
    const Delayed rate{(length.value - earlier.value) / tau, (length.slope - earlier.slope) / tau};
    add(drive, 0, reflex.length_gain, length, memory.rest[i] + reflex.length_threshold, l_n);
    add(drive, 1, reflex.rate_gain, rate, reflex.rate_threshold, l_n);
    return drive;
}

}  // namespace foramen::models
