#include "scenarios/laboratory_program.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"

namespace foramen::scenarios {

namespace {

using models::LaboratoryLoads;

constexpr std::array parts{&LaboratoryLoads::flexion,  &LaboratoryLoads::left_bending, &LaboratoryLoads::left_rotation,
                           &LaboratoryLoads::follower, &LaboratoryLoads::axial_force,  &LaboratoryLoads::displacement};

LaboratoryLoads after(const LaboratoryLoads& before, const LoadStep& step) {
    LaboratoryLoads l = before;
    l.flexion = step.flexion.value_or(l.flexion);
    l.left_bending = step.left_bending.value_or(l.left_bending);
    l.left_rotation = step.left_rotation.value_or(l.left_rotation);
    l.follower = step.follower.value_or(l.follower);
    if (step.compression) l.axial_force = 0.0 - *step.compression;  // no negative zero
    if (step.shortening) l.displacement = 0.0 - *step.shortening;
    return l;
}

constexpr double stiffness_scale = 1000.0;  // N/mm: of a segment, for the size of the force that a displacement makes
constexpr double ramp_shares = 8.0;         // the first step takes at most so small a part of the shortest ramp

}  // namespace

LaboratoryProgram::LaboratoryProgram(const Laboratory& laboratory) {
    FORAMEN_EXPECTS(!laboratory.steps.empty());
    for (const LoadStep& step : laboratory.steps) {
        const LaboratoryLoads next = after(corner_.back(), step);
        time_.push_back(time_.back() + step.ramp);
        corner_.push_back(next);
        shortest_ramp_ = std::min(shortest_ramp_, step.ramp);
        if (step.hold <= 0.0) continue;
        time_.push_back(time_.back() + step.hold);
        corner_.push_back(next);
    }
}

LaboratoryLoads LaboratoryProgram::loads(double t) const {
    const auto next = std::upper_bound(time_.begin(), time_.end(), t);
    if (next == time_.end()) return corner_.back();
    if (next == time_.begin()) return corner_.front();
    const auto i = static_cast<std::size_t>(next - time_.begin());
    const double s = (t - time_[i - 1]) / (time_[i] - time_[i - 1]);
    LaboratoryLoads l;
    for (const auto part : parts) l.*part = (1.0 - s) * corner_[i - 1].*part + s * corner_[i].*part;
    return l;
}

LaboratoryLoads LaboratoryProgram::largest() const {
    LaboratoryLoads most;
    for (const LaboratoryLoads& l : corner_)
        for (const auto part : parts) most.*part = std::max(most.*part, std::abs(l.*part));
    return most;
}

engine::RunReport run_laboratory(models::SpineModel& model, const LaboratoryProgram& program, engine::StepperOptions stepping,
                                 const std::vector<engine::Observer*>& observers) {
    const LaboratoryLoads most = program.largest();
    const double arm = models::newton_options(model, 0.0).arm_scale;
    const double peak = std::max({most.flexion / arm, most.left_bending / arm, most.left_rotation / arm, most.follower, most.axial_force,
                                  stiffness_scale * most.displacement});
    engine::NewtonSolver newton(model.system, models::newton_options(model, peak));
    stepping.first_step = std::min(stepping.first_step, program.shortest_ramp() / ramp_shares);
    engine::TimeStepper stepper(model.system, newton, stepping);
    const engine::Drive drive{[&](double t, engine::System& system) { model.laboratory->apply(system, program.loads(t)); }, program.corners()};
    return stepper.run(0.0, drive, observers);
}

}  // namespace foramen::scenarios
