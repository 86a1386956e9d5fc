#include "scenarios/study/normal_law.hpp"

#include <cmath>
#include <numbers>

#include "engine/core/contract.hpp"

namespace foramen::scenarios {

double normal_share(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

double normal_quantile(double p) {
    FORAMEN_EXPECTS(p > 0.0 && p < 1.0, p);
    if (p > 0.5) return -normal_quantile(1.0 - p);
    const double t = std::sqrt(-2.0 * std::log(p));
    double z = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
    for (int i = 0; i < 3; ++i) {  // f = Phi(z) - p, f''/f' = -z
        const double density = std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi);
        const double step = (normal_share(z) - p) / density;
        z -= step / (1.0 + 0.5 * z * step);
    }
    return z;
}

}  // namespace foramen::scenarios
