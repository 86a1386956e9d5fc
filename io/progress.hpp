#pragma once

#include <chrono>
#include <string>

#include "engine/time/time_stepper.hpp"

namespace foramen::io {

/// Progress of a run on standard error: on a terminal one line that is rewritten, at most ten times a second; elsewhere a plain
/// line every tenth of the session or every 30 s, whichever comes first.
class Progress : public engine::Observer {
public:
    /// @param duration  of the session [s]
    Progress(std::string name, double duration, bool quiet);
    void on_step(const engine::StepView& view) override;
    bool wants_stop() override;
    /// Ends the line on a terminal.
    void finish();
    /// A line of its own, for what happens before the first step.
    void say(const std::string& text) const;

private:
    using Clock = std::chrono::steady_clock;
    std::string name_;
    double duration_;
    bool quiet_, terminal_;
    Clock::time_point start_, last_;
    double last_share_ = 0.0;
    bool drawn_ = false;
};

/// "1 h 02 min", "12 min 30 s", "8 s"
[[nodiscard]] std::string duration_text(double seconds);

/// Lets an interrupt or a request to terminate end the run after the step that is being computed, with everything kept;
/// a second one ends the program at once.
void stop_on_signals();
/// Whether one of them came.
[[nodiscard]] bool stop_requested();

}  // namespace foramen::io
