#include "engine/time/background_factor.hpp"

#include "engine/core/contract.hpp"

namespace foramen::engine {

BackgroundFactor::BackgroundFactor(const System& system, std::function<void()> enter)
    : task_(
          [this] {
              const FactorReport report = twins_[domain_].refresh_factor(tau_, true, slots_);
              sound_ = report.ok && report.negative_pivots == twins_[domain_].pressure_unknown_count();
          },
          std::move(enter)) {
    for (const BiphasicDomain& domain : system.domains) twins_.push_back(domain.twin());
}

void BackgroundFactor::begin(const System& system, int domain, double tau) {
    FORAMEN_EXPECTS(idle(), domain);
    domain_ = domain;
    tau_ = tau;
    slots_ = system.slot_poses(domain);
    BiphasicDomain& twin = twins_[domain];
    twin.u = system.domains[domain].u;
    twin.p = system.domains[domain].p;
    const std::vector<int> flexible = system.slot_flexible(domain);
    for (std::size_t slot = 0; slot < flexible.size(); ++slot)
        if (flexible[slot] >= 0) twin.deflect(static_cast<int>(slot), system.flexible[flexible[slot]].amplitude);
    twin.place_ties(slots_);  // the bodies may have moved since the domain was evaluated
    task_.begin();
}

bool BackgroundFactor::exchange(System& system) {
    task_.finish();
    if (sound_) system.domains[domain_].exchange_factor(twins_[domain_]);
    return sound_;
}

}  // namespace foramen::engine
