#include "io/reduced/reduced_spine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "io/progress.hpp"
#include "io/version.hpp"
#include "models/spine_twin.hpp"

namespace foramen::io {

namespace {

constexpr std::size_t most_snapshots = 400;

/// Largest difference over the range of the first, and largest estimate over it, over all columns.
void compare(const std::vector<SpineReading>& full, const std::vector<SpineReading>& reduced, std::vector<double> SpineReading::*values,
             std::vector<double> SpineReading::*estimates, double& error, double& estimate) {
    for (std::size_t i = 0; i < (full.front().*values).size(); ++i) {
        double low = 1e300, high = -1e300, worst = 0.0, guessed = 0.0;
        for (std::size_t t = 0; t < full.size(); ++t) {
            const double truth = (full[t].*values)[i];
            low = std::min(low, truth);
            high = std::max(high, truth);
            worst = std::max(worst, std::abs(truth - (reduced[t].*values)[i]));
            guessed = std::max(guessed, (reduced[t].*estimates)[i]);
        }
        error = std::max(error, worst / (high - low));
        estimate = std::max(estimate, guessed / (high - low));
    }
}

ReductionError check(SessionStart& start, const scenarios::Scenario& scenario, const engine::ReducedModel& model, const Waveform& waveform, bool unseen,
                     const ReduceSettings& settings) {
    ReductionError e;
    e.waveform = waveform.name;
    e.words = waveform.words;
    e.unseen = unseen;
    const FullRun full = run_full(start, scenario, waveform, false, true);
    e.full_seconds = full.seconds;
    std::vector<double> times;
    for (const SpineReading& r : full.readings) times.push_back(r.time);
    const auto begin = std::chrono::steady_clock::now();
    double said = 0.2;
    const ReducedRun reduced = run_reduced(start, model, waveform, times, [&](double share) {
        if (share < said || share >= 1.0) return;
        const double passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        settings.say(fmt::format("{} {:.0f} %, {} left", waveform.name, 100.0 * share, duration_text(passed * (1.0 / share - 1.0))));
        said = share + 0.2;
    });
    compare(full.readings, reduced.readings, &SpineReading::pressure, &SpineReading::pressure_error, e.pressure, e.pressure_estimate);
    compare(full.readings, reduced.readings, &SpineReading::foramen, &SpineReading::foramen_error, e.foramen, e.foramen_estimate);
    e.step_milliseconds = 1e3 * reduced.seconds / static_cast<double>(std::max<std::int64_t>(1, reduced.steps));
    e.corrections = static_cast<double>(reduced.corrections) / static_cast<double>(std::max<std::int64_t>(1, reduced.steps));
    return e;
}

/// States of all training runs, thinned evenly if there are too many.
std::vector<engine::SystemState> learn(SessionStart& start, const scenarios::Scenario& scenario, const std::vector<Waveform>& waveforms, const ReduceSettings& settings) {
    std::vector<engine::SystemState> all;
    for (const Waveform& w : waveforms) {
        FullRun run = run_full(start, scenario, w, true, false);
        settings.say(fmt::format("learnt {} ({}): {} states in {:.1f} s", w.name, w.words, run.states.size(), run.seconds));
        std::ranges::move(run.states, std::back_inserter(all));
    }
    if (all.size() <= most_snapshots) return all;
    std::vector<engine::SystemState> kept;
    for (std::size_t i = 0; i < most_snapshots; ++i) kept.push_back(std::move(all[i * all.size() / most_snapshots]));
    return kept;
}

}  // namespace

ReducedSpine reduce_spine(const LoadedScenario& loaded, const ReduceSettings& settings) {
    const scenarios::LoadProgram own = scenarios::load_program(loaded.scenario);
    ReducedSpine spine;
    spine.scenario = loaded.resolved;
    spine.version = version_text();
    settings.say("building the spine and finding its equilibrium");
    SessionStart start(loaded, own);
    const std::vector<Waveform> waveforms = training_waveforms(own);
    for (const Waveform& w : waveforms) spine.waveforms += fmt::format("{}: {}\n", w.name, w.words);
    const std::vector<engine::SystemState> states = learn(start, loaded.scenario, waveforms, settings);
    engine::System& system = start.model().system;
    engine::NewtonSolver newton(system, start.newton_options(own.peak()));
    settings.say(fmt::format("choosing coordinates and elements from {} states", states.size()));
    spine.model = engine::choose_coordinates(system, newton, states, 1.0 / settings.rate, settings.options);
    start.rewind();
    models::SpineModel sampled = models::sampled_twin_of(start.model(), spine.model.sample);
    engine::NewtonSolver sampled_newton(sampled.system, start.newton_options(own.peak()));
    engine::finish_reduction(spine.model, system, newton, sampled.system, sampled_newton, states, settings.options.tangents);
    start.rewind();
    int elements = 0;
    for (const auto& domain : system.domains) elements += domain.mesh().element_count();
    settings.say(fmt::format("{} displacement and {} pressure coordinates, {} of {} elements, which leave {:.2g} of the training forces", spine.model.basis.displacement_modes(),
                             spine.model.basis.pressure_modes(), spine.model.sample.count(), elements, spine.model.sample.error));
    if (!settings.check) return spine;
    const auto checked = [&](const Waveform& w, bool unseen) {
        settings.say(fmt::format("checking {} ({}) at {:g} ticks a second", w.name, w.words, settings.rate));
        spine.errors.push_back(check(start, loaded.scenario, spine.model, w, unseen, settings));
    };
    checked(waveforms.front(), false);
    for (const Waveform& w : unseen_waveforms(own)) checked(w, true);
    return spine;
}

std::string error_table(const std::vector<ReductionError>& errors) {
    std::string text = fmt::format("{:<8} {:>6}  {:>21}  {:>21}  {:>8} {:>11} {:>9}\n", "", "", "pressure, % of range", "foramen, % of range", "a step", "corrections", "all");
    text += fmt::format("{:<8} {:>6}  {:>10} {:>10}  {:>10} {:>10}  {:>8} {:>11} {:>9}\n", "waveform", "unseen", "error", "estimate", "error", "estimate", "ms", "a step", "elements");
    for (const ReductionError& e : errors)
        text += fmt::format("{:<8} {:>6}  {:>10.2f} {:>10.2f}  {:>10.2f} {:>10.2f}  {:>8.3f} {:>11.2f} {:>7.1f} s\n", e.waveform, e.unseen ? "yes" : "no", 100.0 * e.pressure,
                            100.0 * e.pressure_estimate, 100.0 * e.foramen, 100.0 * e.foramen_estimate, e.step_milliseconds, e.corrections, e.full_seconds);
    return text;
}

}  // namespace foramen::io
