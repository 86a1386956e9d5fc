// Every session of the library at `coarse`, up to seven minutes: through the first rest and a pull. Whole sessions: docs/why-not-everyone.md.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "io/data_tables.hpp"
#include "io/scenario_reader.hpp"
#include "models/observables.hpp"
#include "scenarios/session.hpp"

using namespace foramen;
namespace fs = std::filesystem;

namespace {

constexpr double long_enough = 420.0;  // s

/// Looks at every step, and stops when it has seen enough.
class Watch : public engine::Observer {
public:
    explicit Watch(const models::SpineModel& model) : observer_(model), model_(model) {}
    void on_step(const engine::StepView& view) override {
        const std::vector<double> row = observer_.read(model_, view.newton);
        for (std::size_t d = 0; d < models::disc_count; ++d) {
            balance = std::max(balance, row[observer_.offset("force_balance") + d]);
            const double pressure = row[observer_.offset("idp") + d];
            lowest = std::min(lowest, pressure);
            highest = std::max(highest, pressure);
            sound = sound && std::isfinite(pressure);
        }
        time = view.time;
    }
    bool wants_stop() override { return time >= long_enough; }
    double time = 0.0, balance = 0.0, lowest = 1e300, highest = -1e300;
    bool sound = true;

private:
    models::SpineObserver observer_;
    const models::SpineModel& model_;
};

bool refused(const io::ReadOptions& options, const fs::path& file) {
    try {
        (void)io::read_scenario(file, options);
        return false;
    } catch (const io::ScenarioError&) {
        return true;
    }
}

}  // namespace

TEST_SUITE("library") {
    TEST_CASE("every session of the library runs at coarse, in balance, with pressures of discs") {
        const io::ReadOptions options{{fs::path(FORAMEN_SOURCE_DIR) / "scenarios/library"}};
        const models::AnatomyTables tables = io::read_anatomy_tables(std::string(FORAMEN_SOURCE_DIR) + "/data");
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(options.library.front()))
            if (entry.path().extension() == ".yaml" && !refused(options, entry.path())) files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        int sessions = 0;
        for (const fs::path& file : files) {
            scenarios::Scenario scenario = io::read_scenario(file, options).scenario;
            if (scenario.laboratory) continue;
            CAPTURE(file.stem().string());
            scenario.model.resolution = models::Resolution::coarse;
            models::SpineModel model = models::build_spine(tables, scenarios::spine_spec(scenario));
            REQUIRE(models::find_equilibrium(model, {}).converged);
            const scenarios::LoadProgram program = scenarios::load_program(scenario);
            REQUIRE(scenarios::begin_session(model, program).empty());
            Watch watch(model);
            const engine::RunReport report = scenarios::run_session(model, program, scenarios::stepper_options(scenario), {&watch});
            CHECK(report.reason != engine::StopReason::step_too_small);
            CHECK(watch.time >= std::min(long_enough, program.duration()) - 1e-6);
            CHECK(watch.sound);
            CHECK(watch.balance < 5e-3);
            CHECK(watch.lowest > -0.25);
            CHECK(watch.highest < 1.0);
            CHECK(watch.highest > watch.lowest + 0.05);
            ++sessions;
        }
        CHECK(sessions >= 27);
    }
}
