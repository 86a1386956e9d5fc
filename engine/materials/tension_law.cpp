#include "engine/materials/tension_law.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::engine {

namespace {
constexpr double passive_shape = 4.0;    // k_pe
constexpr double passive_strain = 0.6;   // eps_0
constexpr double active_width = 0.5;     // gamma
}  // namespace

Tension StrandLaw::at(double length) const {
    const double strain = (length - slack_length) / slack_length;
    if (strain <= 0.0) return {0.0, 0.0};
    if (strain < transition_strain)
        return {0.5 * stiffness * strain * strain / transition_strain, stiffness * strain / (transition_strain * slack_length)};
    return {stiffness * (strain - 0.5 * transition_strain), stiffness / slack_length};
}

Tension BilinearLaw::at(double length) const {
    const double strain = (length - slack_length) / slack_length;
    if (strain <= 0.0) return {0.0, 0.0};
    if (strain < transition_strain) return {area * e1 * strain, area * e1 / slack_length};
    return {area * (e1 * transition_strain + e2 * (strain - transition_strain)), area * e2 / slack_length};
}

double FascicleLaw::activation_at(double length) const {
    double a = activation;
    for (const Feedback& f : feedback) a += f.gain * std::max(stretch(length) - f.from, 0.0);
    return std::min(a, ceiling);
}

Tension FascicleLaw::at(double length) const {
    const double l = stretch(length), a = activation_at(length);
    const double overlap = std::exp(-(l - 1.0) * (l - 1.0) / active_width);
    double force = a * overlap, slope = -2.0 * (l - 1.0) / active_width * force;
    if (a < ceiling)
        for (const Feedback& f : feedback) slope += l > f.from ? f.gain * overlap : 0.0;
    if (l > 1.0) {
        const double growth = std::exp(passive_shape * (l - 1.0) / passive_strain);
        force += (growth - 1.0) / std::expm1(passive_shape);
        slope += passive_shape / passive_strain * growth / std::expm1(passive_shape);
    }
    // The active descending limb is unstable at constant activation; its slope is left to the residual.
    return {max_force * force, max_force * std::max(slope, 0.0) / optimal_length};
}

Tension tension(const TensionLaw& law, double length) {
    return std::visit([length](const auto& l) { return l.at(length); }, law);
}

}  // namespace foramen::engine
