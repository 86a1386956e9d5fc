#pragma once

#include <array>
#include <string_view>

namespace foramen::engine {

/// What the cells of a disc live on and what they leave.
enum class Solute { oxygen, glucose, lactate };
inline constexpr int solute_count = 3;
inline constexpr std::array<std::string_view, solute_count> solute_names{"oxygen", "glucose", "lactate"};

/// One value a solute, in the order of Solute. Of concentrations: oxygen by its partial pressure [kPa], glucose and lactate in
/// the water [nmol/mm3], which is mmol/l.
using SoluteValues = std::array<double, solute_count>;

/// Oxygen in water at 37 degrees C [nmol/(mm3 kPa)]. Source: Munoz-Moya et al. (2024) Front Bioeng Biotechnol 12:1384599,
/// program.
inline constexpr double oxygen_solubility = 0.010268;

/// Diffusivity in a gel over that in free water, phi its water fraction by volume:
///
///     D/D0 = (phi/(2 - phi))^2
///
/// Source: Mackie & Meares (1955) Proc R Soc Lond A 232:498.
[[nodiscard]] constexpr double mackie_meares(double water_fraction) {
    const double ratio = water_fraction / (2.0 - water_fraction);
    return ratio * ratio;
}

/// pH = 7.4 - lactate/(11.11 mmol/l)
/// Source: Bibby et al. (2005); slope as in Munoz-Moya et al. (2024).
[[nodiscard]] constexpr double acidity(double lactate) { return 7.4 - lactate / 11.11; }

/// Rate of change of each concentration by the cells alone, split so that no sink can pass zero: gain - loss c, both not
/// negative.
struct Turnover {
    SoluteValues gain{};  ///< [concentration mm3/s]
    SoluteValues loss{};  ///< [mm3/s]
    [[nodiscard]] double rate(int solute, double concentration) const { return gain[solute] - loss[solute] * concentration; }
};

/// Turnover of one cell of the nucleus, which also stands for those of annulus and cartilage (p: oxygen [kPa]):
///
///     oxygen used    = 7.28 p (pH - 4.95)/(1.46 + p + 4.03 (pH - 4.95))               [nmol per million cells and hour]
///     lactate made   = exp(-2.47 + 0.93 pH + 0.16 p - 0.0058 p^2) g/(g + g0)          [the same]
///     glucose used   = half of the lactate made
///
/// g/(g + g0) ends the turnover of glucose with the glucose; the measurements have no such factor (they were made with enough of
/// it), and g0 = 0.05 mmol/l, a tenth of what the cells need, is PROPOSED.
/// Source: Bibby, Jones, Ripley & Urban (2005) Spine 30:487; constants as in Munoz-Moya et al. (2024) Front Bioeng Biotechnol
/// 12:1384599, program.
[[nodiscard]] Turnover cell_turnover(const SoluteValues& concentration);
inline constexpr double exhausted_glucose = 0.05;  ///< g0 [nmol/mm3]

/// Below these disc cells die within days. Sources: Bibby & Urban (2004) Eur Spine J 13:695 and Horner & Urban (2001) Spine
/// 26:2543 for glucose; pH 6.78 as in Munoz-Moya et al. (2024).
inline constexpr double least_glucose = 0.5;   ///< [nmol/mm3]
inline constexpr double least_acidity = 6.78;  ///< pH [-]

}  // namespace foramen::engine
