#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/system/solute_field.hpp"
#include "models/observables.hpp"
#include "models/spine_model.hpp"

namespace foramen::models {

/// Oxygen, glucose and lactate in the water of the discs, driven by their deformation and flow, which they do not change.
/// Two of each disc: one with advection, one that is fed by diffusion alone (engine/system/solute_field.hpp), from the same
/// steady state at rest. What advection adds is their difference.
class SpineNutrition {
public:
    /// Finds the steady state of the discs as they are, at rest. @param model  in equilibrium
    explicit SpineNutrition(const SpineModel& model);

    /// From the state before to the present one of `model`, h later [s]. Several discs at a time; the same bits for any number of
    /// threads.
    void advance(const SpineModel& model, double h);

    [[nodiscard]] const std::vector<Observable>& observables() const { return observables_; }
    /// Values of all observables one after another, each with its discs' count.
    [[nodiscard]] std::vector<double> read() const;

    /// One value a node of a disc.
    struct Fields {
        std::vector<double> oxygen, glucose, lactate, pH;  ///< [kPa], [mmol/l], [mmol/l], [-]
    };
    [[nodiscard]] Fields fields(int slot) const;

    /// A sentence on how well the equations were solved, for the result.
    [[nodiscard]] std::string report() const;

private:
    struct Disc {
        std::unique_ptr<engine::PoreSpace> pores;
        std::vector<engine::SoluteField> with_and_without;  ///< advection
        Eigen::VectorXd nucleus;                            ///< undeformed volume of the nucleus about each node [mm3]
        engine::SoluteReport settled;
        int steps = 0, sweeps = 0, unsolved = 0;
    };
    [[nodiscard]] static Disc make_disc(const SpineModel& model, int d);
    static void advance_disc(Disc& disc, const engine::BiphasicDomain& domain, double h);

    std::vector<Disc> discs_;
    std::vector<Observable> observables_;
};

/// What SpineNutrition reads of a model, without solving anything.
[[nodiscard]] std::vector<Observable> solute_observables(const SpineModel& model);

}  // namespace foramen::models
