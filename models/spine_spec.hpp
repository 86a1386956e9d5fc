#pragma once

#include <array>
#include <memory>
#include <optional>
#include <ranges>

#include "models/conditions.hpp"
#include "models/imported_anatomy.hpp"

namespace foramen::models {

enum class EndplateState { healthy, sclerosed, blocked };
enum class LigamentSet { strands, bilinear };
enum class OsmoticModel { ideal, intrafibrillar };
enum class PermeabilityModel { argoubi, holmes_mow };
enum class BoneState { normal, osteopenia, osteoporosis };

/// The state of bone that a T-score means: osteoporosis from -2.5 down, normal from -1 up. Source: WHO (1994), Technical Report 843.
[[nodiscard]] constexpr BoneState bone_state(double t_score) {
    if (t_score <= -2.5) return BoneState::osteoporosis;
    return t_score < -1.0 ? BoneState::osteopenia : BoneState::normal;
}

/// A specimen in a testing machine, in place of a person on a table: two or more vertebrae one above the other, the lowest fixed.
struct SpecimenSpec {
    Body upper = Body::L1, lower = Body::S1;
    bool posterior_elements = true;  ///< ligaments and facets; false: bodies and discs alone
    bool slides = false;             ///< the upper vertebra only moves along the axis; false: freely
    bool displaced = false;          ///< its displacement along the axis is prescribed, not the force
    bool moments_follow = false;     ///< the axes of the moments turn with the upper vertebra; false: fixed in space
    double follower_shift = 0.0;     ///< of the follower load's path before the bodies' centres [mm]
    double endplate_share = 1.0;     ///< of the cartilage end-plates' permeability: what the marrow behind them lets through [-]
};

/// Activation of a fascicle by its own lengthening, tau ago; l: fibre length over optimal:
///     a_reflex = g_l [l(t - tau) - l_rest - theta_l]+ + g_v [dl/dt(t - tau) - theta_v]+,   tone + a_reflex <= ceiling
/// l_rest: relaxed, in the equilibrium before the session. Gains of zero: none. Source of tau: 53 to 70 ms to the trunk muscles'
/// answer to a sudden load (Radebold 2000); everything else is PROPOSED.
struct StretchReflex {
    double length_gain = 0.0;        ///< g_l [-]
    double rate_gain = 0.0;          ///< g_v [s]
    double length_threshold = 0.0;   ///< theta_l [-]
    double rate_threshold = 0.0;     ///< theta_v [1/s]
    double delay = 0.06;             ///< tau > 0 [s]
    double ceiling = 0.3;            ///< [-]
    [[nodiscard]] bool active() const { return length_gain > 0.0 || rate_gain > 0.0; }
};

/// What a spine is built from: plain numbers in internal units (mm, N, MPa, s, rad; masses in kg). The words of the scenario
/// language are turned into these by scenarios/.
struct SpineSpec {
    Sex sex = Sex::female;
    double stature = 1680.0;         ///< [mm]
    double body_mass = 70.0;         ///< [kg]
    std::optional<double> lordosis;  ///< L1-S1, supine with straight hips [rad]; none: as the tables give it

    struct Disc {
        int grade = 1;                 ///< Pfirrmann 1..5
        std::optional<double> height;  ///< mid-disc height after equilibration [mm]
        EndplateState endplates = EndplateState::healthy;
        double calcification = 0.0;    ///< share of the cartilage end-plates that is calcified [-]
        std::optional<Herniation> herniation;
        double slip = 0.0;    ///< of the upper vertebra, forwards on the lower one's end-plate [mm]
        double laxity = 0.0;  ///< slack length of the level's ligaments over that of healthy ones, less 1 [-]
        FacetCondition facets;
        std::array<ForamenCondition, 2> foramina;  ///< left, right
    };
    std::array<Disc, disc_count> discs;
    OsmoticModel osmotic = OsmoticModel::intrafibrillar;
    PermeabilityModel permeability = PermeabilityModel::argoubi;
    LigamentSet ligaments = LigamentSet::strands;

    struct Muscles {
        double initial_activation = 0.01;  ///< [-]
        double final_activation = 0.002;   ///< [-]
        double relaxation_time = 120.0;    ///< [s]
        double passive_length = 1.0;       ///< fibre length at neutral supine over optimal [-]
        double strength = 1.0;             ///< factor on every F_max; 0: no muscles [-]
        double soreness_threshold = 0.05;  ///< activation above which lengthening counts as eccentric strain [-]
        StretchReflex reflex;
        /// a(t) = final + (initial - final) exp(-t/relaxation_time), t from the start of the session. Before it the muscles are
        /// relaxed (assumption): a = final.
        [[nodiscard]] double activation(double t) const;
    } muscles;

    double lordosis_change = 0.0;          ///< of the posture, negative: flatter [rad]
    double hip_flexion = 0.0;              ///< [rad]
    bool prone = false;
    double standing_load = 500.0;          ///< follower load of upright standing [N]
    double resting_compression = 0.0;      ///< least compression of L4-L5 at rest, by a follower load; 0: nothing is added [N]

    struct Table {
        double friction_lower = 0.05, friction_upper = 0.5;  ///< [-]
        double incline = 0.0;                                ///< feet lower than head positive [rad]
    } table;
    struct Harness {
        double stiffness = 20.0;           ///< with the soft tissue under it [N/mm]
        double loss = 0.10;                ///< share of the device's force [-]
        std::optional<double> slip_limit;  ///< of the thoracic harness [N]
    } harness;

    bool solutes = false;                  ///< oxygen, glucose and lactate are followed in the discs
    std::optional<BoneState> bone;         ///< of vertebrae that deform; none: they are rigid
    int bone_modes = 12;                   ///< softest shapes of each vertebra's end-plates, both together, beside those of the discs' pull [-]
    Resolution resolution = Resolution::reference;
    bool single_precision_factor = true;
    double force_tolerance = 1e-3;  ///< unbalanced force on a body over the largest pull at which an iteration ends [-]

    /// Somebody's own spine; none: the tables at the size of the person. What it gives replaces sex, stature and lordosis.
    std::shared_ptr<const ImportedAnatomy> anatomy;
    ImportedElements imported_elements = ImportedElements::split;
    ImportedLigaments imported_ligaments = ImportedLigaments::calibrated;
    ImportedTissues imported_tissues = ImportedTissues::calibrated;

    std::optional<SpecimenSpec> specimen;  ///< none: a person on a table

    /// Discs that there are: first_disc() .. last_disc().
    [[nodiscard]] int first_disc() const { return specimen ? static_cast<int>(specimen->upper) - 1 : 0; }
    [[nodiscard]] int last_disc() const { return specimen ? static_cast<int>(specimen->lower) - 2 : disc_count - 1; }
    [[nodiscard]] auto present_discs() const { return std::views::iota(first_disc(), last_disc() + 1); }
    [[nodiscard]] bool posterior_elements() const { return !specimen || specimen->posterior_elements; }
};

}  // namespace foramen::models
