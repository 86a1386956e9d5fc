#include "io/validation/measures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace foramen::io {

using engine::Dimension;
using engine::FieldVisitor;
using engine::Notes;

namespace {

constexpr engine::Range any_time{0.0, 1e8};

std::string label(Level level) { return std::string(models::disc_names[static_cast<std::size_t>(level)]); }

void scenario_field(FieldVisitor& v, std::string& scenario) {
    v.text("scenario", scenario, {.help = "of scenarios/battery", .example = "rom-7.5", .required = true});
}

void time_field(FieldVisitor& v, const char* name, double& time, const char* help) {
    v.quantity(name, time, Dimension::time, any_time, {.help = help, .example = "15 s", .required = true});
}

void level_field(FieldVisitor& v, Level& level) { v.word("level", level, models::disc_names, {.help = "whose disc is meant"}); }

void disc_series_field(FieldVisitor& v, std::string& series) {
    v.text("series", series,
           {.help = "of docs/observables.md, with a value a disc", .example = "disc_height_mid", .required = true});
}

/// First time after `begin` at which `done` of the history reaches one half [s], straight between the steps.
double half_time(const TestRecord& r, double begin, double end, const std::function<double(double)>& done) {
    double before = begin, share = 0.0;
    for (const double t : r.times()) {
        if (t <= begin || t > end) continue;
        const double now = done(t);
        if (now >= 0.5) return before + (t - before) * (0.5 - share) / (now - share) - begin;
        before = t;
        share = now;
    }
    throw std::runtime_error(fmt::format("no half of it is done by {:.6g} s", end));
}

}  // namespace

void describe(FieldVisitor& v, SeriesChange& m) {
    scenario_field(v, m.scenario);
    v.text("series", m.series, {.help = "of docs/observables.md", .example = "idp", .required = true});
    v.words("levels", m.levels, models::disc_names, {.help = "over which is summed; none for a scalar series"});
    time_field(v, "at", m.at, "time of the value");
    v.quantity("from", m.from, Dimension::time, any_time,
               {.help = "time of the value that is taken off", .absent = "nothing is taken off"});
    v.quantity("factor", m.factor, Dimension::none, {-10.0, 10.0}, {.help = "2 where one of two equal sides was loaded"});
}

std::vector<std::string> scenarios_of(const SeriesChange& m) { return {m.scenario}; }

Measured measured(const SeriesChange& m, const Records& records) {
    const TestRecord& r = records(m.scenario);
    const auto change = [&](const std::string& of) {
        return r.at(m.series, of, m.at) - (m.from ? r.at(m.series, of, *m.from) : 0.0);
    };
    double sum = m.levels.empty() ? change("") : 0.0;
    for (const Level level : m.levels) sum += change(label(level));
    return {m.factor * sum, r.unit(m.series)};
}

void describe(FieldVisitor& v, SeriesLoss& m) {
    scenario_field(v, m.scenario);
    disc_series_field(v, m.series);
    level_field(v, m.level);
    time_field(v, "from", m.from, "time before the loss");
    time_field(v, "at", m.at, "time after it");
}

std::vector<std::string> scenarios_of(const SeriesLoss& m) { return {m.scenario}; }

Measured measured(const SeriesLoss& m, const Records& records) {
    const TestRecord& r = records(m.scenario);
    const double before = r.at(m.series, label(m.level), m.from);
    return {100.0 * (before - r.at(m.series, label(m.level), m.at)) / before, "%"};
}

void describe(FieldVisitor& v, ShareOfChange& m) {
    scenario_field(v, m.scenario);
    disc_series_field(v, m.series);
    level_field(v, m.level);
    time_field(v, "from", m.from, "start of the change");
    time_field(v, "at", m.at, "time by which the share has come");
    time_field(v, "end", m.end, "end of the change");
}

std::vector<std::string> scenarios_of(const ShareOfChange& m) { return {m.scenario}; }

Measured measured(const ShareOfChange& m, const Records& records) {
    const TestRecord& r = records(m.scenario);
    const auto s = [&](double t) { return r.at(m.series, label(m.level), t); };
    const double whole = s(m.end) - s(m.from);
    if (whole == 0.0)
        throw std::runtime_error(fmt::format("{} does not change between {:.6g} s and {:.6g} s", m.series, m.from, m.end));
    return {100.0 * (s(m.at) - s(m.from)) / whole, "%"};
}

void describe(FieldVisitor& v, CompressiveStiffness& m) {
    scenario_field(v, m.scenario);
    time_field(v, "from", m.from, "time at which the load begins to grow");
    time_field(v, "at", m.at, "time at which it is largest");
    v.quantity("least", m.least, Dimension::force, {0.0, 1e4}, {.help = "compression at the lower end of the slope"});
    v.quantity("largest", m.largest, Dimension::force, {0.0, 1e4}, {.help = "compression at its upper end"});
}

std::vector<std::string> scenarios_of(const CompressiveStiffness& m) { return {m.scenario}; }

