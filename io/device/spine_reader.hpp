#pragma once

#include <cmath>
#include <vector>

#include "engine/core/background_task.hpp"
#include "io/device/loop_solver.hpp"
#include "io/spine_blocks.hpp"
#include "models/dose.hpp"
#include "models/observables.hpp"

namespace foramen::io {

/// First multiple of the interval after a time.
[[nodiscard]] inline double next_multiple(double time, double interval) { return interval * (std::floor(time / interval * (1.0 + 1e-12)) + 1.0); }

struct SpineReaderOptions {
    double peak = 300.0;                    ///< largest force [N]
    double field_interval = 60.0;           ///< between two pictures [s]
    double estimate_step = 0.0;             ///< > 0: of a reduced model, whose error is estimated with factors for this step [s]
    std::function<void()> enter{};          ///< called once by its thread, for a priority
};

/// Reads the observables of a spine in a thread beside the one that steps: the state is copied, a twin of the spine is read. What comes
/// out depends only on the steps at which copies are taken.
class SpineReader {
public:
    /// The model's present state is the start of the session.
    SpineReader(const models::SpineModel& model, const HilLimits& limits, SpineReaderOptions options);

    [[nodiscard]] bool idle() const { return task_.idle(); }
    [[nodiscard]] bool ready() const { return task_.ready(); }
    /// Copies the state at the end of a tick and begins to read. Only while idle. @param time  of the session [s]
    void begin(const models::SpineModel& model, std::int64_t tick, double time, double force);
    /// The same where the discs are put into their state by the reading thread, as a reduced model does.
    void begin_bodies(const models::SpineModel& model, std::int64_t tick, double time, double force, std::function<void(models::SpineModel& twin)> place_discs);
    /// Waits for the reading, puts pressures, heights, foramina and shares into `to`. @return the row that is to be written
    SolverRow collect(Solution& to);

    [[nodiscard]] const SpineBlocks& blocks() const { return blocks_; }
    /// All series of a row, in their order.
    [[nodiscard]] std::vector<SeriesSpec> series() const;

private:
    void read();
    void start(std::int64_t tick, double time, double force);
    void estimate_error(const std::vector<double>& row);
    [[nodiscard]] std::vector<double> column(const std::vector<double>& row, const char* name, std::size_t count) const;
    [[nodiscard]] std::array<double, limit_count> shares(const std::vector<double>& row) const;

    HilLimits limits_;
    SpineReaderOptions options_;
    models::SpineModel twin_;
    models::SpineObserver observer_;
    models::Dose dose_;
    SpineBlocks blocks_;
    engine::NewtonSolver newton_;
    engine::StageInput stage_;
    std::vector<double> rest_;  // first row
    Solution read_;             // what a reading fills in
    SolverRow row_;
    std::function<void(models::SpineModel&)> place_discs_;
    double next_fields_ = 0.0;
    engine::BackgroundTask task_;  // last: its thread ends before what it works on
};

}  // namespace foramen::io
