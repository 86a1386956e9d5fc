// The stretch reflex' memory against its own definition on lengths that are known.

#include "models/muscle_memory.hpp"

#include <doctest/doctest.h>

#include "engine/core/contract.hpp"
#include "tests/support/close.hpp"

using namespace foramen;
using namespace foramen::models;

namespace {

constexpr double tau = 0.06;  // s
StretchReflex reflex_of(double length_gain, double rate_gain) { return {length_gain, rate_gain, 0.0, 0.0, tau, 0.3}; }

/// One fascicle, relaxed at a stretch of 1.
MuscleMemory relaxed() {
    MuscleMemory memory;
    memory.begin({1.0});
    return memory;
}
void take(MuscleMemory& memory, double time, double stretch, bool active = false) { memory.take(time, {stretch}, {active}, tau); }

}  // namespace

TEST_SUITE_BEGIN("unit/models");

TEST_CASE("a fascicle answers a sudden lengthening after the delay, not before, and by its gain") {
    const StretchReflex reflex = reflex_of(0.5, 0.0);
    MuscleMemory memory = relaxed();
    take(memory, 0.0, 1.0);
    take(memory, 0.99, 1.0);
    take(memory, 1.0, 1.1);  // within 10 ms
    take(memory, 1.05, 1.1);
    CHECK(reflex_drive(reflex, memory, 0, 1.0 + 0.04).known == 0.0);
    CHECK(reflex_drive(reflex, memory, 0, 0.99 + tau).known == 0.0);
    CHECK_CLOSE(reflex_drive(reflex, memory, 0, 0.995 + tau).known, 0.5 * 0.05, 1e-9);
    CHECK_CLOSE(reflex_drive(reflex, memory, 0, 1.0 + tau).known, 0.5 * 0.1, 1e-12);
    for (const engine::Feedback& f : reflex_drive(reflex, memory, 0, 1.0 + tau).present) CHECK(f.gain == 0.0);
    // the rate is that of the last delay: 0.1 within 60 ms
    CHECK_CLOSE(reflex_drive(reflex_of(0.0, 0.05), memory, 0, 1.02 + tau).known, 0.05 * 0.1 / tau, 1e-9);
}

TEST_CASE("a steady lengthening is answered by both gains, a shortening and what lies below the thresholds by nothing") {
    const double rate = 0.2;  // 1/s
    StretchReflex reflex = reflex_of(0.5, 0.05);
    const auto drive = [&](double slope) {
        MuscleMemory memory = relaxed();
        for (int i = 0; i <= 40; ++i) take(memory, 0.025 * i, 1.0 + slope * 0.025 * i);
        return reflex_drive(reflex, memory, 0, 1.0).known;
    };
    CHECK_CLOSE(drive(rate), 0.5 * rate * (1.0 - tau) + 0.05 * rate, 1e-12);
    CHECK(drive(-rate) == 0.0);
    reflex.length_threshold = 0.1;
    reflex.rate_threshold = 0.15;
    CHECK_CLOSE(drive(rate), 0.5 * (rate * (1.0 - tau) - 0.1) + 0.05 * 0.05, 1e-12);
    CHECK(drive(0.1) == 0.0);
    reflex = reflex_of(0.0, 0.0);
    CHECK(drive(rate) == 0.0);
}

TEST_CASE("in a step longer than the delay the activation is that of the straight line through the step") {
    const StretchReflex reflex = reflex_of(0.5, 0.05);
    MuscleMemory memory = relaxed();
    take(memory, 0.0, 1.0);
    take(memory, 2.0, 1.02);
    const double h = 3.0, l_opt = 50.0;
    const ReflexDrive drive = reflex_drive(reflex, memory, 0, 2.0 + h);
    CHECK(drive.known == 0.0);
    engine::FascicleLaw law{100.0, l_opt, 200.0};
    law.feedback = drive.present;
    for (const double l : {1.02, 1.05, 1.3}) {
        const double then = 1.02 + (1.0 - tau / h) * (l - 1.02);
        CHECK_CLOSE(law.activation_at(200.0 + l_opt * (l - 1.0)), 0.5 * (then - 1.0) + 0.05 * (l - 1.02) / h, 1e-12);
    }
    CHECK(law.activation_at(190.0) == 0.0);
    // one delay into the step, two delays before it: the rate is the mean of both pieces
    const double short_step = 1.5 * tau, third = 1.0 / 3.0;
    law.feedback = reflex_drive(reflex_of(0.0, 0.05), memory, 0, 2.0 + short_step).present;
    CHECK_CLOSE(law.activation_at(202.0), 0.05 * (third * 0.02 + 0.01 * 0.5 * tau) / tau, 1e-9);
    // at a step as long as the delay both ways of reckoning meet
    const ReflexDrive known = reflex_drive(reflex_of(0.5, 0.0), memory, 0, 2.0 + tau);
    const ReflexDrive present = reflex_drive(reflex_of(0.5, 0.0), memory, 0, 2.0 + tau * (1.0 + 1e-7));
    law.feedback = present.present;
    CHECK_CLOSE(known.known, law.activation_at(202.0), 1e-6);
}

TEST_CASE("soreness adds up what a fascicle is lengthened while active, and nothing else") {
    MuscleMemory memory = relaxed();
    take(memory, 0.0, 1.00, true);
    take(memory, 1.0, 1.04, true);   // + 0.04
    take(memory, 2.0, 1.01, true);   // shortens
    take(memory, 3.0, 1.05, false);  // relaxed
    take(memory, 4.0, 1.08, true);   // + 0.03
    CHECK_CLOSE(memory.eccentric[0], 0.07, 1e-12);
    memory.begin({1.0});
    CHECK(memory.eccentric[0] == 0.0);
}

TEST_CASE("the memory keeps the last delay only, replaces a step of length 0 and refuses to go back in time") {
    MuscleMemory memory = relaxed();
    take(memory, 0.0, 0.9);
    take(memory, 0.0, 1.0);
    CHECK(memory.moments.size() == 1);
    CHECK(memory.moments[0].stretch[0] == 1.0);
    for (int i = 1; i <= 1000; ++i) take(memory, 0.01 * i, 1.0);
    CHECK(memory.moments.size() <= 14);
    CHECK(memory.moments[0].time <= 10.0 - 2.0 * tau);
    CHECK_THROWS_AS(take(memory, 9.0, 1.0), ContractViolation);
    CHECK_THROWS_AS(memory.take(11.0, {1.0, 1.0}, {true, true}, tau), ContractViolation);
}

TEST_SUITE_END();
