#include "io/session_spine.hpp"

#include "io/data_folder.hpp"
#include "io/data_tables.hpp"
#include "scenarios/session.hpp"

namespace foramen::io {

models::SpineModel built_spine(const LoadedScenario& loaded) {
    models::SpineSpec spec = scenarios::spine_spec(loaded.scenario);
    spec.anatomy = loaded.anatomy.anatomy;
    return models::build_spine(read_anatomy_tables(data_folder()), spec);
}

std::string bring_to_start(models::SpineModel& model, const scenarios::LoadProgram& program, models::EquilibriumReport& equilibrium) {
    if (const std::string why = models::cannot_hold(model, program.peak(), program.angle(program.duration())); !why.empty()) return why;
    equilibrium = models::find_equilibrium(model, {});
    if (!equilibrium.converged) return "no equilibrium before the session: " + equilibrium.why;
    return scenarios::begin_session(model, program);
}

}  // namespace foramen::io
