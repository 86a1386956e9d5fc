#include "models/benchmarks/mandel.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/benchmarks/recording.hpp"

namespace foramen::models {

using namespace engine;

void describe(FieldVisitor& v, Mandel& m) {
    v.section("tissue", m.tissue, {.help = "of the slab"});
    v.quantity("half_width", m.half_width, Dimension::length, {1e-3, 1e3}, {.help = "a"});
    v.quantity("height", m.height, Dimension::length, {1e-3, 1e3}, {.help = "between the plates"});
    v.quantity("stress", m.stress, Dimension::pressure, {1e-15, 1e3}, {.help = "F/a"});
    v.whole("layers", m.layers, 2, 1000, "", {.help = "elements across half of the slab; even"});
    v.quantity("end", m.end, Dimension::none, {1e-6, 100.0}, {.help = "T at the end"});
}

namespace {
/// Motion of the plate over F h/(2 G a): -(1 - nu - sum sin x_n cos x_n/(x_n - sin x_n cos x_n) exp(-x_n^2 T)), with the
/// positive roots of tan x/x = (1-nu)/(1/2-nu). Source: Cheng & Detournay (1988) Int J Numer Anal Methods Geomech 12:551.
class Plate {
public:
    explicit Plate(double nu) : nu_(nu) {
        for (int n = 0; n < 400; ++n) {  // one root below each pole of the tangent
            double low = n * std::numbers::pi + 1e-9, high = (n + 0.5) * std::numbers::pi;
            for (int i = 0; i < 100; ++i) {
                const double x = 0.5 * (low + high);
                (std::tan(x) < (1.0 - nu) / (0.5 - nu) * x ? low : high) = x;
            }
            roots_.push_back(0.5 * (low + high));
        }
    }
    [[nodiscard]] double at(double T) const {
        double sum = 0.0;
        for (const double x : roots_) sum += std::sin(x) * std::cos(x) / (x - std::sin(x) * std::cos(x)) * std::exp(-x * x * T);
        return -(1.0 - nu_ - sum);
    }

private:
    double nu_;
    std::vector<double> roots_;
};

DomainSpec slab(const Mandel& m) {
    DomainSpec spec = one_tissue(box_mesh({uniform_planes(m.half_width, m.layers), {0.0, 0.5}, {0.0, m.height}}), m.tissue);
    fix(spec, "x0", 0);
    fix(spec, "y0", 1);
    fix(spec, "y1", 1);
    fix(spec, "z0", 2);
    fix(spec, "z1", 2);
    spec.drained = spec.mesh.node_set("x1");
    return spec;
}

double plate_force(const StepView& view) {
    double force = 0.0;
    for (const int n : view.system.domains[0].mesh().node_set("z1")) force -= view.newton.residuals()[0].force[3 * n + 2];
    return force;
}

/// The same trace over T instead of time.
Trace over_T(Trace trace, double seconds) {
    for (double& t : trace.x) t /= seconds;
    trace.x_unit = "";
    return trace;
}
}  // namespace

std::vector<Trace> run(const Mandel& m) {
    System system = one_domain(slab(m));
    const double E = m.tissue.modulus, nu = m.tissue.poisson, H = aggregate_modulus(neo_hookean(E, nu));
    const double seconds = m.half_width * m.half_width / (H * m.tissue.permeability);  // of T = 1
    NewtonSolver newton(system, newton_scales(m.stress, 1.0, m.stress / E, 1e-6));
    StepperOptions stepping;
    stepping.displacement_tolerance = 1e-4 * m.stress / E;
    stepping.pressure_tolerance = 1e-3 * m.stress;
    stepping.first_step = 1e-7 * seconds;
    TimeStepper stepper(system, newton, stepping);
    const Plate plate(nu);
    const double unit = m.stress * m.height * (1.0 + nu) / E;  // F h/(2 G a)
    const std::vector<int> top = system.domains[0].mesh().node_set("z1");
    const Drive drive{[&](double t, System& s) {  // the load jumps after t = 0: before it the slab is at rest
                          for (const int n : top) s.domains[0].u[3 * n + 2] = t > 0.0 ? unit * plate.at(t / seconds) : 0.0;
                      },
                      {1e-5 * seconds, 1e-3 * seconds, m.end * seconds}};
    Recording centre("centre", "", [&](const StepView& s) { return s.system.domains[0].p[0] / m.stress; });
    Recording halfway("halfway", "", [&](const StepView& s) { return s.system.domains[0].p[m.layers / 2] / m.stress; });
    Recording force("force", "", [&](const StepView& s) { return plate_force(s) / (m.stress * m.half_width * 0.5); });
    finish(stepper.run(0.0, drive, {&centre, &halfway, &force}));
    const Trace c = over_T(centre.trace(), seconds);
    const auto peak = std::max_element(c.y.begin(), c.y.end());
    return {c, over_T(halfway.trace(), seconds), over_T(force.trace(), seconds), number("peak", *peak),
            number("peak_time", c.x[static_cast<std::size_t>(peak - c.y.begin())])};
}

}  // namespace foramen::models
