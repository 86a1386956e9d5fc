#include "io/device/hil_session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "io/data_folder.hpp"
#include "io/device/dashboard.hpp"
#include "io/device/device_uri.hpp"
#include "io/device/real_time.hpp"
#include "io/device/reduced_solver.hpp"
#include "io/device/spine_solver.hpp"
#include "io/progress.hpp"
#include "io/reduced/reduced_spine.hpp"
#include "io/session_spine.hpp"
#include "io/version.hpp"

namespace foramen::io {

namespace {

constexpr int ticks_a_row = 10;  // between two readings of all observables, at least
constexpr double least_row_interval = 0.1;  // s, between two of them

constexpr double least_copy_interval = 0.04;  // s, between two copies for a factor's renewal

/// Gives the solver's threads their priorities, and a core each where there are enough.
void claim_threads(SpineSolverOptions& options, RealTimeGrant& grant) {
    const bool pinned = grant.fifo && grant.cores > 1 && options.threads <= grant.cores;
    options.enter_team = [pinned](int member) {
        claim_priority("foramen-solver", Priority::solver);
        if (pinned) pin_to_core(member);
    };
    options.stepping.enter_background = [] { claim_priority("foramen-factor", Priority::factor); };
    options.reading.enter = [] { claim_priority("foramen-reader", Priority::reader); };
    grant.lines.push_back(fmt::format("solver: {} thread{} of {} core{}{}", options.threads, options.threads == 1 ? "" : "s", grant.cores, grant.cores == 1 ? "" : "s",
                                      pinned ? ", each on a core of its own" : ", moved by the system as it likes"));
}

/// Where a safe state leads: the least pretension of the scenario's tractions.
double pretension(const scenarios::Scenario& scenario) {
    double least = 15.0;
    for (const scenarios::Activity& a : scenario.session)
        if (a.kind == scenarios::ActivityKind::traction) least = std::min(least, a.traction.pretension);
    return least;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "- " : "\n- ") + line;
    return text;
}

std::vector<ProvenanceEntry> provenance(const LoadedScenario& loaded, const HilSettings& settings, const models::SpineModel& model,
                                        const models::EquilibriumReport& equilibrium, double rate, const std::vector<std::string>& grant) {
    std::string hashes;
    for (const FileHash& h : data_file_hashes(data_folder())) hashes += h.sha256 + "  " + h.file + "\n";
    std::vector<std::string> assumed = loaded.assumptions;
    for (std::string& text : models::assumptions(model, equilibrium.resting_tension)) assumed.push_back(std::move(text));
    std::vector<ProvenanceEntry> p = build_provenance();
    p.push_back({"title", loaded.scenario.name, "name of the scenario"});
    p.push_back({"scenario", loaded.given, "scenario text as given"});
    p.push_back({"scenario_resolved", loaded.resolved, "scenario with every value"});
    p.push_back({"data_hashes", hashes, "SHA-256 of the tables that were read"});
    p.push_back({"assumptions", joined(assumed), "what the result rests on without a measurement"});
    p.push_back({"notice", bench_notice, "what this is"});
    p.push_back({"device", settings.device, "URI of the device in the loop"});
    p.push_back({"limits", settings.options, "limits, checks and policy as given; empty: defaults"});
    p.push_back({"rate", fmt::format("{:g}", rate), "ticks a second"});
    if (!settings.model.empty()) p.push_back({"reduced_model", settings.model, "file of the reduced model that was in the loop"});
    p.push_back({"threads", std::to_string(settings.threads), "OpenMP threads of a step"});
    p.push_back({"real_time", joined(grant), "what the system gave"});
    return p;
}

/// @throws FileError  where the spine at the session's start is not the one that was reduced
void check_reference(const HilSettings& settings, const ReducedSpine& spine, const engine::System& system) {
    constexpr double same = 1e-6;  // mm
    const engine::SystemState& then = spine.model.basis.reference;
    bool alike = then.poses.size() == system.poses.size() && then.u.size() == system.domains.size();
    for (std::size_t i = 0; alike && i < system.poses.size(); ++i) alike = (then.poses[i].origin - system.poses[i].origin).norm() <= same;
    for (std::size_t d = 0; alike && d < system.domains.size(); ++d)
        alike = then.u[d].size() == system.domains[d].u.size() && (then.u[d] - system.domains[d].u).lpNorm<Eigen::Infinity>() <= same;
    if (alike && !spine.model.fits(system)) throw FileError(fmt::format("{}: is damaged: its tables do not fit each other; make it anew", settings.model));
    if (!alike) throw FileError(fmt::format("{}: the spine at rest is not the one that was reduced (another version or other data); make it anew", settings.model));
}

/// An interrupt asks for the safe state.
class SignalSink : public SessionSink {
public:
    explicit SignalSink(SessionView& view) : view_(view) {}
    void idle() override {
        if (stop_requested()) view_.stop = true;
    }

private:
    SessionView& view_;
};

/// What runs: a device in real time, or a recording.
struct Course {
    std::optional<Recording> recording;
    ForceSource source;
    std::unique_ptr<Protocol> protocol;  ///< of the recording
    [[nodiscard]] const Protocol& speech() const { return recording ? *protocol : *source.protocol; }
};

Course open_course(const HilSettings& settings, const LoadedScenario& loaded) {
    Course course;
    const DeviceUri uri = parse_device_uri(settings.device);
    if (uri.kind != DeviceKind::replay) {
        course.source = open_source(settings.device);
        return course;
    }
    course.recording = read_recording(uri.path);
    const RecordingHeader& header = course.recording->header;
    if (header.scenario != loaded.resolved)
        throw FileError(fmt::format("{}: was made with another scenario (or other defaults); give the one it was made with", uri.path));
    course.protocol = recorded_protocol(header.uri, header.dialect);
    return course;
}

SpineSolverOptions stepping_options(const LoadedScenario& loaded, const HilSettings& settings, double rate, double peak) {
    SpineSolverOptions o;
    o.rate = rate;
    o.threads = settings.threads;
    o.row_interval = std::max(ticks_a_row / rate, least_row_interval);
    o.stepping.copy_every = std::max(1, static_cast<int>(std::lround(least_copy_interval * rate)));
    o.stepping.rest = 1.0;
    o.reading = {.peak = peak, .field_interval = std::max(loaded.scenario.output.fields, 60.0)};
    return o;
}

ResultOptions writing_options(const LoadedScenario& loaded, const HilSettings& settings) {
    ResultOptions o;
    o.title = loaded.scenario.name;
    o.command = settings.command;
    o.mantissa_bits = loaded.scenario.output.precision;
    o.flush_seconds = 2.0;
    return o;
}

/// All elements, or a reduced model.
std::unique_ptr<ReadSolver> solver_of(models::SpineModel& model, const std::optional<ReducedSpine>& reduced, const LoopSetup& setup, const SpineSolverOptions& options) {
    if (reduced) return std::make_unique<ReducedSolver>(model, reduced->model, setup.program, setup.options.limits, options);
    return std::make_unique<SpineSolver>(model, setup.program, setup.options.limits, options);
}

/// @throws FileError  where the recording was made with the other kind of model
void check_model(const Recording& recording, const HilSettings& settings) {
    if (recording.ticks.empty()) return;
    const bool then = recording.ticks.front().model == ModelUsed::reduced, now = !settings.model.empty();
    if (then && !now) throw FileError("the recording was made with a reduced model; give it with --model FILE");
    if (now && !then) throw FileError("the recording was made with all elements; leave --model out");
}

}  // namespace

