#include "models/benchmarks/facet_pair.hpp"

#include <cmath>
#include <numbers>

#include "engine/solve/newton.hpp"
#include "models/benchmarks/recording.hpp"

namespace foramen::models {

using namespace engine;

namespace {

/// Points with areas, in the lower body's frame: its surface touches the plane z = 0 of that frame at the origin.
void place_points(const FacetPair& f, FacetContact& facet) {
    const double size = 2.0 * f.half_width / f.points;
    for (int i = 0; i < f.points; ++i) {
        for (int j = 0; j < f.points; ++j) {
            const double x = -f.half_width + (i + 0.5) * size, y = -f.half_width + (j + 0.5) * size, r2 = x * x + y * y;
            const bool paraboloid = f.shape == FacetShape::paraboloid;
            if (paraboloid && r2 > f.half_width * f.half_width) continue;
            facet.points.push_back({x, y, paraboloid ? 0.5 * r2 / f.radius : 0.0});
            facet.areas.push_back(size * size);
        }
    }
}

/// Body 0 carries the points and may slide along the normal; body 1 carries the surface and is held. Both are turned by Q, so
/// that the normal (from the surface to the points) is Q e_z.
System pair(const FacetPair& f, const Eigen::Matrix3d& Q) {
    System system;
    system.add_body({Q, Eigen::Vector3d::Zero()});
    system.add_body({Q, {3.0, -2.0, 1.0}});
    system.free[0] = {false, false, true, false, false, false};
    system.free[1] = {false, false, false, false, false, false};
    FacetContact facet;
    facet.point_body = 0;
    facet.surface_body = 1;
    facet.origin = Q.transpose() * (-system.poses[1].origin);
    facet.normal = Eigen::Vector3d::UnitZ();
    facet.across = Eigen::Vector3d::UnitX();
    facet.curvature = f.shape == FacetShape::cylinder ? -1.0 / f.radius : 0.0;
    if (f.law == FacetLaw::linear)
        facet.law = LinearOverclosure{f.stiffness};
    else
        facet.law = ExponentialOverclosure{f.pressure, f.clearance};
    place_points(f, facet);
    system.facets.push_back(std::move(facet));
    system.forces.push_back({{0, Eigen::Vector3d::Zero()}, Eigen::Vector3d::Zero()});
    return system;
}

}  // namespace

void describe(FieldVisitor& v, FacetPair& f) {
    v.word("shape", f.shape, facet_shape_words, {.help = "flat points on a cylinder, or points on a paraboloid on a plane"});
    v.word("law", f.law, facet_law_words, {.help = "pressure over overclosure"});
    v.quantity("radius", f.radius, Dimension::length, {1e-3, 1e6}, {.help = "of curvature"});
    v.quantity("half_width", f.half_width, Dimension::length, {1e-3, 1e3},
               {.help = "of the square of points, or the disc's radius"});
    v.quantity("stiffness", f.stiffness, Dimension::none, {1e-9, 1e9}, {.help = "of the linear law, in MPa/mm"});
    v.quantity("pressure", f.pressure, Dimension::pressure, {1e-9, 1e6}, {.help = "of the exponential law at contact"});
    v.quantity("clearance", f.clearance, Dimension::length, {1e-6, 1e2}, {.help = "of the exponential law"});
    v.quantity("force", f.force, Dimension::force, {1e-9, 1e9}, {.help = "largest"});
    v.whole("steps", f.steps, 2, 1000, "", {.help = "in which the force grows"});
    v.whole("points", f.points, 2, 2000, "", {.help = "along the square's side or the disc's diameter"});
}

std::vector<Trace> run(const FacetPair& f) {
    // turned about its normal and flipped: free moves are those of the fixed frame, so the normal stays on its z axis
    const Eigen::Matrix3d Q = rotation_from_vector({0.0, 0.0, 0.7}) * rotation_from_vector({std::numbers::pi, 0.0, 0.0});
    System system = pair(f, Q);
    system.poses[0].origin = Q * Eigen::Vector3d(0.0, 0.0, -1e-3);  // just in touch: without contact nothing holds the body
    NewtonOptions options;
    options.force_scale = f.force;
    options.body_tolerance = 1e-12;
    options.full_newton = true;
    NewtonSolver newton(system, options);
    Trace approach{"approach", "mm", {}, "N", {}};
    for (int step = 1; step <= f.steps; ++step) {
        const double force = f.force * step / f.steps;
        system.forces[0].force = Q * Eigen::Vector3d(0.0, 0.0, -force);
        finish(newton.solve({{}, 0.0}), "facet pair");
        approach.x.push_back(force);
        approach.y.push_back(-system.poses[0].origin.dot(Q.col(2)));
    }
    const std::size_t n = approach.y.size();
    const double exponent = std::log(approach.x[n - 1] / approach.x[n - 2]) / std::log(approach.y[n - 1] / approach.y[n - 2]);
    return {approach, number("exponent", exponent)};
}

}  // namespace foramen::models
