#pragma once

#include <array>

namespace foramen::models {

/// What three meshes say about the limit of a quantity.
struct GridConvergence {
    double order = 0.0;         ///< observed p [-]; not a number where the fixed point is not found
    double extrapolated = 0.0;  ///< Richardson's value of the limit
    double error_middle = 0.0;  ///< of the middle mesh over the extrapolated value [-]
    double error_fine = 0.0;    ///< of the finest mesh over the extrapolated value [-]
    double index = 0.0;         ///< grid convergence index of the finest mesh [-]
    bool oscillating = false;   ///< the three values do not follow each other in one direction: order and limit are doubtful
};

/// Observed order, Richardson's extrapolation and grid convergence index from three meshes that need not halve:
///
///     r21 = h2/h1, r32 = h3/h2, e21 = f2 - f1, e32 = f3 - f2 (1 the finest), s = sign(e32/e21)
///     p = |ln|e32/e21| + q(p)| / ln r21,   q = ln((r21^p - s)/(r32^p - s))      (fixed point)
///     f = (r21^p f1 - f2)/(r21^p - 1),     GCI = 1.25 |e21/f1| / (r21^p - 1)
///
/// p is kept within [0.5, 4] in the extrapolation and the index: three values cannot show more, and less is no convergence.
/// Values that go to and fro (s < 0) allow no extrapolation: the limit is then the finest value, the index half of their range
/// over it. Sources: Stern et al. (2001) J Fluids Eng 123:793 for the last; Roache (1994) J Fluids Eng 116:405; Celik et al.
/// (2008) J Fluids Eng 130:078001.
/// @param values  of the coarse, the middle and the fine mesh
/// @param sizes   their element sizes h = (volume/elements)^(1/3), descending
[[nodiscard]] GridConvergence grid_convergence(const std::array<double, 3>& values, const std::array<double, 3>& sizes);

}  // namespace foramen::models