double default_rate(models::Resolution resolution) {
    switch (resolution) {
        case models::Resolution::coarse: return 100.0;
        case models::Resolution::reference: return 20.0;
        default: return 5.0;
    }
}

LoopSetup loop_setup(const scenarios::Scenario& scenario, const HilOptions& options, const Protocol& protocol, double rate, double seconds) {
    return {.options = options,
            .program = scenarios::load_program(scenario),
            .force_cap = force_cap(options, scenario),
            .pretension = pretension(scenario),
            .largest_ramp = scenario.device.max_ramp,
            .rate = rate,
            .seconds = seconds,
            .period_ns = protocol.period_ns(),
            .has_switch = protocol.has_switch(),
            .takes_commands = protocol.takes_commands()};
}

std::optional<ReducedSpine> fitting_model(const HilSettings& settings, const LoadedScenario& loaded) {
    if (settings.model.empty()) return std::nullopt;
    ReducedSpine spine = read_reduced(settings.model);
    if (spine.scenario != loaded.resolved)
        throw FileError(fmt::format("{}: was made of another scenario (or other defaults); foramen reduce makes one of this", settings.model));
    const double rate = 1.0 / spine.model.step;
    if (settings.rate > 0.0 && std::abs(settings.rate / rate - 1.0) > 1e-6)
        throw FileError(fmt::format("{}: is made for {:g} ticks a second, not for {:g}; foramen reduce --rate {:g} makes another", settings.model, rate, settings.rate, settings.rate));
    return spine;
}

