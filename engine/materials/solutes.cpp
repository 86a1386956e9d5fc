#include "engine/materials/solutes.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::engine {

Turnover cell_turnover(const SoluteValues& concentration) {
    constexpr double per_cell_and_second = 1.0 / (1e6 * 3600.0);  // of a rate per million cells and hour
    const double oxygen = std::max(concentration[0], 0.0), glucose = std::max(concentration[1], 0.0);
    const double pH = acidity(concentration[2]), activity = std::max(pH - 4.95, 0.0);
    const double glycolysis = std::exp(-2.47 + 0.93 * pH + 0.16 * oxygen - 0.0058 * oxygen * oxygen) * per_cell_and_second;
    Turnover t;
    t.loss[0] = 7.28 * activity / (1.46 + oxygen + 4.03 * activity) * per_cell_and_second / oxygen_solubility;
    t.loss[1] = 0.5 * glycolysis / (glucose + exhausted_glucose);
    t.gain[2] = glycolysis * glucose / (glucose + exhausted_glucose);
    return t;
}

}  // namespace foramen::engine
