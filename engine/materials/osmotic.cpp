#include "engine/materials/osmotic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <mutex>
#include <utility>

#include "engine/core/contract.hpp"

namespace foramen::engine {

namespace {

constexpr double mpa_per_mole_per_litre_kelvin = gas_constant * 1e-3;  // J/(mol K) * mol/l = kPa
constexpr double osmotic_coefficient = 0.93;
constexpr double charge_interaction = 0.495;
constexpr double smallest_extrafibrillar_mass = 0.2;

double salt_activity(double concentration) {
    return 0.3507 * std::pow(std::exp(-std::pow(concentration, 0.506)), 3.1211) + 0.6447;
}

double intrafibrillar_water(CollagenKind kind, double dpi) {
    return kind == CollagenKind::nucleus ? 0.4794 * std::exp(-3.218 * dpi) + 0.7410 : 0.5931 * std::exp(-3.396 * dpi) + 0.9222;
}

/// Total ion concentration in the extrafibrillar water and the charges' share X of it.
struct Ions {
    double total;
    double charge_share;
};

Ions ions(double charge, double bath, double activity_outside) {
    double ratio = 1.0;
    Ions out{};
    for (int i = 0; i < 200; ++i) {
        out.total = std::sqrt(charge * charge + 4.0 * ratio * ratio * bath * bath);
        out.charge_share = charge / (charge + out.total);
        const double next = activity_outside / (salt_activity(0.5 * out.total) * std::exp(-charge_interaction * out.charge_share));
        const bool same = std::abs(next - ratio) < 1e-15 * ratio;
        ratio = next;
        if (same) break;
    }
    return out;
}

struct OsmoticState {
    double pressure;
    double extrafibrillar;
};

OsmoticState solve(const IntrafibrillarDonnan& law, double J) {
    const double n_f0 = law.water_fraction();
    const double n_f = (n_f0 - 1.0 + J) / J;
    const double mass_per_volume = n_f + (1.0 - n_f) * solid_density;
    const double water_mass = n_f / mass_per_volume;
    const double charge = fixed_charge_density(law.fixed_charge, n_f0, J);
    const double outside = salt_activity(law.fixed_charge);
    const double RT = mpa_per_mole_per_litre_kelvin * law.temperature;

    OsmoticState state{RT * (std::sqrt(charge * charge + 4.0 * law.bath * law.bath) - 2.0 * law.bath), 0.0};
    for (int i = 0; i < 500; ++i) {
        const double inside = intrafibrillar_water(law.collagen, state.pressure) * law.collagen_fraction * (1.0 - water_mass);
        const double outside_mass = std::max(water_mass - inside, smallest_extrafibrillar_mass);
        state.extrafibrillar = outside_mass * mass_per_volume;
        const Ions c = ions(charge * n_f / state.extrafibrillar, law.bath, outside);
        const double next =
            RT * osmotic_coefficient * ((1.0 - charge_interaction * c.charge_share) * c.total - 2.0 * law.bath);
        const double change = next - state.pressure;
        state.pressure += 0.7 * change;
        if (std::abs(change) < 1e-14) break;
    }
    return state;
}

constexpr double largest_volume_ratio = 3.0;
constexpr int table_intervals = 512;
constexpr std::size_t most_tables = 64;
using LawKey = std::array<double, 6>;

template <class Law>
Curve tabulate(const Law& law, double water_fraction) {
    const double compacted = 1.0 - water_fraction;
    const auto exact = [&](double J) {
        const double step = 1e-5;
        return CurveValue{law.pressure(J), (law.pressure(J + step) - law.pressure(J - step)) / (2.0 * step)};
    };
    return Curve(exact, compacted + 0.05 * water_fraction, largest_volume_ratio, table_intervals);
}

}  // namespace

double fixed_charge_density(double fixed_charge, double water_fraction, double J) {
    return fixed_charge * water_fraction / (water_fraction - 1.0 + J);
}

double IdealDonnan::pressure(double J) const {
    const double c = fixed_charge_density(fixed_charge, water_fraction, J);
    return mpa_per_mole_per_litre_kelvin * temperature * (std::sqrt(c * c + 4.0 * bath * bath) - 2.0 * bath);
}

double IntrafibrillarDonnan::water_fraction() const {
    return water_mass_fraction * solid_density / (1.0 - water_mass_fraction + solid_density * water_mass_fraction);
}

double IntrafibrillarDonnan::pressure(double J) const { return solve(*this, J).pressure; }

double IntrafibrillarDonnan::extrafibrillar_fraction(double J) const { return solve(*this, J).extrafibrillar; }

Curve osmotic_curve(const IdealDonnan& law) {
    FORAMEN_EXPECTS(law.fixed_charge >= 0.0 && law.bath > 0.0, law.fixed_charge, law.bath);
    FORAMEN_EXPECTS(law.water_fraction > 0.0 && law.water_fraction < 1.0, law.water_fraction);
    return tabulate(law, law.water_fraction);
}

Curve osmotic_curve(const IntrafibrillarDonnan& law) {
    FORAMEN_EXPECTS(law.fixed_charge >= 0.0 && law.bath > 0.0, law.fixed_charge, law.bath);
    FORAMEN_EXPECTS(law.water_mass_fraction > 0.0 && law.water_mass_fraction < 1.0, law.water_mass_fraction);
    FORAMEN_EXPECTS(law.collagen_fraction >= 0.0 && law.collagen_fraction <= 1.0, law.collagen_fraction);
    static std::mutex guard;
    static std::map<LawKey, Curve> known;  // a table takes 30 ms, and the discs of a spine, of a population too, are of few tissues
    const LawKey key{law.fixed_charge, law.water_mass_fraction, law.collagen_fraction, static_cast<double>(law.collagen), law.bath, law.temperature};
    {
        const std::lock_guard lock(guard);
        if (const auto found = known.find(key); found != known.end()) return found->second;
    }
    Curve curve = tabulate(law, law.water_fraction());
    const std::lock_guard lock(guard);
    if (known.size() >= most_tables) known.clear();
    return known.insert_or_assign(key, std::move(curve)).first->second;
}

Curve no_osmotic_pressure() {
    return Curve([](double) { return CurveValue{0.0, 0.0}; }, 0.1, largest_volume_ratio, 1, Curve::Outside::constant);
}

}  // namespace foramen::engine
