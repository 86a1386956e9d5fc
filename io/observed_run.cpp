#include "io/observed_run.hpp"

#include <stdexcept>

#include "engine/core/contract.hpp"
#include "scenarios/laboratory_program.hpp"
#include "scenarios/session.hpp"

namespace foramen::io {

engine::RunReport run_program(models::SpineModel& model, const scenarios::Scenario& scenario, const scenarios::LoadProgram& program,
                              const std::vector<engine::Observer*>& observers) {
    if (const std::string why = scenarios::begin_session(model, program); !why.empty()) throw std::runtime_error(why);
    return scenarios::run_session(model, program, scenarios::stepper_options(scenario), observers);
}

engine::RunReport run_course(models::SpineModel& model, const scenarios::Scenario& scenario, const std::vector<engine::Observer*>& observers) {
    if (!scenario.laboratory) return run_program(model, scenario, scenarios::load_program(scenario), observers);
    return scenarios::run_laboratory(model, scenarios::LaboratoryProgram(*scenario.laboratory), scenarios::stepper_options(scenario), observers);
}

namespace {

ObservedRun built_and_run(const scenarios::Scenario& scenario, const models::AnatomyTables& tables,
                          const std::shared_ptr<const models::ImportedAnatomy>& anatomy, const scenarios::LoadProgram* program, const ObserverOf& observer_of) {
    models::SpineSpec spec = scenarios::spine_spec(scenario);
    spec.anatomy = anatomy;
    models::SpineModel model = models::build_spine(tables, spec);
    if (!scenario.laboratory) {
        const scenarios::LoadProgram own = program ? *program : scenarios::load_program(scenario);
        if (std::string why = models::cannot_hold(model, own.peak(), own.angle(own.duration())); !why.empty()) return {.why = std::move(why)};
    }
    if (const models::EquilibriumReport report = models::find_equilibrium(model, {}); !report.converged)
        return {.why = "no equilibrium before the session: " + report.why};
    engine::Observer* const observer = observer_of(model);
    const engine::RunReport run = program ? run_program(model, scenario, *program, {observer}) : run_course(model, scenario, {observer});
    return {run.reason == engine::StopReason::finished, run.reason == engine::StopReason::asked, run.why};
}

}  // namespace

ObservedRun observe_run(const scenarios::Scenario& scenario, const models::AnatomyTables& tables,
                        const std::shared_ptr<const models::ImportedAnatomy>& anatomy, const scenarios::LoadProgram* program,
                        const ObserverOf& observer_of) {
    try {
        return built_and_run(scenario, tables, anatomy, program, observer_of);
    } catch (const ContractViolation& e) {  // ours, and no reason to lose the runs beside it
        return {.why = std::string("internal error: ") + e.what()};
    } catch (const std::runtime_error& e) {
        return {.why = e.what()};
    }
}

}  // namespace foramen::io
