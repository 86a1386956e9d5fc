#pragma once

#include <optional>
#include <vector>

#include "io/device/loop_core.hpp"
#include "io/result_file.hpp"

namespace foramen::io {

/// What is written of a step that was looked at.
struct SolverRow {
    std::int64_t tick = 0;
    double time = 0.0;                 ///< of the session [s]
    std::vector<double> values;        ///< of all series
    std::vector<BlockFields> fields;   ///< empty: none at this step
};

/// The model in the loop, as the loop's threads and a replay see it.
class LoopSolver {
public:
    virtual ~LoopSolver() = default;
    /// Called once by the thread that will step.
    virtual void begin() {}
    /// Steps to the end of a tick under its force. @param exchange  of a replay: whether a renewed factor is put to use now
    /// @return whether one was. solution() then has a new version
    virtual bool step(const SolverInput& input, std::optional<bool> exchange) = 0;
    /// Reads the observables after a step, where they are due: apart from step(), so that a solution is there before. @return whether it
    /// did; solution() then has a new version
    virtual bool observe() { return false; }
    [[nodiscard]] virtual const Solution& solution() const = 0;
    /// What is to be written of the last step, if anything.
    [[nodiscard]] virtual std::optional<SolverRow> take_row() { return std::nullopt; }
};

}  // namespace foramen::io
