#pragma once

#include <optional>
#include <vector>

#include "io/device/loop_core.hpp"
#include "io/result_file.hpp"

namespace foramen::io {

/// What is written of a state that was read.
struct SolverRow {
    std::int64_t tick = 0;
    double time = 0.0;                 ///< of the session [s]
    std::vector<double> values;        ///< of all series
    std::vector<BlockFields> fields;   ///< empty: none at this step
};

/// What a step took from the threads beside it: with the forces all that a replay must know.
struct StepChoices {
    bool exchanged = false;  ///< a renewed factor was put to use at its beginning
    bool collected = false;  ///< a reading of the observables became part of the solution at its end
};

/// The model in the loop, as the loop's threads and a replay see it.
class LoopSolver {
public:
    virtual ~LoopSolver() = default;
    /// Called once by the thread that will step.
    virtual void begin() {}
    /// Steps to the end of a tick under its force; solution() then has a new version.
    /// @param recorded  of a replay: what was taken from other threads at this step; else what they have ready
    /// @return what was taken
    virtual StepChoices step(const SolverInput& input, const std::optional<StepChoices>& recorded) = 0;
    [[nodiscard]] virtual const Solution& solution() const = 0;
    /// What is to be written of a reading that was taken, if anything.
    [[nodiscard]] virtual std::optional<SolverRow> take_row() { return std::nullopt; }
};

}  // namespace foramen::io
