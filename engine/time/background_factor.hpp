#pragma once

#include <vector>

#include "engine/core/background_task.hpp"
#include "engine/system/system.hpp"

namespace foramen::engine {

/// Renews the factors of a system's domains one after another beside the computation: a domain's state is copied, a second thread
/// factors the copy, and the factor in use is exchanged for the new one when the computation asks. Nothing is shared meanwhile, and no
/// lock is taken. What comes out depends only on the steps at which copies are taken and factors exchanged.
class BackgroundFactor {
public:
    /// @param enter  called once by its thread, for a priority; may be empty
    explicit BackgroundFactor(const System& system, std::function<void()> enter = {});

    [[nodiscard]] bool idle() const { return task_.idle(); }
    [[nodiscard]] bool ready() const { return task_.ready(); }
    /// Copies a domain's state and begins to factor it. Only while idle.
    /// @param tau  of the time steps to come [s]
    void begin(const System& system, int domain, double tau);
    /// Waits until the factor is there, and puts it to use. @return whether it is sound; an unsound one is dropped
    bool exchange(System& system);

private:
    std::vector<BiphasicDomain> twins_;
    std::vector<Pose> slots_;
    int domain_ = -1;
    double tau_ = 0.0;
    bool sound_ = false;
    BackgroundTask task_;  // last: its thread ends before what it works on
};

}  // namespace foramen::engine
