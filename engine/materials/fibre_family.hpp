#pragma once

#include <array>
#include <cmath>

#include "engine/core/lane_functions.hpp"
#include "engine/materials/spatial_stress.hpp"

namespace foramen::engine {

/// Stiffness of fibres in a tangent: what it is, or for one that is reused over many iterations, which must not be softer than the one that it
/// meets (numerics: "stiff floor").
struct FibreFloor {
    bool reused = false;  ///< slack fibres keep the stiffness of barely taut ones
    double margin = 0.0;  ///< and all have that of fibres stretched by this much more [-]
};

/// One family of exponential fibres with dispersion (Holzapfel-Gasser-Ogden), tension only, not split into
/// volume-preserving and volumetric parts.
///
///     W = k1/(2 k2) (exp(k2 E^2) - 1) for E > 0, else 0;   E = kappa (I1 - 3) + (1 - 3 kappa)(I4 - 1)
///     tau = 2 W' h,   c = 4 W'' h (x) h,   h = kappa b + (1 - 3 kappa) m (x) m,   m = F a,   E = tr h - 1
///
/// Source: Gasser, Ogden & Holzapfel (2006) J R Soc Interface 3:15, eqs 4.4-4.6 (without their isochoric split, as FEBio and
/// the disc literature use it for drained matrices).
template <class T>
struct FibreFamily {
    T k1{};                ///< [MPa]
    T k2{};                ///< [-]
    T kappa{};             ///< dispersion, 0 aligned, 1/3 isotropic [-]
    std::array<T, 3> a{};  ///< unit direction in the reference configuration

    /// @param floor  of c
    /// @return fibre strain E [-]
    T add_to(SpatialStress<T>& s, const Tensor3<T>& F, const Sym3<T>& b, bool tangent, FibreFloor floor = {}) const {
        std::array<T, 3> m;
        for (int i = 0; i < 3; ++i) m[i] = F[3 * i] * a[0] + F[3 * i + 1] * a[1] + F[3 * i + 2] * a[2];
        const T aligned = 1.0 - 3.0 * kappa;
        Sym3<T> h;
        for (int n = 0; n < 6; ++n) h[n] = kappa * b[n] + aligned * m[sym_pair[n][0]] * m[sym_pair[n][1]];
        const T E = h[0] + h[1] + h[2] - 1.0;
        const T taut = where_positive(E, E, T{});
        const T growth = exp_lanes(k2 * taut * taut);
        const T slope = 2.0 * k1 * taut * growth;
        T curvature = 4.0 * k1 * (1.0 + 2.0 * k2 * taut * taut) * growth;
        if (!floor.reused) curvature = where_positive(E, curvature, T{});
        if (floor.reused && floor.margin > 0.0) {
            const T further = taut + floor.margin;
            curvature = 4.0 * k1 * (1.0 + 2.0 * k2 * further * further) * exp_lanes(k2 * further * further);
        }
        add_structural<T>(s, h, slope, curvature, tangent);
        return E;
    }

    /// I4 = |F a|^2: the square of the fibres' mean stretch.
    [[nodiscard]] T squared_stretch(const Tensor3<T>& F) const {
        T sum{};
        for (int i = 0; i < 3; ++i) {
            const T m = F[3 * i] * a[0] + F[3 * i + 1] * a[1] + F[3 * i + 2] * a[2];
            sum += m * m;
        }
        return sum;
    }
};

/// Strain energy per reference volume [MPa]; for the tests of the stress.
[[nodiscard]] inline double strain_energy(const FibreFamily<double>& f, const Tensor3<double>& F) {
    const Sym3<double> b = left_cauchy_green(F);
    double I4 = 0.0;
    for (int i = 0; i < 3; ++i) {
        const double m = F[3 * i] * f.a[0] + F[3 * i + 1] * f.a[1] + F[3 * i + 2] * f.a[2];
        I4 += m * m;
    }
    const double E = f.kappa * (b[0] + b[1] + b[2] - 3.0) + (1.0 - 3.0 * f.kappa) * (I4 - 1.0);
    return E > 0.0 ? f.k1 / (2.0 * f.k2) * std::expm1(f.k2 * E * E) : 0.0;
}

}  // namespace foramen::engine
