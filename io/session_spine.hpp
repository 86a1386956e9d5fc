#pragma once

#include <string>

#include "io/scenario_reader.hpp"
#include "models/spine_model.hpp"
#include "scenarios/load_program.hpp"

namespace foramen::io {

/// The spine of a scenario, with somebody's own anatomy where it names one. @throws FileError
[[nodiscard]] models::SpineModel built_spine(const LoadedScenario& loaded);

/// Brings it to the start of its session: the harness holds, equilibrium at rest, first tone. @return empty, or why there is no start
[[nodiscard]] std::string bring_to_start(models::SpineModel& model, const scenarios::LoadProgram& program, models::EquilibriumReport& equilibrium);

}  // namespace foramen::io
