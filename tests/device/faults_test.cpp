// Every fault of a device, injected: what the session makes of it, how soon, and what the device is told.

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/device/virtual_session.hpp"

namespace {

using namespace foramen::io;
using foramen::testing::VirtualSession;

struct Expected {
    DeviceFault injected;
    Fault reason;
    double latest;  ///< reaction after the injection [s]
    bool ramps;     ///< through the safe state, else at once
};

constexpr double injected_at = 9.0;  // s: running at the hold force

std::uint32_t counted(const LoopCore& core, Fault fault) { return core.plausibility().counts()[static_cast<std::size_t>(fault)]; }

/// First tick in a state.
double first_time(const VirtualSession& s, State state) {
    const auto found = std::find_if(s.ticks.begin(), s.ticks.end(), [&](const TickRecord& t) { return t.state == state; });
    return found == s.ticks.end() ? -1.0 : 1e-9 * static_cast<double>(found->wake_ns);
}

}  // namespace

TEST_SUITE("device/faults") {
    TEST_CASE("without a fault the programme runs to its end, the device follows, and it is let go and disabled") {
        VirtualSession s;
        const LoopCore core = s.run();
        CHECK(core.supervisor().finished());
        CHECK(core.supervisor().reason() == Fault::none);
        CHECK(core.supervisor().state() == State::stopped);
        CHECK(s.largest_device_force > 148.0);
        CHECK(s.device_force_at_end < 0.5);
        CHECK(first_time(s, State::running) > 2.0);  // armed after two seconds of unloaded readings
        CHECK(std::count_if(s.commands.begin(), s.commands.end(), [](const DeviceCommand& c) { return c.kind == CommandKind::disable; }) == 1);
        for (const TickRecord& t : s.ticks) CHECK(t.set_point <= t.ceiling + 1e-9);
        for (std::size_t f = 1; f < fault_count; ++f) {
            CAPTURE(fault_words[f]);
            CHECK(core.plausibility().counts()[f] <= (f == static_cast<std::size_t>(Fault::device_stopped) ? 1000u : 0u));
        }
    }

    TEST_CASE("each fault of the device ends in the latched stop, for its own reason and within its time") {
        const std::vector<Expected> table{
            {DeviceFault::out_of_range, Fault::out_of_range, 0.03, true},   {DeviceFault::stuck, Fault::stuck, 1.2, true},
            {DeviceFault::silent, Fault::timeout, 0.25, true},              {DeviceFault::lost, Fault::line_lost, 0.03, true},
            {DeviceFault::clock_jump, Fault::clock_jump, 0.03, true},       {DeviceFault::release, Fault::sudden_release, 0.05, true},
            {DeviceFault::switch_opened, Fault::patient_switch, 0.03, false}, {DeviceFault::overload, Fault::overload, 0.03, true},
            {DeviceFault::not_finite, Fault::timeout, 0.25, true},
        };
        for (const Expected& e : table) {
            VirtualSession s;
            s.emulator.fault = e.injected;
            s.emulator.fault_at = e.injected == DeviceFault::stuck ? 4.0 : injected_at;  // stuck shows while the set-point moves
            if (e.injected == DeviceFault::stuck) s.options.checks.follow_band = 1000.0;  // else not_following is as quick
            const LoopCore core = s.run();
            INFO(device_fault_words[static_cast<std::size_t>(e.injected)]);
            CHECK(core.supervisor().state() == State::stopped);
            CHECK_FALSE(core.supervisor().finished());
            CHECK(fault_words[static_cast<std::size_t>(core.supervisor().reason())] == fault_words[static_cast<std::size_t>(e.reason)]);
            const double at = first_time(s, e.ramps ? State::ramp_down : State::stopped);
            CHECK(at >= s.emulator.fault_at);
            CHECK(at <= s.emulator.fault_at + e.latest);
            CHECK(std::any_of(s.commands.begin(), s.commands.end(), [](const DeviceCommand& c) { return c.kind == CommandKind::stop; }));
            if (e.injected != DeviceFault::lost) CHECK(s.device_force_at_end < 0.5);
            MESSAGE(device_fault_words[static_cast<std::size_t>(e.injected)] << ": " << fault_words[static_cast<std::size_t>(core.supervisor().reason())] << " after "
                                                                            << at - s.emulator.fault_at << " s");
        }
    }

    TEST_CASE("a device that does not follow, or holds back its rope, is found out") {
        VirtualSession s;
        s.emulator.fault = DeviceFault::not_following;
        s.emulator.fault_at = 3.0;  // in the rise
        CHECK(s.run().supervisor().reason() == Fault::not_following);
    }

    TEST_CASE("what a session lives with: one spike, duplicates, readings out of order, corrupted frames") {
        for (const auto& [injected, fault] : {std::pair{DeviceFault::spike, Fault::too_fast}, {DeviceFault::duplicate, Fault::duplicate},
                                              {DeviceFault::reorder, Fault::duplicate}}) {
            VirtualSession s;
            s.emulator.fault = injected;
            s.emulator.fault_at = injected_at;
            const LoopCore core = s.run();
            INFO(device_fault_words[static_cast<std::size_t>(injected)]);
            CHECK(core.supervisor().finished());
            CHECK(counted(core, fault) >= 1);
            for (const TickRecord& t : s.ticks) CHECK(t.force < 200.0);  // the spike of 200 N never reached the model
        }
        VirtualSession s;  // every third frame is corrupt: held, and in the end not tolerated
        s.emulator.fault = DeviceFault::corrupt;
        s.emulator.fault_at = injected_at;
        const LoopCore core = s.run();
        CHECK(counted(core, Fault::unreadable) > 5);
        CHECK(first_time(s, State::holdover) > injected_at);
        CHECK(core.supervisor().reason() == Fault::unreadable);
    }

    TEST_CASE("the operator's word, a solver that gives up: at the next tick, for their own reasons") {
        struct Told {
            Fault reason;
            State leads_to;
            std::function<void(VirtualSession&)> inject;
        };
        const std::vector<Told> table{
            {Fault::operator_stop, State::ramp_down, [](VirtualSession& s) { s.operate = [](double time, LoopCore& core) { if (time >= injected_at) core.stop_by_operator(); }; }},
            {Fault::solver_failed, State::stopped, [](VirtualSession& s) {
                 s.disturb = [&s](std::int64_t tick, Solution& solution, std::uint32_t&) { solution.sound = static_cast<double>(tick) / s.rate < injected_at; };
             }},
        };
        for (const Told& told : table) {
            VirtualSession s;
            told.inject(s);
            const LoopCore core = s.run();
            CHECK(fault_words[static_cast<std::size_t>(core.supervisor().reason())] == fault_words[static_cast<std::size_t>(told.reason)]);
            CHECK(core.supervisor().state() == State::stopped);
            CHECK_FALSE(core.supervisor().finished());
            const double after = first_time(s, told.leads_to) - injected_at;
            CHECK(std::abs(after) < 0.0101);
            CHECK(s.device_force_at_end < 0.5);
            MESSAGE(fault_words[static_cast<std::size_t>(told.reason)] << ": " << state_words[static_cast<std::size_t>(told.leads_to)] << " after " << after << " s");
        }
    }

    TEST_CASE("an instrument that distrusts its own readings: all of them are a silence, every third is held and then not tolerated") {
        VirtualSession all;
        all.alter = [](double time, ForceSample& sample) { if (time >= injected_at) sample.flags |= flag_data_bad; };
        const LoopCore silent = all.run();
        CHECK(silent.supervisor().reason() == Fault::timeout);
        CHECK(first_time(all, State::holdover) - injected_at == doctest::Approx(0.1).epsilon(0.2));
        CHECK(first_time(all, State::ramp_down) - injected_at == doctest::Approx(0.2).epsilon(0.1));
        CHECK(counted(silent, Fault::data_bad) > 15);
        VirtualSession third;
        third.alter = [](double time, ForceSample& sample) { if (time >= injected_at && sample.sequence % 3 == 0) sample.flags |= flag_data_bad; };
        const LoopCore held = third.run();
        CHECK(held.supervisor().reason() == Fault::data_bad);
        const double after = first_time(third, State::ramp_down) - injected_at;
        CHECK(after > 1.0);
        CHECK(after < 1.3);
        MESSAGE("data_bad, every third: " << after << " s; all: " << first_time(all, State::ramp_down) - injected_at << " s");
    }

    TEST_CASE("a clock that jitters and readings that are lost are noted, and the session goes on") {
        VirtualSession jitter;
        jitter.alter = [](double time, ForceSample& sample) { if (time >= injected_at && sample.sequence % 10 == 0) sample.device_us -= 50'000; };
        const LoopCore jittered = jitter.run();
        CHECK(jittered.supervisor().finished());
        CHECK(counted(jittered, Fault::clock_jitter) > 10);
        CHECK(counted(jittered, Fault::clock_jump) == 0);
        VirtualSession gaps;  // one of ten goes on its way: more than ten a minute after one second
        std::uint32_t missing = 0;
        gaps.alter = [&](double time, ForceSample& sample) {
            if (time >= injected_at && sample.sequence % 10 == 0) ++missing;
            sample.sequence += missing;
        };
        const LoopCore lossy = gaps.run();
        CHECK(lossy.supervisor().finished());
        CHECK(counted(lossy, Fault::lost_readings) == missing / 11);
        CHECK(missing > 22);
    }

    TEST_CASE("an untared cell, a switch that is not there: not armed, nothing pulled") {
        VirtualSession untared;
        untared.emulator.fault = DeviceFault::untared;
        CHECK(untared.run().supervisor().reason() == Fault::tare);
        CHECK(untared.largest_device_force < 1.0);
        VirtualSession open;
        open.emulator.fault = DeviceFault::switch_opened;
        CHECK(open.run().supervisor().reason() == Fault::patient_switch);
        CHECK(open.largest_device_force < 1.0);
    }

    TEST_CASE("a limit lowers the ceiling at once; beyond it the session goes to its safe state") {
        VirtualSession s;
        s.seconds = 15.0;
        s.disturb = [](std::int64_t tick, Solution& solution, std::uint32_t&) {
            solution.observed_force = 150.0;
            solution.share.fill(tick < 900 ? 0.5 : tick < 1200 ? 1.0 / 0.9 - 0.12 : 1.02);
        };
        const LoopCore core = s.run();
        CHECK(core.supervisor().reason() == Fault::limit_exceeded);
        const auto at = [&](double time) { return *std::find_if(s.ticks.begin(), s.ticks.end(), [&](const TickRecord& t) { return 1e-9 * static_cast<double>(t.wake_ns) >= time; }); };
        CHECK(at(8.9).ceiling == doctest::Approx(300.0));
        CHECK(at(9.01).ceiling == doctest::Approx(150.0 / (1.0 / 0.9 - 0.12)));
        CHECK(at(9.01).set_point <= at(9.01).ceiling);
    }

    TEST_CASE("without set-points the device falls back by itself when their time to live is over") {
        EmulatorOptions options;
        options.noise = 0.0;
        EmulatedDevice device(options);
        device.command(frame_of({CommandKind::set_point, 200.0, 5000, 1}), 0.0);
        static_cast<void>(device.reading(5.0));
        CHECK(device.force() == doctest::Approx(200.0).epsilon(0.01));
        static_cast<void>(device.reading(9.0));
        CHECK(device.force() == doctest::Approx(options.pretension).epsilon(0.01));
    }

    TEST_CASE("every tick of the grid is accounted for: run or left out, solved or missed; too many misses stop the session") {
        VirtualSession s;
        s.options.policy.misses_in_a_row = 50;
        std::int64_t misses = 0, skips = 0;
        s.disturb = [&](std::int64_t tick, Solution& solution, std::uint32_t& skipped) {
            if (tick > 300 && tick < 900 && tick % 7 == 0) {
                solution.tick = tick - 3;  // the solver is two ticks behind
                ++misses;
            }
            if (tick > 300 && tick % 50 == 1) {
                skipped = 3;
                skips += 3;
            }
        };
        const LoopCore core = s.run();
        const Accounting& a = core.accounting();
        CHECK(core.supervisor().finished());
        CHECK(a.skipped == skips);
        CHECK(a.missed == misses);
        CHECK(a.ticks == a.solved + a.missed);
        CHECK(a.grid() == s.ticks.back().tick + 1);
        for (std::size_t i = 1; i < s.ticks.size(); ++i) {  // left out, never made up: the grid is kept
            CHECK(s.ticks[i].tick == s.ticks[i - 1].tick + 1 + s.ticks[i].skipped);
            CHECK(s.ticks[i].wake_ns - s.ticks[i - 1].wake_ns >= 9'999'999);
        }
        VirtualSession stalled;
        stalled.options.policy.misses_in_a_row = 50;
        stalled.disturb = [](std::int64_t tick, Solution& solution, std::uint32_t&) { solution.tick = std::min<std::int64_t>(tick - 1, 800); };
        CHECK(stalled.run().supervisor().reason() == Fault::overrun);
    }

    TEST_CASE("a gauge without commands needs the word that no switch is there, and gets no command") {
        HilOptions options;
        Plausibility with(options.checks, 300.0, 100.0, 10'000'000, false, false);
        static_cast<void>(with.take({EventKind::sample, {1.0, 0, 1, 0, 1'000'000}}));
        CHECK(with.look(2'000'000, 0.0, false).fault == Fault::patient_switch);
        options.checks.patient_switch = PatientSwitch::absent;
        Plausibility without(options.checks, 300.0, 100.0, 10'000'000, false, false);
        static_cast<void>(without.take({EventKind::sample, {1.0, 0, 1, 0, 1'000'000}}));
        CHECK(without.look(2'000'000, 0.0, false).severity == Severity::none);
    }

    TEST_CASE("identical readings are found where the check is asked for") {
        HilChecks checks;
        checks.identical_readings = 50;
        Plausibility p(checks, 300.0, 100.0, 10'000'000, true, true);
        Finding last;
        for (std::uint32_t i = 1; i <= 50; ++i) last = p.take({EventKind::sample, {100.0, 0, i, flag_switch_closed, 10'000'000 * static_cast<std::int64_t>(i)}});
        CHECK(last.fault == Fault::stuck);
    }
}
