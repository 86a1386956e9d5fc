#pragma once

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"
#include "engine/core/pack.hpp"
#include "engine/materials/spatial_stress.hpp"

namespace foramen::engine {

inline constexpr double compacted_ln_J = -1.2039728043259361;  ///< ln 0.3 [-]
inline constexpr double compaction_modulus = 20.0;              ///< k below it [MPa]

/// Compressible Mooney-Rivlin ground substance; neo-Hookean for c01 = 0.
///
///     W = C10 (I1 - 3) + C01 (I2 - 3) - (2 C10 + 4 C01) ln J + lambda/2 (ln J)^2
///     tau = 2 C10 b + 2 C01 (I1 b - b^2) + (lambda ln J - 2 C10 - 4 C01) I
///
/// Below J = 0.3, where hardly any tissue of a disc has water left that could leave, a cubic energy is added (assumption): it keeps the
/// corners of drained surfaces from turning inside out under a pinch, and is exactly zero above (<x> = max(x, 0)):
///
///     W += k/3 <ln 0.3 - ln J>^3,   tau -= k <ln 0.3 - ln J>^2 I,   k = 20 MPa
///
/// Small strain: shear modulus mu = 2 (C10 + C01), first Lame parameter lambda + 4 C01.
/// Source: Bonet & Wood (2008), Nonlinear Continuum Mechanics, ch. 6, for C01 = 0; Holzapfel (2000), Nonlinear Solid
/// Mechanics, ch. 6, for the second invariant.
template <class T>
struct MooneyRivlin {
    T c10{};     ///< [MPa]
    T c01{};     ///< [MPa]
    T lambda{};  ///< [MPa]

    /// @param b        left Cauchy-Green tensor
    /// @param ln_J     ln det F
    /// @param tangent  also fill s.c
    void add_to(SpatialStress<T>& s, const Sym3<T>& b, const T& ln_J, bool tangent) const {
        const T I1 = b[0] + b[1] + b[2];
        const T direct = 2.0 * c10 + 2.0 * c01 * I1;
        for (int n = 0; n < 6; ++n) {
            const int i = sym_pair[n][0], j = sym_pair[n][1];
            T b2 = b[sym_index[i][0]] * b[sym_index[0][j]];
            for (int k = 1; k < 3; ++k) b2 += b[sym_index[i][k]] * b[sym_index[k][j]];
            s.tau[n] += direct * b[n] - 2.0 * c01 * b2;
        }
        const T below = compacted_ln_J - ln_J, over = where_positive(below, below, T{});
        const T volumetric = lambda * ln_J - 2.0 * c10 - 4.0 * c01 - compaction_modulus * over * over;
        add_volumetric<T>(s, volumetric, lambda + 2.0 * compaction_modulus * over, -volumetric, tangent);
        if (!tangent) return;
        for (int m = 0; m < 6; ++m) {
            for (int n = m; n < 6; ++n) {
                const int i = sym_pair[m][0], j = sym_pair[m][1], k = sym_pair[n][0], l = sym_pair[n][1];
                s.c[m][n] += 4.0 * c01 *
                             (b[m] * b[n] - 0.5 * (b[sym_index[i][k]] * b[sym_index[j][l]] + b[sym_index[i][l]] * b[sym_index[j][k]]));
            }
        }
    }
};

/// Strain energy per reference volume [MPa]; for the tests of the stress.
[[nodiscard]] inline double strain_energy(const MooneyRivlin<double>& m, const Tensor3<double>& F, double J) {
    const Sym3<double> b = left_cauchy_green(F);
    const double I1 = b[0] + b[1] + b[2];
    const double b_b = b[0] * b[0] + b[1] * b[1] + b[2] * b[2] + 2.0 * (b[3] * b[3] + b[4] * b[4] + b[5] * b[5]);
    const double I2 = 0.5 * (I1 * I1 - b_b), ln_J = std::log(J);
    const double over = std::max(0.0, compacted_ln_J - ln_J);
    return m.c10 * (I1 - 3.0) + m.c01 * (I2 - 3.0) - (2.0 * m.c10 + 4.0 * m.c01) * ln_J + 0.5 * m.lambda * ln_J * ln_J +
           compaction_modulus / 3.0 * over * over * over;
}

/// Neo-Hookean constants from Young's modulus and Poisson's ratio at small strain.
[[nodiscard]] inline MooneyRivlin<double> neo_hookean(double youngs_modulus, double poisson_ratio) {
    FORAMEN_EXPECTS(youngs_modulus > 0.0, youngs_modulus);
    FORAMEN_EXPECTS(poisson_ratio > -1.0 && poisson_ratio < 0.5, poisson_ratio);
    const double mu = youngs_modulus / (2.0 * (1.0 + poisson_ratio));
    const double lambda = youngs_modulus * poisson_ratio / ((1.0 + poisson_ratio) * (1.0 - 2.0 * poisson_ratio));
    return {0.5 * mu, 0.0, lambda};
}

/// Confined (aggregate) modulus at small strain, lambda + 2 mu [MPa].
[[nodiscard]] inline double aggregate_modulus(const MooneyRivlin<double>& m) {
    return m.lambda + 4.0 * m.c01 + 4.0 * (m.c10 + m.c01);
}

}  // namespace foramen::engine
