#pragma once

#include <string>
#include <vector>

#include "engine/time/time_stepper.hpp"
#include "models/spine_model.hpp"
#include "scenarios/laboratory.hpp"

namespace foramen::scenarios {

/// What the machine does over the whole test: straight pieces between corners.
class LaboratoryProgram {
public:
    /// @throws ContractViolation for a test without steps
    explicit LaboratoryProgram(const Laboratory& laboratory);

    [[nodiscard]] models::LaboratoryLoads loads(double t) const;
    /// Ends of ramps and holds, increasing, first 0, last duration() [s].
    [[nodiscard]] const std::vector<double>& corners() const { return time_; }
    [[nodiscard]] double duration() const { return time_.back(); }
    [[nodiscard]] double shortest_ramp() const { return shortest_ramp_; }
    /// Largest moment about any axis [N mm], force along any path [N] and displacement [mm].
    [[nodiscard]] models::LaboratoryLoads largest() const;

private:
    std::vector<double> time_{0.0};
    std::vector<models::LaboratoryLoads> corner_{{}};
    double shortest_ramp_ = 1e300;
};

/// Runs a test on a specimen in equilibrium with its bath.
[[nodiscard]] engine::RunReport run_laboratory(models::SpineModel& model, const LaboratoryProgram& program, engine::StepperOptions stepping,
                                               const std::vector<engine::Observer*>& observers);

}  // namespace foramen::scenarios
