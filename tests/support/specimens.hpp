#pragma once

#include "models/section_loads.hpp"
#include "tests/support/spine_rows.hpp"

namespace foramen::testing {

/// A specimen of coarse discs, mounted in equilibrium with its bath.
[[nodiscard]] inline models::SpineModel mounted(const models::SpecimenSpec& specimen) {
    models::SpineSpec spec = coarse_spec();
    spec.specimen = specimen;
    spec.force_tolerance = 1e-7;  // balances are looked at
    models::SpineModel model = models::build_spine(source_tables(), spec);
    REQUIRE(models::find_equilibrium(model, {}).converged);
    return model;
}

[[nodiscard]] inline models::SpecimenSpec level(models::Body upper, models::Body lower, bool posterior_elements = true) {
    models::SpecimenSpec s;
    s.upper = upper;
    s.lower = lower;
    s.posterior_elements = posterior_elements;
    return s;
}

/// Loads a specimen at a constant rate for a while, from what it carries now.
class Machine {
public:
    explicit Machine(models::SpineModel& model, double force_scale = 400.0)
        : model_(model), newton_(model.system, models::newton_options(model, force_scale)) {}

    void load(const models::LaboratoryLoads& to, double time, double hold = 0.0) {
        const models::LaboratoryLoads from = model_.laboratory->loads;
        engine::TimeStepper stepper(model_.system, newton_, {});
        const auto between = [&](double t) {
            const double s = std::min(1.0, t / time);
            const auto mix = [s](double a, double b) { return (1.0 - s) * a + s * b; };
            return models::LaboratoryLoads{mix(from.flexion, to.flexion),   mix(from.left_bending, to.left_bending), mix(from.left_rotation, to.left_rotation),
                                           mix(from.follower, to.follower), mix(from.axial_force, to.axial_force),   mix(from.displacement, to.displacement)};
        };
        engine::Drive drive{[&](double t, engine::System& system) { model_.laboratory->apply(system, between(t)); }, {time}};
        if (hold > 0.0) drive.corners.push_back(time + hold);
        const engine::RunReport run = stepper.run(0.0, drive, {});
        INFO(run.why);
        REQUIRE(run.reason == engine::StopReason::finished);
    }
    [[nodiscard]] const engine::NewtonSolver& newton() const { return newton_; }
    /// Angles of a level since `rest` [rad].
    [[nodiscard]] models::AnatomicalAngles angles(int disc, const engine::Pose& rest) const {
        const auto& poses = model_.system.poses;
        return models::anatomical_angles(relative(poses, disc).rotation * rest.rotation.transpose());
    }
    /// Pose of a disc's upper vertebra in the lower one's frame.
    [[nodiscard]] engine::Pose relative(const std::vector<engine::Pose>& poses, int disc) const {
        const engine::Pose &low = poses[static_cast<int>(models::lower_body(disc))], &high = poses[static_cast<int>(models::upper_body(disc))];
        return {low.rotation.transpose() * high.rotation, low.local(high.origin)};
    }
    [[nodiscard]] engine::Pose relative(int disc) const { return relative(model_.system.poses, disc); }

private:
    models::SpineModel& model_;
    engine::NewtonSolver newton_;
};

}  // namespace foramen::testing
