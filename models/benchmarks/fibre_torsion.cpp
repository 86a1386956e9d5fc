#include "models/benchmarks/fibre_torsion.hpp"

#include <cmath>
#include <numbers>

#include "models/benchmarks/recording.hpp"
#include "models/benchmarks/tissue_input.hpp"
#include "models/benchmarks/tube_mesh.hpp"
#include "models/benchmarks/undrained.hpp"

namespace foramen::models {

using namespace engine;

namespace {

DomainSpec tube(const FibreTorsion& t) {
    DomainSpec spec = one_tissue(tube_mesh({t.inner, t.outer, t.height, t.radial, t.around, t.axial, false}), {});
    for (std::size_t e = 0; e < spec.tissues.size(); ++e) {
        Eigen::Vector3d centre = Eigen::Vector3d::Zero();
        for (const int n : spec.mesh.elements[e]) centre += 0.125 * spec.mesh.nodes.col(n);
        const double r = std::hypot(centre.x(), centre.y()), c = std::cos(t.fibre_angle);
        ElementTissue& tissue = spec.tissues[e];
        tissue.ground = neo_hookean(t.modulus, t.poisson);
        tissue.fibre_count = t.families;
        for (int f = 0; f < t.families; ++f) {
            const double s = (f == 0 ? 1.0 : -1.0) * std::sin(t.fibre_angle);
            tissue.fibres[f] = {t.k1, t.k2, t.kappa, {-s * centre.y() / r, s * centre.x() / r, c}};
        }
    }
    for (const char* set : {"bottom", "top", "inner"})
        for (int axis = 0; axis < 3; ++axis) fix(spec, set, axis);
    return spec;
}

/// Pure torsion of every node (of the free ones a first guess).
void twist_all(BiphasicDomain& domain, double twist) {
    for (int n = 0; n < domain.node_count(); ++n) {
        const Eigen::Vector3d X = domain.mesh().nodes.col(n);
        domain.u.segment<3>(3 * n) = Eigen::AngleAxisd(twist * X.z(), Eigen::Vector3d::UnitZ()) * X - X;
    }
}

struct Reaction {
    double torque = 0.0, force = 0.0;
};

/// Moment about the axis and axial force on the top end.
Reaction on_top(const BiphasicDomain& domain, const Eigen::VectorXd& force) {
    Reaction sum;
    for (const int n : domain.mesh().node_set("top")) {
        const Eigen::Vector3d x = domain.mesh().nodes.col(n) + domain.u.segment<3>(3 * n), f = force.segment<3>(3 * n);
        sum.torque += x.x() * f.y() - x.y() * f.x();
        sum.force += f.z();
    }
    return sum;
}

/// Fluid pressure over the radius along one ray half-way between the ends.
Trace pressure_over_radius(const FibreTorsion& t, const BiphasicDomain& domain) {
    Trace trace{"pressure", "MPa", {}, "mm", {}};
    const int first = t.axial / 2 * t.around * (t.radial + 1);
    for (int i = 0; i <= t.radial; ++i) {
        trace.x.push_back(domain.mesh().nodes.col(first + i).head<2>().norm());
        trace.y.push_back(domain.p[first + i]);
    }
    return trace;
}

/// Largest change of the outer surface's radius over the outer radius.
double bulge(const FibreTorsion& t, const BiphasicDomain& domain) {
    double worst = 0.0;
    for (const int n : domain.mesh().node_set("outer"))
        worst =
            std::max(worst, std::abs((domain.mesh().nodes.col(n) + domain.u.segment<3>(3 * n)).head<2>().norm() / t.outer - 1.0));
    return worst;
}

}  // namespace

void describe(FieldVisitor& v, FibreTorsion& t) {
    v.quantity("modulus", t.modulus, Dimension::pressure, {1e-6, 1e6},
               {.help = "Young's, of the drained ground substance at rest"});
    v.quantity("poisson", t.poisson, Dimension::none, {0.0, 0.499}, {.help = "Poisson's ratio of the same"});
    v.quantity("k1", t.k1, Dimension::pressure, {0.0, 1e3}, {.help = "of the fibres"});
    v.quantity("k2", t.k2, Dimension::none, {1e-3, 1e3}, {.help = "of the fibres"});
    v.quantity("kappa", t.kappa, Dimension::none, {0.0, 1.0 / 3.0}, {.help = "dispersion of the fibres"});
    v.quantity("fibre_angle", t.fibre_angle, Dimension::angle, {0.0, 1.6},
               {.help = "of the first family to the axis, towards the hoop"});
    v.whole("families", t.families, 0, 2, "", {.help = "of fibres; the second is the first one's mirror image"});
    v.quantity("inner", t.inner, Dimension::length, {1e-3, 1e3}, {.help = "radius"});
    v.quantity("outer", t.outer, Dimension::length, {1e-3, 1e3}, {.help = "radius"});
    v.quantity("height", t.height, Dimension::length, {1e-3, 1e3}, {.help = "between the ends"});
    v.quantity("twist", t.twist, Dimension::none, {1e-6, 10.0}, {.help = "largest angle a length, both ways, in rad/mm"});
    v.whole("steps", t.steps, 1, 1000, "", {.help = "each way"});
    v.whole("radial", t.radial, 1, 100, "", {.help = "elements along the radius"});
    v.whole("around", t.around, 3, 400, "", {.help = "elements along the circumference"});
    v.whole("axial", t.axial, 2, 100, "", {.help = "elements along the axis"});
}

std::vector<Trace> run(const FibreTorsion& t) {
    System system = one_domain(tube(t));
    BiphasicDomain& domain = system.domains[0];
    NewtonOptions options = newton_scales(0.1 * t.modulus, t.outer, 0.1 * t.outer, 1e-8);
    options.full_newton = true;
    NewtonSolver newton(system, options);
    const SystemState rest = save_state(system);
    Trace torque{"torque", "N mm", {}, "rad/mm", {}}, force{"axial_force", "N", {}, "rad/mm", {}}, pressure;
    double bulged = 0.0;
    for (int step = -t.steps; step <= t.steps; ++step) {
        restore_state(system, rest);
        twist_all(domain, t.twist * step / t.steps);
        finish(newton.solve(undrained(system)), "fibre torsion");
        const Reaction top = on_top(domain, newton.residuals()[0].force);
        for (Trace* trace : {&torque, &force}) trace->x.push_back(t.twist * step / t.steps);
        torque.y.push_back(top.torque);
        force.y.push_back(top.force);
        bulged = std::max(bulged, bulge(t, domain));
        pressure = pressure_over_radius(t, domain);
    }
    return {torque, force, pressure, number("bulge", bulged)};
}

}  // namespace foramen::models
