#include "engine/time/background_factor.hpp"

#include <omp.h>

#include "engine/core/contract.hpp"

namespace foramen::engine {

BackgroundFactor::BackgroundFactor(const System& system) {
    for (const BiphasicDomain& domain : system.domains) twins_.push_back(domain.twin());
    thread_ = std::thread([this] { work(); });
}

BackgroundFactor::~BackgroundFactor() {
    state_.wait(State::asked, std::memory_order_acquire);
    state_.store(State::ending, std::memory_order_release);
    state_.notify_all();
    thread_.join();
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
    state_.store(State::asked, std::memory_order_release);
    state_.notify_all();
}

bool BackgroundFactor::exchange(System& system) {
    FORAMEN_EXPECTS(!idle(), domain_);
    state_.wait(State::asked, std::memory_order_acquire);
    if (sound_) system.domains[domain_].exchange_factor(twins_[domain_]);
    state_.store(State::idle, std::memory_order_release);
    return sound_;
}

void BackgroundFactor::work() {
    omp_set_num_threads(1);
    for (;;) {
        State now = state_.load(std::memory_order_acquire);
        while (now == State::idle || now == State::ready) {
            state_.wait(now, std::memory_order_acquire);
            now = state_.load(std::memory_order_acquire);
        }
        if (now == State::ending) return;
        const FactorReport report = twins_[domain_].refresh_factor(tau_, true, slots_);
        sound_ = report.ok && report.negative_pivots == twins_[domain_].pressure_unknown_count();
        state_.store(State::ready, std::memory_order_release);
        state_.notify_all();
    }
}

}  // namespace foramen::engine
