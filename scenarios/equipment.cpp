#include "scenarios/equipment.hpp"

namespace foramen::scenarios {

using engine::Dimension;

namespace {
/// The lower half of a split table runs on rollers; skin and cloth on a solid top: Judovich's and Lange's rule of a
/// quarter of the body weight lost.
constexpr Friction split_friction{0.05, 0.5};
constexpr Friction solid_friction{0.5, 0.5};
}  // namespace

Friction table_friction(const Table& table) {
    const Friction surface = table.surface == Surface::split ? split_friction : solid_friction;
    return {table.friction_lower.value_or(surface.lower), table.friction_upper.value_or(surface.upper)};
}

void describe(engine::FieldVisitor& v, Table& t) {
    v.word("surface", t.surface, surface_words,
           {.help = "split: the lower half runs on rollers; custom: give both coefficients",
            .source = "solid 0.5: rule of a quarter of the body weight; split 0.05 is an assumption"});
    v.quantity("friction_lower", t.friction_lower, Dimension::none, {0.0, 1.5},
               {.help = "coefficient under pelvis and legs", .absent = "0.05 split, 0.5 solid", .example = "0.05"});
    v.quantity("friction_upper", t.friction_upper, Dimension::none, {0.0, 1.5},
               {.help = "coefficient under the thorax", .absent = "0.5", .example = "0.5"});
    v.quantity("incline", t.incline, Dimension::angle, {0.0_deg, 60.0_deg},
               {.help = "tilt of the table, feet lower than head: the weight of pelvis and legs pulls", .example = "15 deg"});
}

void describe(engine::FieldVisitor& v, Harness& h) {
    v.quantity("stiffness", h.stiffness, Dimension::stiffness, {1.0, 1000.0},
               {.help = "of the thoracic harness with skin and soft tissue under it",
                .source = "assumption: nothing measured was found; 10 to 30 N/mm is plausible"});
    v.quantity("loss", h.loss, Dimension::fraction, {0.0, 0.9},
               {.help = "share of the device's force that never reaches the skeleton",
                .source = "assumption: nothing measured was found"});
    v.quantity("slip_limit", h.slip_limit, Dimension::force, {20.0_N, 2000.0_N},
               {.help = "force at which the thoracic harness slips over the skin", .absent = "does not slip", .example = "600 N"});
}

void describe(engine::FieldVisitor& v, Device& d) {
    v.text("name", d.name, {.help = "as it is printed in reports"});
    v.quantity("max_force", d.max_force, Dimension::force, {10.0_N, 2000.0_N},
               {.help = "ceiling: a session that pulls harder is refused"});
    v.quantity("max_angle", d.max_angle, Dimension::angle, {0.0_deg, 60.0_deg},
               {.help = "steepest rope: a larger angle is refused"});
    v.quantity("max_ramp", d.max_ramp, Dimension::force_rate, {1.0, 1000.0},
               {.help = "fastest change of force: a faster ramp is refused"});
}

}  // namespace foramen::scenarios
