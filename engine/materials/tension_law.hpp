#pragma once

#include <array>
#include <variant>

namespace foramen::engine {

struct Tension {
    double force;      ///< [N], >= 0
    double stiffness;  ///< dF/dl [N/mm], >= 0
};

/// Ligament strand: slack below l0, quadratic toe, then linear. No force in compression.
///     eps = (l - l0)/l0;  F = k eps^2/(2 eps_t) for 0 < eps < eps_t,  k (eps - eps_t/2) above
/// Source: Remus et al. (2021) PLoS ONE 16:e0250456.
struct StrandLaw {
    double slack_length;       ///< l0 [mm]
    double transition_strain;  ///< eps_t [-]
    double stiffness;          ///< k [N per unit strain]
    [[nodiscard]] Tension at(double length) const;
};

/// Two moduli: sigma = E1 eps up to eps_t, then slope E2; force = sigma * area.
/// Source: the E1/E2 tables used since Goel et al. (1995); see data/ligaments/bilinear.csv.
struct BilinearLaw {
    double slack_length;       ///< l0 [mm]
    double e1, e2;             ///< [MPa]
    double transition_strain;  ///< [-]
    double area;               ///< [mm2]
    [[nodiscard]] Tension at(double length) const;
};

/// Activation that follows the fibre's present stretch l without delay: gain [l - from]+.
struct Feedback {
    double gain = 0.0;  ///< [-], >= 0
    double from = 0.0;  ///< fibre stretch where it begins [-]
};

/// Muscle fascicle with a rigid tendon: passive exponential spring beside an active part.
///     l = l_ref + (L - L_ref)/L_opt  (fibre length over optimal, pennation neglected in the length)
///     F = F_max cos(pennation) [a f_l(l) + F_pe(l)],  F_pe = [exp(4 (l - 1)/0.6) - 1]/[exp(4) - 1] for l > 1
///     f_l = exp(-(l - 1)^2/0.5)
///     a = min(ceiling, activation + sum gain [l - from]+)
/// Source: Thelen (2003) J Biomech Eng 125:70, with the constants of the fascicle table (Christophy et al. 2012): k_pe 4, eps_0 0.6,
/// gamma 0.5. Force-velocity is left out: fibres lengthen by thousandths of L_opt a second, of 10 L_opt/s at most.
struct FascicleLaw {
    double max_force;         ///< F_max cos(pennation) [N]
    double optimal_length;    ///< L_opt [mm]
    double reference_length;  ///< L_ref: musculotendon length at which l = l_ref [mm]
    double reference_stretch = 1.0;  ///< l_ref [-]
    double activation = 0.0;  ///< the part of a that does not depend on the present length [-]
    std::array<Feedback, 2> feedback = {};  ///< the part that does
    double ceiling = 1.0;     ///< largest a [-]
    [[nodiscard]] double stretch(double length) const { return reference_stretch + (length - reference_length) / optimal_length; }
    /// a at a musculotendon length [-]
    [[nodiscard]] double activation_at(double length) const;
    /// The tangent has the slope of passive part and feedback; a negative one, of the active curve's falling side, is left out.
    [[nodiscard]] Tension at(double length) const;
};

/// The same tension at every length: a follower load along a path.
struct ConstantTension {
    double force;  ///< [N]
    [[nodiscard]] Tension at(double) const { return {force, 0.0}; }
};

using TensionLaw = std::variant<StrandLaw, BilinearLaw, FascicleLaw, ConstantTension>;
[[nodiscard]] Tension tension(const TensionLaw& law, double length);

}  // namespace foramen::engine