HilOutcome run_hil(const LoadedScenario& loaded, const HilSettings& given) {
    HilSettings settings = given;
    const Progress progress(loaded.scenario.name, 1.0, settings.quiet);
    Course course = open_course(settings, loaded);
    if (course.recording) {
        settings.options = course.recording->header.options;
        settings.rate = course.recording->header.rate;
        settings.seconds = course.recording->header.seconds;
    }
    const std::optional<ReducedSpine> reduced = fitting_model(settings, loaded);
    if (reduced) settings.rate = 1.0 / reduced->model.step;
    if (course.recording) check_model(*course.recording, settings);
    const HilOptions options = settings.options.empty() ? HilOptions{} : read_hil_options_text(settings.options_name, settings.options);
    HilOutcome outcome;
    outcome.rate = settings.rate > 0.0 ? settings.rate : default_rate(loaded.scenario.model.resolution);
    const LoopSetup setup = loop_setup(loaded.scenario, options, course.speech(), outcome.rate, settings.seconds);
    progress.say("building the spine and finding its equilibrium");
    models::SpineModel model = built_spine(loaded);
    models::EquilibriumReport equilibrium;
    outcome.why = bring_to_start(model, setup.program, equilibrium);
    if (!outcome.why.empty()) return outcome;

    SpineSolverOptions stepping = stepping_options(loaded, settings, outcome.rate, setup.program.peak());
    RealTimeGrant grant;
    if (!course.recording) {
        grant = claim_real_time();
        claim_threads(stepping, grant);
        for (const std::string& line : grant.lines) progress.say(line);
        for (const std::string& line : course.source.link->remarks()) progress.say(line);
    }
    if (reduced) check_reference(settings, *reduced, model.system);
    const std::unique_ptr<ReadSolver> solver = solver_of(model, reduced, setup, stepping);
    std::vector<SessionSink*> sinks;
    std::optional<ResultSink> result;
    if (!settings.output.empty())
        sinks.push_back(&result.emplace(settings.output, solver->blocks(), solver->series(), solver->solution().model,
                                        provenance(loaded, settings, model, equilibrium, outcome.rate, grant.lines), writing_options(loaded, settings)));
    std::optional<RecordingSink> recording;
    const RecordingHeader header{version_text(), loaded.resolved, settings.options, course.source.uri, course.source.dialect, outcome.rate, settings.seconds};
    if (!settings.record.empty()) sinks.push_back(&recording.emplace(settings.record, header));
    const auto view = std::make_unique<SessionView>();
    SignalSink signals(*view);
    sinks.push_back(&signals);
    std::optional<ScreenSink> screen;
    if (!settings.quiet) sinks.push_back(&screen.emplace(*view, outcome.rate));
    std::optional<Dashboard> dashboard;
    if (settings.dashboard) dashboard.emplace(*view, DashboardTitle{loaded.scenario.name, course.source.name, bench_notice, outcome.rate}, *settings.dashboard);
    if (dashboard) fmt::print(stderr, "dashboard: http://127.0.0.1:{}/ (this machine only)\n", dashboard->port());
    outcome.report = course.recording ? run_replay(*course.recording, setup, *solver, sinks) : run_live(course.source, setup, *solver, sinks, *view);
    dashboard.reset();
    if (screen) screen->finish();
    outcome.solution = solver->solution();
    outcome.ran = true;
    if (recording) recording->finish(outcome.report.digest);
    if (result)
        result->finish(outcome.report.finished ? RunStatus::complete : RunStatus::stopped,
                       {{"session", session_text(outcome.report, outcome.solution, outcome.rate), "how the session went"},
                        {"digest", fmt::format("{:016x}", outcome.report.digest), "of all ticks and rows: equal where a replay is the same to the bit"}});
    return outcome;
}

}  // namespace foramen::io
