#include "engine/materials/permeability.hpp"

#include <cmath>

#include "engine/core/contract.hpp"

namespace foramen::engine {

namespace {
constexpr double largest_volume_ratio = 3.0;
constexpr int table_intervals = 4096;
}  // namespace

CurveValue ConstantPermeability::at(double) const { return {k0, 0.0}; }

CurveValue HolmesMowPermeability::at(double J) const {
    const double ratio = (J - phi0) / (1.0 - phi0);
    const double value = k0 * std::pow(ratio, alpha) * std::exp(0.5 * m * (J * J - 1.0));
    return {value, value * (alpha / (J - phi0) + m * J)};
}

CurveValue ArgoubiPermeability::at(double J) const {
    const double e = J * (1.0 + e0) - 1.0;
    const double ratio = e / (e0 * J);
    const double value = k0 * ratio * ratio * std::exp(m * (J - 1.0));
    return {value, value * (2.0 * (1.0 + e0) / e - 2.0 / J + m)};
}

Curve permeability_curve(const ConstantPermeability& law) {
    FORAMEN_EXPECTS(law.k0 > 0.0, law.k0);
    return Curve([&](double J) { return law.at(J); }, 0.1, largest_volume_ratio, 1, Curve::Outside::constant);
}

Curve permeability_curve(const HolmesMowPermeability& law) {
    FORAMEN_EXPECTS(law.k0 > 0.0 && law.phi0 >= 0.0 && law.phi0 < 1.0, law.k0, law.phi0);
    return Curve([&](double J) { return law.at(J); }, law.phi0 + 0.02 * (1.0 - law.phi0), largest_volume_ratio, table_intervals,
                 Curve::Outside::constant);
}

Curve permeability_curve(const ArgoubiPermeability& law) {
    FORAMEN_EXPECTS(law.k0 > 0.0 && law.e0 > 0.0, law.k0, law.e0);
    const double solid = 1.0 / (1.0 + law.e0);
    return Curve([&](double J) { return law.at(J); }, solid + 0.02 * (1.0 - solid), largest_volume_ratio, table_intervals,
                 Curve::Outside::constant);
}

}  // namespace foramen::engine
