#pragma once

#include "engine/materials/curve.hpp"

namespace foramen::engine {

/// Isotropic spatial permeability k(J) [mm^4/(N s)] of the law w = -k grad p.

/// k = k0
struct ConstantPermeability {
    double k0;
    [[nodiscard]] CurveValue at(double J) const;
};

/// k = k0 ((J - phi0)/(1 - phi0))^alpha exp(M (J^2 - 1)/2)
/// Source: Holmes & Mow (1990) J Biomech 23:1145, in the form that FEBio documents.
struct HolmesMowPermeability {
    double k0;     ///< at J = 1 [mm^4/(N s)]
    double phi0;   ///< solid volume fraction at J = 1 [-]
    double m;      ///< M [-]
    double alpha;  ///< [-]
    [[nodiscard]] CurveValue at(double J) const;
};

/// k = k0 [e (1 + e0)/(e0 (1 + e))]^2 exp[M ((1 + e)/(1 + e0) - 1)],  (1 + e)/(1 + e0) = J, e0 = n_f0/(1 - n_f0)
/// Source: Argoubi & Shirazi-Adl (1996) J Biomech 29:1331.
struct ArgoubiPermeability {
    double k0;  ///< at J = 1 [mm^4/(N s)]
    double e0;  ///< void ratio at J = 1 [-]
    double m;   ///< M [-]
    [[nodiscard]] CurveValue at(double J) const;
};

/// Tabulates a law over the range of volume ratios that a tissue can meet: from just above its solid fraction to J = 3.
/// Outside of it the end value stays: a fully compacted tissue keeps the small permeability of 2 % porosity.
[[nodiscard]] Curve permeability_curve(const ConstantPermeability& law);
[[nodiscard]] Curve permeability_curve(const HolmesMowPermeability& law);
[[nodiscard]] Curve permeability_curve(const ArgoubiPermeability& law);

}  // namespace foramen::engine
