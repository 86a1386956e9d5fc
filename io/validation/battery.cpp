#include "io/validation/battery.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "io/data_folder.hpp"
#include "io/data_tables.hpp"
#include "io/observed_run.hpp"
#include "io/result_file.hpp"
#include "models/benchmarks/recording.hpp"
#include "models/morphometry.hpp"
#include "models/specimen_stiffness.hpp"
#include "scenarios/session.hpp"

namespace foramen::io {

namespace fs = std::filesystem;

namespace {

/// Keeps every accepted step.
class MemoryRecorder : public engine::Observer {
public:
    explicit MemoryRecorder(const models::SpineModel& model)
        : model_(model), observer_(model), record_(observer_.observables()) {}
    void on_step(const engine::StepView& view) override { record_.append(view.time, observer_.read(model_, view.newton)); }
    [[nodiscard]] TestRecord& record() { return record_; }

private:
    const models::SpineModel& model_;
    models::SpineObserver observer_;
    TestRecord record_;
};

/// Mean area of a disc's two end-plates [mm2]: of the outline that was meshed, or of somebody else's mesh.
double section(const models::SpineModel& model, int d) {
    if (!model.disc_mesh(d).has_layers()) return models::plate_area(model.disc_mesh(d));
    const models::SpineGeometry& g = model.geometry;
    const models::VertebraRow &above = g.vertebra(models::upper_body(d)), &below = g.vertebra(models::lower_body(d));
    const double hollow = g.tables.discs[static_cast<std::size_t>(d)].posterior_concavity;
    return 0.5 * (models::outline_area(above.endplate_width_lower, above.endplate_depth_lower, hollow) +
                  models::outline_area(below.endplate_width_upper, below.endplate_depth_upper, hollow));
}

}  // namespace

fs::path battery_folder(const ReadOptions& options) {
    std::error_code ignored;
    for (const fs::path& library : options.library)
        if (const fs::path folder = library.parent_path() / "battery"; fs::is_directory(folder, ignored)) return folder;
    throw FileError("the folder battery is not beside the library of scenarios; FORAMEN_LIBRARY names the library");
}

LoadedScenario read_battery_scenario(const fs::path& battery, const std::string& scenario, const std::string& anatomy,
                                     const ReadOptions& options) {
    const fs::path file = fs::absolute(battery / (scenario + ".yaml"));
    if (anatomy.empty()) return read_scenario(file, options);
    return read_scenario_text(fmt::format("extends: {}\nanatomy: {}\n", file.string(), anatomy),
                              fmt::format("{} on {}", scenario, anatomy), options);
}

TestRecord run_in_memory(const LoadedScenario& loaded) {
    const scenarios::Scenario& scenario = loaded.scenario;
    models::SpineSpec spec = scenarios::spine_spec(scenario);
    spec.anatomy = loaded.anatomy.anatomy;
    models::SpineModel model = models::build_spine(read_anatomy_tables(data_folder()), spec);
    if (const models::EquilibriumReport report = models::find_equilibrium(model, {}); !report.converged)
        throw std::runtime_error("no equilibrium before the test: " + report.why);
    MemoryRecorder recorder(model);
    models::finish(run_course(model, scenario, {&recorder}));
    TestRecord& record = recorder.record();
    for (const int d : model.spec.present_discs()) record.section[static_cast<std::size_t>(d)] = section(model, d);
    constexpr double quick = 10.0;  // s
    if (model.laboratory) record.end_stiffness = models::specimen_stiffness(model, quick);
    return std::move(record);
}

}  // namespace foramen::io
