#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/reduced/reduced_model.hpp"
#include "io/reduced/waveforms.hpp"
#include "io/scenario_reader.hpp"
#include "models/observables.hpp"
#include "models/spine_model.hpp"

namespace foramen::io {

/// Pressures and foramina: what a reduced model is judged by.
struct SpineReading {
    double time = 0.0;
    std::vector<double> pressure;  ///< of each disc [MPa]
    std::vector<double> foramen;   ///< area, disc by disc, left and right [mm2]
    std::vector<double> pressure_error, foramen_error;  ///< estimated, of a reduced model; else empty
};

/// A spine at the start of its session, from which every waveform begins.
class SessionStart {
public:
    /// @throws std::runtime_error with a sentence where there is no equilibrium
    SessionStart(const LoadedScenario& loaded, const scenarios::LoadProgram& program);

    [[nodiscard]] models::SpineModel& model() { return model_; }
    [[nodiscard]] const models::EquilibriumReport& equilibrium() const { return equilibrium_; }
    [[nodiscard]] engine::NewtonOptions newton_options(double peak) const { return models::newton_options(model_, peak); }
    /// Back to the start.
    void rewind();
    [[nodiscard]] SpineReading read(const models::SpineModel& model, const engine::NewtonSolver& newton, double time) const;

private:
    models::SpineModel model_;
    models::EquilibriumReport equilibrium_;
    models::SpineModel start_;
    models::SpineObserver observer_;
};

/// A run of all elements under a waveform.
struct FullRun {
    std::vector<engine::SystemState> states;  ///< at the accepted steps; empty unless asked for
    std::vector<SpineReading> readings;       ///< likewise
    double seconds = 0.0;                     ///< wall time
};
/// @throws std::runtime_error with a sentence where the run does not reach its end
[[nodiscard]] FullRun run_full(SessionStart& start, const scenarios::Scenario& scenario, const Waveform& waveform, bool states, bool readings);

/// Reads a spine that a reduced model has put into a state, and estimates that model's error: how far one correction of the full model
/// moves each reading when it balances all forces while the water stays where it is. @param newton  with factors; the state is changed
[[nodiscard]] SpineReading read_with_estimate(const SessionStart& start, models::SpineModel& full, engine::NewtonSolver& newton, double time);

/// A run of the reduced model under a waveform at the loop's rate, read at given times.
struct ReducedRun {
    std::vector<SpineReading> readings;
    std::int64_t steps = 0, corrections = 0;
    double seconds = 0.0;  ///< wall time of the steps alone
};
/// @throws std::runtime_error with a sentence where a step could not be made
[[nodiscard]] ReducedRun run_reduced(SessionStart& start, const engine::ReducedModel& reduced, const Waveform& waveform, const std::vector<double>& times,
                                     const std::function<void(double share)>& progress = {});

}  // namespace foramen::io
