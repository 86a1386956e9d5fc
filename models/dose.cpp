#include "models/dose.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace foramen::models {

namespace {

constexpr double counted_swing = 0.1;  // of the pressure at rest, assumption

void append(std::vector<double>& out, const std::vector<double>& values) { out.insert(out.end(), values.begin(), values.end()); }

std::vector<double> slice(const std::vector<double>& row, std::size_t first, std::size_t size) {
    const auto begin = row.begin() + static_cast<std::ptrdiff_t>(first);
    return {begin, begin + static_cast<std::ptrdiff_t>(size)};
}

}  // namespace

Above above_zero(double a, double b, double time) {
    if (a <= 0.0 && b <= 0.0) return {0.0, 0.0};
    const double share = a >= 0.0 && b >= 0.0 ? 1.0 : std::max(a, b) / std::abs(b - a);
    return {share * time, 0.5 * (std::max(a, 0.0) + std::max(b, 0.0)) * share * time};
}

Dose::Series Dose::series(const SpineObserver& observer, const std::string& name) {
    for (const Observable& o : observer.observables())
        if (o.name == name) return {observer.offset(name), o.size(), {}, {}};
    return {};
}

Dose::Dose(const SpineObserver& observer)
    : pressure_(series(observer, "idp")), area_(series(observer, "foramen_area")), water_(series(observer, "fluid_content")),
      root_(series(observer, "root_clearance")), ganglion_(series(observer, "ganglion_gap")) {
    for (const Observable& o : observer.observables()) {
        const auto add = [&](const char* name, const char* units, const char* long_name, const char* comment) {
            observables_.push_back({name, units, long_name, comment, o.dimension, o.labels});
        };
        if (o.name == "idp") {
            add("dose_low_pressure_time", "s", "time with the disc's pressure below rest", "rest: the start of the session");
            add("dose_low_pressure", "MPa s", "integral of what the disc's pressure is below rest", "");
            add("dose_fluid_exchanged", "mm3", "water that went into and out of the disc", "sum of the absolute changes");
            add("dose_cycles", "1", "falls and rises of the disc's pressure that count",
                "each of a tenth of the pressure at rest or more (assumption)");
        }
        if (o.name == "root_clearance") add("dose_root_free_time", "s", "time in which nothing touches the nerve root behind the disc", "");
        if (o.name == "ganglion_gap") add("dose_ganglion_free_time", "s", "time in which the ganglion has room in its foramen", "");
        if (o.name == "foramen_area") {
            add("dose_open_time", "s", "time with the foramen wider than at rest", "rest: the start of the session");
            add("dose_opening", "mm2 s", "integral of what the foramen's area is above rest", "");
        }
    }
    low_time_.assign(pressure_.size, 0.0);
    low_integral_ = exchanged_ = low_time_;
    open_time_.assign(area_.size, 0.0);
    open_integral_ = open_time_;
    root_time_.assign(root_.size, 0.0);
    ganglion_time_.assign(ganglion_.size, 0.0);
}

void Dose::count_cycles(std::size_t disc, double pressure) {
    Swing& s = swings_[disc];
    const double swing = counted_swing * std::abs(pressure_.rest[disc]);
    if (!(swing > 0.0)) return;
    if (s.falling) {
        s.extreme = std::min(s.extreme, pressure);
        if (pressure < s.extreme + swing) return;
        ++s.cycles;
    } else {
        s.extreme = std::max(s.extreme, pressure);
        if (pressure > s.extreme - swing) return;
    }
    s = {pressure, !s.falling, s.cycles};
}

void Dose::add_step(const Series& s, const std::vector<double>& before, double step) {
    for (std::size_t i = 0; i < s.size; ++i) {
        const double a = before[i], b = s.last[i], rest = s.rest[i];
        if (&s == &water_) exchanged_[i] += std::abs(b - a);
        if (&s == &root_) root_time_[i] += above_zero(a, b, step).time;
        if (&s == &ganglion_) ganglion_time_[i] += above_zero(a, b, step).time;
        if (&s == &pressure_) {
            const Above below = above_zero(rest - a, rest - b, step);
            low_time_[i] += below.time;
            low_integral_[i] += below.integral;
        }
        if (&s == &area_) {
            const Above above = above_zero(a - rest, b - rest, step);
            open_time_[i] += above.time;
            open_integral_[i] += above.integral;
        }
    }
}

std::vector<double> Dose::add(double time, const std::vector<double>& row) {
    const double step = time - last_time_;
    last_time_ = time;
    for (Series* s : {&pressure_, &area_, &water_, &root_, &ganglion_}) {
        const std::vector<double> now = slice(row, s->first, s->size);
        if (!started_) s->rest = s->last = now;
        const std::vector<double> before = std::exchange(s->last, now);
        if (started_) add_step(*s, before, step);
    }
    for (std::size_t i = 0; i < pressure_.size; ++i) {
        if (!started_) swings_.push_back({pressure_.rest[i], false, 0});
        count_cycles(i, pressure_.last[i]);
    }
    started_ = true;
    std::vector<double> out, cycles;
    for (const Swing& s : swings_) cycles.push_back(s.cycles);
    // in the order of the observer's series
    for (const auto* values : {&low_time_, &low_integral_, &exchanged_, &cycles, &open_time_, &open_integral_, &ganglion_time_, &root_time_})
        append(out, *values);
    return out;
}

}  // namespace foramen::models
