#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "io/device/plausibility.hpp"

namespace foramen::io {

enum class State : std::uint8_t { disconnected, self_test, armed, running, holdover, ramp_down, stopped };
inline constexpr std::array<std::string_view, 7> state_words{"disconnected", "self test", "armed", "running", "holdover", "ramp down", "stopped"};

/// The session's state machine:
///
///     disconnected -> self test -> armed -> running <-> holdover -> ramp down -> stopped
///
/// and from any state to stopped on the patient switch or an operator's word. Stopped is latched: only a new session leaves it.
class Supervisor {
public:
    Supervisor(const HilChecks& checks, const HilPolicy& policy) : checks_(checks), policy_(policy) {}

    /// Takes a finding; the worst one that came first is the reason that stays.
    void take(const Finding& finding, std::int64_t now_ns);
    /// A believed reading, for the self test.
    void reading(double force, std::int64_t now_ns);
    /// Goes on in time.
    /// @param wanted      force of the programme at this time of the pull [N]
    /// @param ceiling     that holds now [N]
    /// @param pretension  where the safe state leads [N]
    /// @return the set-point [N]
    double advance(std::int64_t now_ns, double wanted, double ceiling, double pretension);
    /// The programme is over.
    void finish(std::int64_t now_ns);

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] Fault reason() const { return reason_; }
    [[nodiscard]] bool finished() const { return finished_; }  ///< by the programme, not by a fault
    [[nodiscard]] std::int64_t onset_ns() const { return onset_ns_; }        ///< of the reason
    [[nodiscard]] std::int64_t reaction_ns() const { return reaction_ns_; }  ///< from the onset to the tick that reacted
    [[nodiscard]] std::int64_t running_since_ns() const { return running_since_ns_; }
    [[nodiscard]] std::int64_t stopped_since_ns() const { return stopped_since_ns_; }
    [[nodiscard]] bool pulling() const { return state_ == State::running || state_ == State::holdover; }

private:
    void go(State state, std::int64_t now_ns);
    void self_test(double force, std::int64_t now_ns);

    HilChecks checks_;
    HilPolicy policy_;
    State state_ = State::disconnected;
    Fault reason_ = Fault::none, held_for_ = Fault::none;
    bool finished_ = false;
    std::int64_t onset_ns_ = 0, reaction_ns_ = 0, running_since_ns_ = 0, stopped_since_ns_ = 0, state_since_ns_ = 0, last_ns_ = -1, held_until_ns_ = 0, held_since_ns_ = 0;
    double set_point_ = 0.0;
    long tared_ = 0;
    double tare_sum_ = 0.0, tare_squares_ = 0.0;
};

}  // namespace foramen::io
