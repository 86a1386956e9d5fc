#pragma once

#include <string>
#include <vector>

#include "engine/time/time_stepper.hpp"
#include "models/spine_model.hpp"
#include "scenarios/load_program.hpp"
#include "scenarios/scenario.hpp"

namespace foramen::scenarios {

/// The scenario's words as the numbers that a spine is built from.
/// Change of lordosis where none is given: -20 deg at 90 deg of hip flexion, in proportion to the flexion (PROPOSED, see
/// data/README.md).
[[nodiscard]] models::SpineSpec spine_spec(const Scenario& scenario);

/// Time stepping of a session: longer steps are allowed while the patient stands, or lies between sessions.
struct SessionStepping : engine::StepperOptions {
    double largest_step_between = 1e9;  ///< [s]
};

/// Time stepping as the scenario asks for it.
[[nodiscard]] SessionStepping stepper_options(const Scenario& scenario);

/// The muscles' first tone comes at once on a spine in equilibrium: brings it to the undrained answer, where the session begins.
/// @return empty, or a sentence why it could not
[[nodiscard]] std::string begin_session(models::SpineModel& model, const LoadProgram& program);

/// Runs a session on a spine after begin_session: the program's force and angle, the muscles' tone over time, every corner of the
/// load hit exactly.
[[nodiscard]] engine::RunReport run_session(models::SpineModel& model, const LoadProgram& program, const SessionStepping& stepping,
                                            const std::vector<engine::Observer*>& observers);

}  // namespace foramen::scenarios
