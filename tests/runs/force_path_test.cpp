// A cut through the spine at each level: what is inside carries what is outside.

#include <doctest/doctest.h>

#include <cmath>

#include "io/data_tables.hpp"
#include "io/scenario_reader.hpp"
#include "models/observables.hpp"
#include "scenarios/session.hpp"
#include "tests/runs/reference_run.hpp"

using namespace foramen;
using namespace foramen::testing;

namespace {

/// Compares the axial force through each level with the forces of table and harness on the bodies above it.
class CutWatcher : public engine::Observer {
public:
    explicit CutWatcher(const models::SpineModel& model) : model_(model), observer_(model) {}

    void on_step(const engine::StepView& view) override {
        const engine::System& s = view.system;
        engine::BodySystem outside(s.body_count());
        for (const auto& spring : s.springs)
            if (spring.frame == engine::ground) spring.add_to(outside, s.poses);
        for (const auto& stick : s.sticks) stick.add_to(outside, s.poses);
        const std::vector<double> all = observer_.read(model_, view.newton);
        const std::size_t total = observer_.offset("axial_force_total");
        const double harness = all[observer_.offset("thoracic_harness_force")],
                     friction = all[observer_.offset("table_friction_upper")];
        for (int d = 0; d < models::disc_count; ++d) {
            Eigen::Vector3d force = Eigen::Vector3d::Zero();  // of the outside on what is above
            for (int body = 0; body <= static_cast<int>(models::upper_body(d)); ++body) {
                force -= outside.gradient.segment<3>(6 * body);
                for (const engine::PointForce& f : s.forces)
                    if (f.point.body == body) force += f.force;
            }
            const models::Body lower = models::lower_body(d);
            const Eigen::Vector3d normal = s.poses[static_cast<int>(lower)].rotation *
                                           models::upper_endplate(model_.geometry.vertebra(lower), lower).rotation.col(2);
            const double scale = view.newton.options().force_scale;
            worst_cut = std::max(worst_cut, std::abs(all[total + d] - force.dot(normal)) / scale);
            worst_along = std::max(worst_along, std::abs(force.z() - harness - friction) / scale);
            worst_sideways = std::max(worst_sideways, std::abs(force.y()) / scale);
            largest = std::max(largest, all[total + d]);
        }
        ++steps;
    }

    double worst_cut = 0.0, worst_along = 0.0, worst_sideways = 0.0, largest = 0.0;
    int steps = 0;

private:
    const models::SpineModel& model_;
    models::SpineObserver observer_;
};

}  // namespace

TEST_SUITE("runs") {
    TEST_CASE(
        "disc, ligaments, facets and muscles of every level carry what harness, friction and table do to all that is above it") {
        const std::string source = FORAMEN_SOURCE_DIR;
        const scenarios::Scenario scenario =
            io::read_scenario_text(short_scenario, "short.yaml", {.library = {source + "/scenarios/library"}}).scenario;
        models::SpineModel model =
            models::build_spine(io::read_anatomy_tables(source + "/data"), scenarios::spine_spec(scenario));
        REQUIRE(models::find_equilibrium(model, {}).converged);
        for (int d = 0; d < models::disc_count; ++d)
            CHECK(std::abs(models::disc_height(model, d) - model.geometry.target_height[d]) <= 0.05);
        REQUIRE(scenarios::begin_session(model, scenarios::load_program(scenario)).empty());
        CutWatcher watcher(model);
        const engine::RunReport run =
            scenarios::run_session(model, scenarios::load_program(scenario), scenarios::stepper_options(scenario), {&watcher});
        REQUIRE(run.reason == engine::StopReason::finished);
        CHECK(watcher.steps == run.steps + 1);
        CHECK(watcher.largest > 200.0);
        CHECK(watcher.worst_cut <= 1e-5);  // the forces inside the discs are balanced to this
        CHECK(watcher.worst_along <= 1e-12);
        CHECK(watcher.worst_sideways <= 0.1 * watcher.worst_cut);  // nothing but what the iterations left over: left and right are alike
        MESSAGE("over the pull: cut ", watcher.worst_cut, ", along ", watcher.worst_along, ", sideways ", watcher.worst_sideways);
    }
}
