#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/time/time_stepper.hpp"
#include "models/anatomy_tables.hpp"
#include "models/spine_model.hpp"
#include "scenarios/load_program.hpp"

namespace foramen::io {

/// Runs what the scenario asks for on a model in equilibrium: its session, or its test in the laboratory.
/// @throws std::runtime_error with a sentence where a session cannot begin
[[nodiscard]] engine::RunReport run_course(models::SpineModel& model, const scenarios::Scenario& scenario,
                                           const std::vector<engine::Observer*>& observers);

/// The same for a session under another program than that of the scenario's words.
[[nodiscard]] engine::RunReport run_program(models::SpineModel& model, const scenarios::Scenario& scenario,
                                            const scenarios::LoadProgram& program, const std::vector<engine::Observer*>& observers);

/// Makes the observer of a model that has found its equilibrium; it belongs to the caller and outlives the run.
using ObserverOf = std::function<engine::Observer*(const models::SpineModel& model)>;

struct ObservedRun {
    bool finished = false, interrupted = false;
    std::string why;  ///< a sentence, if not finished
};

/// Builds a spine, finds its equilibrium and runs the scenario in memory, without any file. Throws nothing but for the system.
/// @param anatomy  somebody's own spine, or null
/// @param program  in place of the scenario's own, or null
[[nodiscard]] ObservedRun observe_run(const scenarios::Scenario& scenario, const models::AnatomyTables& tables,
                                      const std::shared_ptr<const models::ImportedAnatomy>& anatomy, const scenarios::LoadProgram* program,
                                      const ObserverOf& observer_of);

}  // namespace foramen::io
