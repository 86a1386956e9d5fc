#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "io/device/plausibility.hpp"
#include "io/device/supervisor.hpp"
#include "scenarios/load_program.hpp"

namespace foramen::io {

inline constexpr std::array<std::string_view, 4> limit_words{"lowest pressure", "height gain", "fibre strain", "ligament strain"};
inline constexpr std::size_t limit_count = limit_words.size();

enum class ModelUsed : std::uint8_t { finite_elements, reduced };
inline constexpr std::array<std::string_view, 2> model_used_words{"finite elements", "reduced"};

/// What the loop knows of the spine: the last step that the solver has published, and the last reading of its limits.
struct Solution {
    std::uint32_t version = 0;        ///< counts steps and readings of the observables
    std::uint32_t steps = 0;          ///< made so far
    std::int64_t tick = -1;           ///< whose force the last step used
    double force = 0.0;               ///< that force [N]
    std::int64_t observed_tick = -1;  ///< of what follows
    double observed_force = 0.0;      ///< [N]
    std::array<double, 5> pressure{}, height{};   ///< per disc [MPa], [mm]
    std::array<double, 10> foramen{};             ///< area, disc by disc, left and right [mm2]
    std::array<double, limit_count> share{};      ///< of each limit [-]
    double merit = 0.0;               ///< residual that the last step began with [-]
    std::uint32_t corrections = 0, exchanges = 0, failures = 0;
    ModelUsed model = ModelUsed::finite_elements;
    bool sound = true;
    bool operator==(const Solution&) const = default;
};

/// What the solver is given at a tick.
struct SolverInput {
    std::int64_t tick = -1;
    double force = 0.0;  ///< [N]
};

/// One tick, as it is recorded: all that the loop decided, and the accounting.
struct TickRecord {
    std::int64_t tick = 0;         ///< number on the grid
    std::int64_t wake_ns = 0;      ///< monotonic, when the loop woke
    std::uint32_t skipped = 0;     ///< ticks of the grid that were left out before this one
    std::uint32_t events = 0;      ///< taken from the line so far
    std::uint32_t solution = 0;    ///< version of the solution that was seen
    std::uint8_t missed = 0;       ///< whether the solver had not finished the tick before
    State state = State::disconnected;
    Fault reason = Fault::none;
    ModelUsed model = ModelUsed::finite_elements;
    double force = 0.0;            ///< used for the model [N]
    double age = 0.0;              ///< of the reading behind it [s]; negative: there is none
    double set_point = 0.0, ceiling = 0.0;  ///< [N]
    double share = 0.0;            ///< largest share of a limit [-]
};

struct TickOutput {
    TickRecord record;
    SolverInput input;
    std::array<DeviceCommand, 4> commands;
    std::size_t command_count = 0;
};

struct LoopSetup {
    HilOptions options;
    scenarios::LoadProgram program;
    double force_cap = 0.0;      ///< [N]
    double pretension = 15.0;    ///< where a safe state leads [N]
    double largest_ramp = 100.0; ///< of the device [N/s]
    double rate = 100.0;         ///< ticks a second
    double seconds = 0.0;        ///< of the pull; 0: the whole programme
    std::int64_t period_ns = 10'000'000;  ///< of the device's readings
    bool has_switch = true, takes_commands = true;
};

/// Ticks, misses and skips of a session. Every tick of the grid is either run or skipped, and every tick that was run either found the
/// solver done or counts as a miss.
struct Accounting {
    std::int64_t ticks = 0, skipped = 0, solved = 0, missed = 0;
    std::int64_t longest_miss = 0;  ///< in a row
    [[nodiscard]] std::int64_t grid() const { return ticks + skipped; }
};

/// The real-time loop without its clock: plausibility, supervisor, ceiling, commands. tick() allocates nothing, waits for nothing and
/// asks no clock, so that a virtual clock and a recording drive it as the real one does.
class LoopCore {
public:
    explicit LoopCore(LoopSetup setup);

    /// @param events  that came since the last tick  @param taken  events so far, these included
    TickOutput tick(std::int64_t tick, std::int64_t wake_ns, std::uint32_t skipped, std::span<const DeviceEvent> events, std::uint32_t taken,
                    const Solution& solution);
    /// Ends the session at the next tick.
    void stop_by_operator() { operator_stop_ = true; }

    [[nodiscard]] const Supervisor& supervisor() const { return supervisor_; }
    [[nodiscard]] const Plausibility& plausibility() const { return plausibility_; }
    [[nodiscard]] const Accounting& accounting() const { return accounting_; }
    /// Stopped, and the drive disabled: nothing more will come.
    [[nodiscard]] bool over() const { return over_; }

private:
    void account(std::int64_t tick, std::uint32_t skipped, const Solution& solution, std::int64_t wake_ns, TickRecord& record);
    void set_ceiling(std::int64_t wake_ns, const Solution& solution);
    void command(TickOutput& out, CommandKind kind, double force);
    void send(TickOutput& out, std::int64_t wake_ns, double set_point);

    LoopSetup setup_;
    Plausibility plausibility_;
    Supervisor supervisor_;
    Accounting accounting_;
    double ceiling_, set_point_ = 0.0;
    std::int64_t last_wake_ns_ = -1, next_command_ns_ = 0, miss_run_ = 0, minute_ticks_ = 0, minute_misses_ = 0, last_input_tick_ = -1;
    std::uint32_t sequence_ = 0;
    State last_state_ = State::disconnected;
    bool operator_stop_ = false, disabled_ = false, over_ = false;
};

}  // namespace foramen::io
