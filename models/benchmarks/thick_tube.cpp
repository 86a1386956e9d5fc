#include "models/benchmarks/thick_tube.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/benchmarks/recording.hpp"
#include "models/benchmarks/tissue_input.hpp"
#include "models/benchmarks/tube_mesh.hpp"
#include "models/benchmarks/undrained.hpp"

namespace foramen::models {

using namespace engine;

namespace {

constexpr double height = 0.1;  // [mm]

DomainSpec tube(const ThickTube& t) {
    DomainSpec spec = one_tissue(tube_mesh({t.inner, t.outer, height, t.radial, t.around, 1, true}), {});
    for (ElementTissue& tissue : spec.tissues) tissue.ground = neo_hookean(t.modulus, t.poisson);
    fix(spec, "bottom", 2);
    fix(spec, "top", 2);
    fix(spec, "x0", 0);
    fix(spec, "y0", 1);
    fix(spec, "inner", 0);
    fix(spec, "inner", 1);
    if (t.state == TubeState::drained) drain_everywhere(spec);
    return spec;
}

Eigen::Vector3d outwards(const BiphasicDomain& domain, int node) {
    Eigen::Vector3d e = domain.mesh().nodes.col(node);
    e.z() = 0.0;
    return e.normalized();
}

/// Hoop stress at the integration points, sorted by their radius at rest.
Trace hoop_stress(const BiphasicDomain& domain) {
    std::vector<std::pair<double, double>> found;
    for (const BiphasicBatch& batch : domain.batches()) {
        for (int q = 0; q < 8; ++q) {
            const BatchPoint point = evaluate_point(batch, domain.gather(batch), q);
            for (int lane = 0; lane < batch.filled; ++lane) {
                Eigen::Vector3d X = Eigen::Vector3d::Zero();
                for (int a = 0; a < 8; ++a) X += hex8_shape(q, a) * domain.mesh().nodes.col(batch.node[a][lane]);
                const double r = std::hypot(X.x(), X.y()), c = X.x() / r, s = X.y() / r;
                found.emplace_back(
                    r, s * s * point.stress[0][lane] + c * c * point.stress[1][lane] - 2.0 * s * c * point.stress[3][lane]);
            }
        }
    }
    std::sort(found.begin(), found.end());
    Trace trace{"hoop_stress", "MPa", {}, "mm", {}};
    for (const auto& [r, stress] : found) {
        trace.x.push_back(r);
        trace.y.push_back(stress);
    }
    return trace;
}

}  // namespace

void describe(FieldVisitor& v, ThickTube& t) {
    v.quantity("modulus", t.modulus, Dimension::pressure, {1e-6, 1e6}, {.help = "Young's, drained, at rest"});
    v.quantity("poisson", t.poisson, Dimension::none, {0.0, 0.499}, {.help = "Poisson's ratio, drained, at rest"});
    v.word("state", t.state, tube_state_words, {.help = "drained: the solid alone; undrained: no fluid moves"});
    v.quantity("inner", t.inner, Dimension::length, {1e-3, 1e3}, {.help = "radius at rest"});
    v.quantity("outer", t.outer, Dimension::length, {1e-3, 1e3}, {.help = "radius at rest"});
    v.quantity("displacement", t.displacement, Dimension::length, {1e-9, 1e3},
               {.help = "of the inner surface at the end, outwards"});
    v.whole("steps", t.steps, 1, 1000, "", {.help = "in which the inner surface is moved"});
    v.whole("radial", t.radial, 1, 200, "", {.help = "elements along the radius"});
    v.whole("around", t.around, 2, 200, "", {.help = "elements along the quarter of the circumference"});
}

std::vector<Trace> run(const ThickTube& t) {
    System system = one_domain(tube(t));
    BiphasicDomain& domain = system.domains[0];
    const std::vector<int>& inner = domain.mesh().node_set("inner");
    const std::vector<int>& outer = domain.mesh().node_set("outer");
    const double stress = t.modulus * t.displacement / t.inner;
    NewtonOptions options = newton_scales(stress, height, t.displacement, 1e-7);
    options.full_newton = true;
    NewtonSolver newton(system, options);
    Trace pressure{"pressure", "MPa", {0.0}, "mm", {0.0}}, moved{"outer_displacement", "mm", {0.0}, "mm", {0.0}};
    for (int step = 1; step <= t.steps; ++step) {
        const double d = t.displacement * step / t.steps;
        // prescribed at the inner surface; a first guess elsewhere, that no thin element is turned inside out
        for (int n = 0; n < domain.node_count(); ++n)
            domain.u.segment<3>(3 * n) = d * t.inner / domain.mesh().nodes.col(n).head<2>().norm() * outwards(domain, n);
        finish(newton.solve(undrained(system)), "thick tube");
        double force = 0.0, bulge = 0.0;
        for (const int n : inner) force += newton.residuals()[0].force.segment<3>(3 * n).dot(outwards(domain, n));
        for (const int n : outer) bulge += domain.u.segment<3>(3 * n).dot(outwards(domain, n));
        pressure.x.push_back(d);
        pressure.y.push_back(force / (0.5 * std::numbers::pi * (t.inner + d) * height));
        moved.x.push_back(d);
        moved.y.push_back(bulge / static_cast<double>(outer.size()));
    }
    return {pressure, moved, hoop_stress(domain)};
}

}  // namespace foramen::models
