#include "io/reduced/waveforms.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

namespace foramen::io {

namespace {

constexpr double sudden = 500.0;  // N/s, of a rope that is let go
constexpr double brisk = 30.0;    // N/s, of a device

/// A course of force that grows by stretches.
class Course {
public:
    explicit Course(double duration) : end_(duration) {}
    /// Changes to a force at a rate, as far as time is left.
    Course& go(double force, double rate) {
        const double needed = std::abs(force - y_.back()) / rate;
        if (needed > 0.0) add(x_.back() + needed, force);
        return *this;
    }
    Course& stay(double seconds) {
        add(x_.back() + seconds, y_.back());
        return *this;
    }
    [[nodiscard]] double left() const { return end_ - x_.back(); }
    [[nodiscard]] double force() const { return y_.back(); }
    [[nodiscard]] const std::vector<double>& times() const { return x_; }
    [[nodiscard]] const std::vector<double>& forces() const { return y_; }

private:
    void add(double time, double force) {
        if (left() < 1e-9) return;
        if (time > end_) {
            force = y_.back() + (force - y_.back()) * (end_ - x_.back()) / (time - x_.back());
            time = end_;
        }
        x_.push_back(time);
        y_.push_back(force);
    }
    double end_;
    std::vector<double> x_{0.0}, y_{0.0};
};

/// The same angles and phases' kind under another force.
scenarios::LoadProgram with_force(const scenarios::LoadProgram& own, std::vector<double> times, std::vector<double> forces) {
    std::vector<scenarios::LoadProgram::AngleChange> angles{{0.0, own.angle(0.0)}};
    for (const double t : own.corners())
        if (own.angle(t) != angles.back().angle) angles.push_back({t, own.angle(t)});
    std::vector<double> corners = times;
    return {engine::PiecewiseLinear(std::move(times), std::move(forces)), std::move(corners),
            {{0.0, own.duration(), scenarios::PhaseKind::hold, 1, 0}}, std::move(angles)};
}

Waveform waveform(const char* name, std::string words, const scenarios::LoadProgram& own, const Course& course) {
    return {name, std::move(words), with_force(own, course.times(), course.forces())};
}

Waveform scaled(const char* name, const scenarios::LoadProgram& own, double share) {
    std::vector<double> forces = own.curve().y();
    for (double& f : forces) f *= share;
    return {name, fmt::format("the scenario's course times {:g}", share), with_force(own, own.curve().x(), std::move(forces))};
}

}  // namespace

std::vector<Waveform> training_waveforms(const scenarios::LoadProgram& own) {
    const double T = own.duration(), peak = own.peak();
    std::vector<Waveform> out{scaled("own", own, 1.0), scaled("half", own, 0.5)};
    Course steady(T);
    steady.stay(0.02 * T).go(peak, brisk).stay(0.7 * T).go(0.0, brisk).stay(T);
    out.push_back(waveform("steady", fmt::format("{:.0f} N held for seven tenths of the session", peak), own, steady));
    Course steps(T);
    for (const double share : {0.4, 0.8, 1.15}) steps.stay(0.06 * T).go(share * peak, 2.0 * brisk).stay(0.06 * T);
    steps.go(0.0, sudden).stay(0.1 * T);
    for (const double share : {0.9, 0.3, 0.65, 0.1}) steps.go(share * peak, 4.0 * brisk).stay(0.06 * T);
    steps.go(0.0, brisk).stay(T);
    out.push_back(waveform("steps", fmt::format("steps up to {:.0f} N, let go at {:.0f} N/s, steps again", 1.15 * peak, sudden), own, steps));
    return out;
}

std::vector<Waveform> unseen_waveforms(const scenarios::LoadProgram& own) {
    const double T = own.duration(), peak = own.peak();
    constexpr int waves = 5, points = 12;
    Course sine(T);
    sine.go(0.5 * peak, brisk);
    const double period = sine.left() / waves;
    for (int k = 1; k <= waves * points; ++k) {
        const double force = 0.5 * peak * (1.0 + 0.9 * std::sin(2.0 * std::numbers::pi * k / points));
        sine.go(force, std::abs(force - sine.force()) / (period / points));
    }
    std::vector<Waveform> out{waveform("sine", fmt::format("{} periods of {:.0f} s about {:.0f} N, amplitude {:.0f} N", waves, period, 0.5 * peak, 0.45 * peak), own, sine)};
    Course random(T);
    std::uint64_t state = 2026;  // Steele & Vigna's splitmix64: the same everywhere
    const auto chance = [&state] {
        std::uint64_t z = (state += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
    };
    while (random.left() > 1e-9) random.go(1.1 * peak * chance(), 10.0 + 90.0 * chance()).stay(T * (0.01 + 0.07 * chance()));
    out.push_back(waveform("random", "holds of random force, length and ramp", own, random));
    Course release(T);
    release.stay(0.05 * T).go(0.75 * peak, 0.75 * peak / (0.4 * T)).stay(0.05 * T).go(0.0, sudden).stay(0.1 * T).go(0.55 * peak, brisk).stay(0.15 * T).go(0.0, sudden).stay(T);
    out.push_back(waveform("release", fmt::format("a slow ramp to {:.0f} N, let go at {:.0f} N/s, and again", 0.75 * peak, sudden), own, release));
    return out;
}

}  // namespace foramen::io
