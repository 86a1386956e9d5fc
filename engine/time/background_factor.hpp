#pragma once

#include <atomic>
#include <thread>
#include <vector>

#include "engine/system/system.hpp"

namespace foramen::engine {

/// Renews the factors of a system's domains one after another beside the computation: a domain's state is copied, a second thread
/// factors the copy, and the factor in use is exchanged for the new one when the computation asks. Nothing is shared meanwhile, and no
/// lock is taken. What comes out depends only on the steps at which copies are taken and factors exchanged.
class BackgroundFactor {
public:
    /// Starts its thread, which works with one OpenMP thread.
    explicit BackgroundFactor(const System& system);
    ~BackgroundFactor();
    BackgroundFactor(const BackgroundFactor&) = delete;
    BackgroundFactor& operator=(const BackgroundFactor&) = delete;

    [[nodiscard]] bool idle() const { return state_.load(std::memory_order_acquire) == State::idle; }
    [[nodiscard]] bool ready() const { return state_.load(std::memory_order_acquire) == State::ready; }
    /// Copies a domain's state and begins to factor it. Only while idle.
    /// @param tau  of the time steps to come [s]
    void begin(const System& system, int domain, double tau);
    /// Waits until the factor is there, and puts it to use. @return whether it is sound; an unsound one is dropped
    bool exchange(System& system);
    /// Of the copy that was taken last, or -1.
    [[nodiscard]] int domain() const { return domain_; }

private:
    enum class State : int { idle, asked, ready, ending };
    void work();

    std::vector<BiphasicDomain> twins_;
    std::vector<Pose> slots_;
    int domain_ = -1;
    double tau_ = 0.0;
    bool sound_ = false;
    std::atomic<State> state_ = State::idle;
    std::thread thread_;
};

}  // namespace foramen::engine
