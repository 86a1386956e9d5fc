#include "io/device/hil_options.hpp"

#include <algorithm>

#include "io/case_files.hpp"
#include "io/result_file.hpp"
#include "io/scenario_sources.hpp"
#include "scenarios/range_check.hpp"

namespace foramen::io {

namespace {

using engine::Dimension;
using engine::FieldVisitor;
constexpr std::string_view proposed = "assumption: proposed, no standard gives a number";

void describe(FieldVisitor& v, HilLimits& l) {
    v.quantity("force", l.force, Dimension::force, {1.0, 5000.0}, {.help = "largest force, for instance from a ceiling study", .absent = "the scenario's device.max_force", .example = "300 N"});
    v.quantity("force_of_weight", l.force_of_weight, Dimension::fraction, {0.01, 2.0}, {.help = "largest force over the body weight", .absent = "no such limit"});
    v.quantity("lowest_pressure", l.lowest_pressure, Dimension::pressure, {-5.0, 1.0}, {.help = "of any nucleus", .source = proposed});
    v.quantity("height_gain", l.height_gain, Dimension::length, {0.01, 50.0}, {.help = "largest, of any disc", .source = proposed});
    v.quantity("fibre_strain", l.fibre_strain, Dimension::fraction, {0.001, 2.0}, {.help = "largest, of any annulus fibre", .source = proposed});
    v.quantity("ligament_share", l.ligament_share, Dimension::fraction, {0.01, 1.0}, {.help = "largest share of a ligament's failure strain", .source = proposed});
    v.quantity("warn_share", l.warn_share, Dimension::fraction, {0.1, 1.0}, {.help = "of a limit, from which on the ceiling no longer rises", .source = proposed});
    v.quantity("ceiling_rise", l.ceiling_rise, Dimension::force_rate, {0.1, 1000.0}, {.help = "fastest rise of the ceiling; it falls at once", .source = proposed});
}

void describe(FieldVisitor& v, HilChecks& c) {
    v.word("patient_switch", c.patient_switch, patient_switch_words, {.help = "a missing switch counts as pressed; absent: the bench has none, and nobody lies on it"});
    v.quantity("least_force", c.least_force, Dimension::force, {-1000.0, 0.0}, {.help = "of a reading", .source = proposed});
    v.quantity("range_factor", c.range_factor, Dimension::none, {1.0, 10.0}, {.help = "largest reading over the device's largest force", .source = proposed});
    v.quantity("noise", c.noise, Dimension::force, {0.0, 100.0}, {.help = "standard deviation of a reading", .source = proposed});
    v.whole("rate_hits", c.rate_hits, 1, 100, "", {.help = "readings in a row that change faster than twice the device's ramp", .source = proposed});
    v.quantity("stuck_time", c.stuck_time, Dimension::time, {0.05, 60.0}, {.help = "of one value while the set-point moves", .source = proposed});
    v.whole("identical_readings", c.identical_readings, 0, 100000, "", {.help = "in a row, at any time; 0: no such check", .source = proposed});
    v.quantity("timeout_periods", c.timeout_periods, Dimension::none, {1.5, 100.0}, {.help = "without a reading until the last is held; twice that: safe state", .source = proposed});
    v.quantity("timeout_least", c.timeout_least, Dimension::time, {0.01, 10.0}, {.help = "the same, at least", .source = proposed});
    v.quantity("unreadable_share", c.unreadable_share, Dimension::fraction, {0.0, 1.0}, {.help = "of the last 100 pieces", .source = proposed});
    v.whole("lost_a_minute", c.lost_a_minute, 0, 100000, "", {.help = "readings that are missed in the device's count, until it is noted", .source = proposed});
    v.quantity("clock_jump", c.clock_jump, Dimension::time, {0.01, 3600.0}, {.help = "of the device's clock against ours", .source = proposed});
    v.quantity("follow_band", c.follow_band, Dimension::force, {1.0, 1000.0}, {.help = "measured against commanded force", .source = proposed});
    v.quantity("follow_time", c.follow_time, Dimension::time, {0.05, 60.0}, {.help = "outside the band", .source = proposed});
    v.quantity("release_share", c.release_share, Dimension::fraction, {0.1, 0.95}, {.help = "of the force that is lost at once without a command", .source = proposed});
    v.quantity("release_time", c.release_time, Dimension::time, {0.001, 1.0}, {.help = "for that loss", .source = proposed});
    v.quantity("tare_band", c.tare_band, Dimension::force, {0.1, 1000.0}, {.help = "of the unloaded mean before arming", .source = proposed});
    v.quantity("tare_deviation", c.tare_deviation, Dimension::force, {0.1, 1000.0}, {.help = "of the unloaded readings", .source = proposed});
    v.quantity("tare_time", c.tare_time, Dimension::time, {0.05, 60.0}, {.help = "for the unloaded readings", .source = proposed});
}

void describe(FieldVisitor& v, HilPolicy& p) {
    v.quantity("time_to_live", p.time_to_live, Dimension::time, {0.02, 10.0}, {.help = "of a set-point: the device falls back by itself then", .source = proposed});
    v.quantity("command_period", p.command_period, Dimension::time, {0.005, 5.0}, {.help = "between two set-points", .source = proposed});
    v.quantity("ramp_down", p.ramp_down, Dimension::force_rate, {1.0, 1000.0}, {.help = "of the set-point in the safe state", .source = proposed});
    v.quantity("longest_hold", p.longest_hold, Dimension::time, {0.05, 60.0}, {.help = "of the last value while readings are doubtful, then the safe state", .source = proposed});
    v.quantity("disable_after", p.disable_after, Dimension::time, {0.0, 60.0}, {.help = "of a stop: the drive is cut (5 s: 510(k) K243366)"});
    v.whole("misses_in_a_row", p.misses_in_a_row, 1, 1000000, "", {.help = "ticks without a new solution until the session stops", .source = proposed});
    v.quantity("misses_share", p.misses_share, Dimension::fraction, {0.0, 1.0}, {.help = "of a minute's ticks until the session stops", .source = proposed});
}

}  // namespace

void describe(FieldVisitor& v, HilOptions& o) {
    v.on_section("limits", {.help = "what must not be exceeded"}, nullptr, [&] { describe(v, o.limits); });
    v.on_section("checks", {.help = "when a reading is not believed"}, nullptr, [&] { describe(v, o.checks); });
    v.on_section("policy", {.help = "what is sent, and when the session ends by itself"}, nullptr, [&] { describe(v, o.policy); });
}

HilOptions read_hil_options_text(const std::string& name, const std::string& text) {
    HilOptions options;
    read_described(
        name, text, [&](FieldVisitor& v) { describe(v, options); },
        [&](const FieldReader& reader, Diagnostics& diagnostics) {
            for (const auto& problem : scenarios::out_of_range([&](FieldVisitor& v) { describe(v, options); }))
                if (!diagnostics.touches(problem.path)) diagnostics.error(reader.place(problem.path), problem.path, problem.reason);
            if (!diagnostics.has_errors() && options.policy.command_period >= options.policy.time_to_live)
                diagnostics.error(reader.place("policy.command_period"), "policy.command_period", "is not shorter than time_to_live: the device would fall back between two set-points");
        });
    return options;
}

HilOptions read_hil_options(const std::string& file) {
    const auto text = file_text(file);
    if (!text) throw FileError(file + ": cannot be read");
    return read_hil_options_text(file, *text);
}

double force_cap(const HilOptions& options, const scenarios::Scenario& scenario) {
    double cap = std::min(scenario.device.max_force, options.limits.force.value_or(scenario.device.max_force));
    if (options.limits.force_of_weight) cap = std::min(cap, *options.limits.force_of_weight * scenarios::body_weight(scenario.patient));
    return cap;
}

}  // namespace foramen::io
