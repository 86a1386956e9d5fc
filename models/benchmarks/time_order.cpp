#include "models/benchmarks/time_order.hpp"

#include <cmath>
#include <numbers>

#include "models/benchmarks/recording.hpp"

namespace foramen::models {

using namespace engine;

void describe(FieldVisitor& v, TimeOrder& t) {
    v.section("column", t.column, {.help = "and its load"});
    v.quantity("step", t.step, Dimension::time, {1e-6, 1e6}, {.help = "longest"});
    v.whole("halvings", t.halvings, 1, 10, "", {.help = "of the step"});
}

namespace {
/// Settlement at the end of the load [mm].
double settlement(const TimeOrder& t, Scheme scheme, double step) {
    const ConfinedCompression& c = t.column;
    System system = one_domain(column_domain(c));
    NewtonOptions accuracy = newton_scales(c.traction, c.height, c.traction * c.height / c.tissue.modulus, 1e-10);
    NewtonSolver newton(system, accuracy);
    StepperOptions stepping;
    stepping.scheme = scheme;
    stepping.fixed_steps = true;
    stepping.first_step = step;
    TimeStepper stepper(system, newton, stepping);
    const Drive drive{[&](double now, System& s) {
                          load_column(s, c.traction * std::pow(std::sin(0.5 * std::numbers::pi * now / c.end), 2));
                      },
                      {c.end}};
    finish(stepper.run(0.0, drive, {}));
    return -system.domains[0].u[3 * system.domains[0].mesh().node_set("z1")[0] + 2];
}

Trace rates(const TimeOrder& t, Scheme scheme, double exact, const char* name) {
    Trace trace{name, "", {}, "s", {}};
    double step = t.step, coarse = std::abs(settlement(t, scheme, step) - exact);
    for (int i = 0; i < t.halvings; ++i) {
        const double fine = std::abs(settlement(t, scheme, 0.5 * step) - exact);
        trace.x.push_back(step);
        trace.y.push_back(std::log2(coarse / fine));
        step *= 0.5;
        coarse = fine;
    }
    return trace;
}
}  // namespace

std::vector<Trace> run(const TimeOrder& t) {
    const double exact = settlement(t, Scheme::sdirk2, t.step * std::pow(0.5, t.halvings + 4));
    return {rates(t, Scheme::sdirk2, exact, "sdirk2_rate"), rates(t, Scheme::backward_euler, exact, "backward_euler_rate")};
}

}  // namespace foramen::models
