#pragma once

#include "engine/core/units.hpp"
#include "scenarios/scenario.hpp"

namespace foramen::testing {

/// A valid scenario with one traction between two rests.
[[nodiscard]] inline scenarios::Scenario scenario_with(const scenarios::Traction& traction) {
    scenarios::Scenario s;
    s.name = "test";
    s.patient.contraindications = {scenarios::Contraindication::none};
    s.session = {{.kind = scenarios::ActivityKind::rest, .time = 100.0, .traction = {}},
                 {.kind = scenarios::ActivityKind::traction, .time = 0.0, .traction = traction},
                 {.kind = scenarios::ActivityKind::rest, .time = 50.0, .traction = {}}};
    return s;
}

/// A valid traction of a mode: up 20 N/s, down 25 N/s, pretension 20 N; 300 N for 60 s, 100 N for 30 s; 10 min.
[[nodiscard]] inline scenarios::Traction traction_of(scenarios::TractionMode mode) {
    scenarios::Traction t;
    t.mode = mode;
    t.hold = {300.0, 60.0};
    t.rest = {100.0, 30.0};
    t.ramp.up.value = 20.0;
    t.ramp.down.value = 25.0;
    t.pretension = 20.0;
    t.angle = 10.0_deg;
    t.duration = 600.0;
    t.wave = {200.0, 100.0, 0.1};
    t.measured.points = {{0.0, 10.0, 50.0, 60.0}, {0.0, 300.0, 300.0, 0.0}};
    return t;
}

}  // namespace foramen::testing
