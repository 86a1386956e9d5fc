#pragma once

#include "engine/materials/curve.hpp"

namespace foramen::engine {

inline constexpr double gas_constant = 8.3145;         ///< [J/(mol K)]
inline constexpr double body_temperature = 310.0;      ///< [K]
inline constexpr double laboratory_temperature = 293.0;  ///< [K]

/// Fixed charge per water volume after a volume ratio J: c_F = c_F0 n_f0/(n_f0 - 1 + J)  [mEq/ml].
/// Source: Lanir (1987) Biorheology 24:173; Wilson et al. (2005) J Biomech 38:1195, eq. 17.
[[nodiscard]] double fixed_charge_density(double fixed_charge, double water_fraction, double J);

/// Osmotic pressure of the interstitial water over the bath, positive when the tissue wants to swell.

/// Ideal Donnan equilibrium: dpi = R T (sqrt(c_F^2 + 4 c*^2) - 2 c*)
/// Source: Lai, Hou & Mow (1991) J Biomech Eng 113:245 (van't Hoff form).
struct IdealDonnan {
    double fixed_charge;    ///< c_F0 at J = 1 [mEq/ml]
    double water_fraction;  ///< n_f0, by volume, at J = 1 [-]
    double bath = 0.15;     ///< c*, external salt [mol/l]
    double temperature = body_temperature;  ///< [K]

    /// @return osmotic pressure [MPa]
    [[nodiscard]] double pressure(double J) const;
};

enum class CollagenKind { nucleus, annulus };  ///< the annulus' law also serves the cartilage end-plate

/// Osmotic pressure when part of the water lies inside the collagen fibrils, where the charges do not reach, and the ions are
/// not ideal:
///
///     n_f = (n_f0 - 1 + J)/J;   phi_ci = a exp(-b dpi) + c   (intrafibrillar water per collagen mass)
///     n_exf = extrafibrillar water fraction, by volume;   c_Fexf = c_F n_f/n_exf
///     c = sqrt(c_Fexf^2 + 4 (gamma_ext/gamma_int)^2 c*^2),   X = c_Fexf/(c_Fexf + c)
///     gamma_int = [0.3507 exp(-(c/2)^0.506)^3.1211 + 0.6447] exp(-0.495 X)
///     dpi = R T (phi_int c - 2 phi_ext c*),   phi_int = 0.93 (1 - 0.495 X), phi_ext = 0.93
///
/// gamma_ext is the bracket at c_F0, as in the published program (at the bath's c* NP would give 0.211 instead of 0.180 MPa).
/// dpi stands on both sides (through phi_ci) and is found by iteration.
/// Source: Schroeder et al. (2007) J Orthop Res 25:1312; Wilson et al. (2007) Biomech Model Mechanobiol 6:43; constants as in
/// Munoz-Moya et al. (2024) Front Bioeng Biotechnol 12:1384599.
struct IntrafibrillarDonnan {
    double fixed_charge;         ///< c_F0 at J = 1 [mEq/ml]
    double water_mass_fraction;  ///< n_f,m at J = 1 [-]
    double collagen_fraction;    ///< rho_c, of the dry weight [-]
    CollagenKind collagen = CollagenKind::nucleus;
    double bath = 0.15;  ///< c* [mol/l]
    double temperature = body_temperature;  ///< [K]

    [[nodiscard]] double water_fraction() const;  ///< n_f0, by volume [-]
    /// @return osmotic pressure [MPa]
    [[nodiscard]] double pressure(double J) const;
    /// @return extrafibrillar water per tissue volume n_exf [-] at J
    [[nodiscard]] double extrafibrillar_fraction(double J) const;
};

/// Mass density of the dry matter over that of water [-]. Source: Basser et al. (1998) Arch Biochem Biophys 351:207.
inline constexpr double solid_density = 1.4338;

/// dpi(J) as a smooth table, from just above full compaction to J = 3.
[[nodiscard]] Curve osmotic_curve(const IdealDonnan& law);
[[nodiscard]] Curve osmotic_curve(const IntrafibrillarDonnan& law);
/// No osmotic pressure.
[[nodiscard]] Curve no_osmotic_pressure();

}  // namespace foramen::engine
