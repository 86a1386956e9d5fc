#include "models/benchmarks/grid_convergence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/contract.hpp"

namespace foramen::models {

namespace {

constexpr double safety = 1.25;  // for three meshes
constexpr double least_order = 0.5, greatest_order = 4.0;

/// The fixed point of p = |ln|e32/e21| + ln((r21^p - s)/(r32^p - s))| / ln r21; NaN if 200 iterations do not find it.
double observed_order(double ratio, double r21, double r32) {
    const double s = ratio < 0.0 ? -1.0 : 1.0;
    double p = std::abs(std::log(std::abs(ratio))) / std::log(r21);
    for (int i = 0; i < 200; ++i) {
        const double q = std::log((std::pow(r21, p) - s) / (std::pow(r32, p) - s));
        const double next = std::abs(std::log(std::abs(ratio)) + q) / std::log(r21);
        if (std::abs(next - p) < 1e-10) return next;
        p = 0.5 * (p + next);
    }
    return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

GridConvergence grid_convergence(const std::array<double, 3>& values, const std::array<double, 3>& sizes) {
    const auto [f3, f2, f1] = values;
    const auto [h3, h2, h1] = sizes;
    FORAMEN_EXPECTS(h3 > h2 && h2 > h1 && h1 > 0.0, h3, h2, h1);
    const double r21 = h2 / h1, r32 = h3 / h2, e21 = f2 - f1, e32 = f3 - f2;
    GridConvergence g;
    if (e21 == 0.0 || e32 == 0.0) {
        g.order = e21 == 0.0 ? greatest_order : std::numeric_limits<double>::quiet_NaN();
    } else {
        g.oscillating = e32 / e21 < 0.0;
        g.order = observed_order(e32 / e21, r21, r32);
    }
    const double p = std::isfinite(g.order) ? std::clamp(g.order, least_order, greatest_order) : least_order;
    const double gain = std::pow(r21, p) - 1.0;
    g.extrapolated = g.oscillating ? f1 : f1 - e21 / gain;
    g.error_middle = std::abs(f2 / g.extrapolated - 1.0);
    g.error_fine = std::abs(f1 / g.extrapolated - 1.0);
    const auto [least, greatest] = std::minmax({f1, f2, f3});
    g.index = g.oscillating ? 0.5 * (greatest - least) / std::abs(f1) : safety * std::abs(e21 / f1) / gain;
    return g;
}

}  // namespace foramen::models