Measured measured(const CompressiveStiffness& m, const Records& records) {
    const TestRecord& r = records(m.scenario);
    const std::vector<double> load = r.column("axial_load"), displacement = r.column("axial_displacement");
    const double slack = 1e-6 * m.largest;
    const auto displacement_at = [&](double compression) {
        for (std::size_t i = 1; i < load.size(); ++i) {
            if (r.times()[i - 1] < m.from || r.times()[i] > m.at * (1.0 + 1e-12)) continue;
            const double before = -load[i - 1], now = -load[i];
            if (before > compression + slack || now < compression - slack || now == before) continue;
            const double s = (compression - before) / (now - before);
            return (1.0 - s) * displacement[i - 1] + s * displacement[i];
        }
        throw std::runtime_error(
            fmt::format("the compression does not pass {:.6g} N between {:.6g} s and {:.6g} s", compression, m.from, m.at));
    };
    return {(m.largest - m.least) / (displacement_at(m.least) - displacement_at(m.largest)), "N/mm"};
}

void describe(FieldVisitor& v, PressureOverCompression& m) {
    scenario_field(v, m.scenario);
    level_field(v, m.level);
    time_field(v, "at", m.at, "time of pressure and force");
    v.quantity("from", m.from, Dimension::time, any_time,
               {.help = "one factor over all loads from this time to `at`, by least squares", .absent = "that of the one time"});
}

std::vector<std::string> scenarios_of(const PressureOverCompression& m) { return {m.scenario}; }

Measured measured(const PressureOverCompression& m, const Records& records) {
    const TestRecord& r = records(m.scenario);
    const auto force = [&](double t) { return r.at("follower_load", "", t) - r.at("axial_load", "", t); };
    const auto pressure = [&](double t) { return r.at("idp", label(m.level), t); };
    const double section = r.section[static_cast<std::size_t>(m.level)];
    if (!(force(m.at) > 0.0)) throw std::runtime_error(fmt::format("there is no compression at {:.6g} s", m.at));
    if (!m.from) return {pressure(m.at) * section / force(m.at), "1"};

    double product = 0.0, square = 0.0, before = *m.from;  // integrals over the force, straight between the steps
    for (const double t : r.times()) {
        if (t <= before || t > m.at * (1.0 + 1e-12)) continue;
        const double f0 = force(before), f1 = force(t), p0 = pressure(before), p1 = pressure(t), step = f1 - f0;
        product += step * (2.0 * p0 * f0 + p0 * f1 + p1 * f0 + 2.0 * p1 * f1) / 6.0;
        square += step * (f0 * f0 + f0 * f1 + f1 * f1) / 3.0;
        before = t;
    }
    if (!(square > 0.0)) throw std::runtime_error(fmt::format("the compression does not grow between {:.6g} s and {:.6g} s", *m.from, m.at));
    return {product * section / square, "1"};
}

void describe(FieldVisitor& v, CreepShare& m) {
    scenario_field(v, m.scenario);
    time_field(v, "start", m.start, "time before the load");
    time_field(v, "loaded", m.loaded, "time at which it is whole");
    time_field(v, "end", m.end, "end of the creep");
}

std::vector<std::string> scenarios_of(const CreepShare& m) { return {m.scenario}; }

Measured measured(const CreepShare& m, const Records& records) {
    const TestRecord& r = records(m.scenario);
    const auto d = [&](double t) { return r.at("axial_displacement", "", t); };
    return {100.0 * (d(m.loaded) - d(m.end)) / (d(m.start) - d(m.end)), "%"};
}

void describe(FieldVisitor& v, RecoverySlowness& m) {
    scenario_field(v, m.scenario);
    time_field(v, "loaded", m.loaded, "start of the creep");
    time_field(v, "end", m.end, "its end");
    time_field(v, "unloaded", m.unloaded, "start of the recovery");
    time_field(v, "recovered", m.recovered, "its end");
}

std::vector<std::string> scenarios_of(const RecoverySlowness& m) { return {m.scenario}; }

Measured measured(const RecoverySlowness& m, const Records& records) {
    const TestRecord& r = records(m.scenario);
    const auto half = [&](double begin, double end) {
        const auto d = [&](double t) { return r.at("axial_displacement", "", t); };
        return half_time(r, begin, end, [&](double t) { return (d(t) - d(begin)) / (d(end) - d(begin)); });
    };
    return {half(m.unloaded, m.recovered) / half(m.loaded, m.end), "1"};
}

void describe(FieldVisitor& v, Stiffening& m) {
    scenario_field(v, m.scenario);
    v.text("unloaded", m.unloaded,
           {.help = "the test without the load, of scenarios/battery", .example = "preload-0", .required = true});
}

std::vector<std::string> scenarios_of(const Stiffening& m) { return {m.scenario, m.unloaded}; }

Measured measured(const Stiffening& m, const Records& records) {
    const TestRecord &loaded = records(m.scenario), &unloaded = records(m.unloaded);
    if (!loaded.end_stiffness || !unloaded.end_stiffness)
        throw std::runtime_error("only a test in the laboratory ends with a stiffness");
    return {(loaded.end_stiffness->diagonal().array() / unloaded.end_stiffness->diagonal().array()).mean(), "1"};
}

}  // namespace foramen::io
