#include "models/benchmarks/manufactured.hpp"

#include <algorithm>
#include <cmath>

#include "engine/time/time_stepper.hpp"
#include "models/benchmarks/hex_quadrature.hpp"
#include "models/benchmarks/manufactured_fields.hpp"
#include "models/benchmarks/recording.hpp"
#include "models/benchmarks/tissue_input.hpp"

namespace foramen::models {

using namespace engine;

namespace {

constexpr int load_points = 3, error_points = 4;

/// Unit cube of n x n x n elements; node set "boundary" is its surface.
HexMesh cube(int n, double distortion) {
    const std::vector<double> planes = uniform_planes(1.0, n);
    HexMesh mesh = box_mesh({planes, planes, planes});
    for (int node = 0; node < mesh.node_count(); ++node) {
        const int i = node % (n + 1), j = node / (n + 1) % (n + 1), k = node / ((n + 1) * (n + 1));
        const bool inside = std::min({i, j, k}) > 0 && std::max({i, j, k}) < n;
        if (!inside) mesh.node_sets["boundary"].push_back(node);
        const double sign = (i + j + k) % 2 == 0 ? 1.0 : -1.0;
        if (inside) mesh.nodes.col(node) += sign * distortion / n * Eigen::Vector3d(1.0, -0.7, 0.5);
    }
    return mesh;
}

/// Consistent nodal loads of the body force and of the fluid source.
void apply_sources(BiphasicDomain& domain, const ManufacturedFields& exact, double t, bool fluid) {
    domain.traction.setZero();
    domain.inflow.setZero();
    for_each_point(domain.mesh(), load_points, [&](const HexPoint& at) {
        const Eigen::Vector3d b = exact.body_force(at.X, t) * at.dV;
        const double q = fluid ? exact.fluid_source(at.X, t) * at.dV : 0.0;
        for (int a = 0; a < 8; ++a) {
            domain.traction.segment<3>(3 * (*at.nodes)[a]) += at.N[a] * b;
            domain.inflow[(*at.nodes)[a]] += at.N[a] * q;
        }
    });
}

/// The exact fields on the boundary: all displacements, and the pressure where it is prescribed.
void apply_boundary(BiphasicDomain& domain, const ManufacturedFields& exact, double t) {
    for (const int n : domain.mesh().node_set("boundary")) {
        const Eigen::Vector3d X = domain.mesh().nodes.col(n);
        domain.u.segment<3>(3 * n) = exact.displacement(X, t);
        domain.p[n] = exact.pressure(X, t);
    }
}

/// Relative errors in the 2-norm of displacement, its gradient, pressure.
std::array<double, 3> errors(const BiphasicDomain& domain, const ManufacturedFields& exact, double t) {
    Eigen::Array3d wrong = Eigen::Array3d::Zero(), size = Eigen::Array3d::Zero();
    for_each_point(domain.mesh(), error_points, [&](const HexPoint& at) {
        const Eigen::Vector3d u = exact.displacement(at.X, t);
        const Eigen::Matrix3d H = exact.displacement_gradient(at.X, t);
        const double p = exact.pressure(at.X, t), dp = at.scalar(domain.p) - p;
        wrong +=
            at.dV * Eigen::Array3d((at.vector(domain.u) - u).squaredNorm(), (at.gradient(domain.u) - H).squaredNorm(), dp * dp);
        size += at.dV * Eigen::Array3d(u.squaredNorm(), H.squaredNorm(), p * p);
    });
    std::array<double, 3> out;
    for (int k = 0; k < 3; ++k) out[k] = size[k] > 0.0 ? std::sqrt(wrong[k] / size[k]) : 0.0;
    return out;
}

/// Error over element size for each field, and its rate between the last two meshes.
std::vector<Trace> convergence(const CubeSeries& series, const std::vector<std::array<double, 3>>& error, int fields) {
    constexpr const char* name[] = {"displacement", "gradient", "pressure"};
    std::vector<Trace> out;
    for (int k = 0; k < fields; ++k) {
        Trace trace{std::string(name[k]) + "_error", "", {}, "mm", {}};
        for (std::size_t i = 0; i < error.size(); ++i) {
            trace.x.push_back(1.0 / (series.coarsest << i));
            trace.y.push_back(error[i][k]);
        }
        out.push_back(trace);
        out.push_back(number(std::string(name[k]) + "_rate", std::log2(error[error.size() - 2][k] / error.back()[k])));
    }
    return out;
}

void hold_boundary(DomainSpec& spec) {
    for (int axis = 0; axis < 3; ++axis) fix(spec, "boundary", axis);
}

std::array<double, 3> solve_solid(const ManufacturedSolid& m, const ManufacturedFields& exact, int n) {
    DomainSpec spec = one_tissue(cube(n, m.cube.distortion), {});
    for (ElementTissue& t : spec.tissues) {
        t.ground = exact.ground;
        t.fibre_count = static_cast<int>(exact.fibres.size());
        std::copy(exact.fibres.begin(), exact.fibres.end(), t.fibres.begin());
    }
    hold_boundary(spec);
    for (int node = 0; node < spec.mesh.node_count(); ++node) spec.drained.push_back(node);
    System system = one_domain(std::move(spec));
    BiphasicDomain& domain = system.domains[0];
    for_each_point(domain.mesh(), load_points, [&](const HexPoint& at) {
        if (exact.fibre_strain(at.X, 1.0) <= 0.0)
            throw std::runtime_error("a fibre is slack: the manufactured stress has a kink");
    });
    apply_sources(domain, exact, 1.0, false);
    apply_boundary(domain, exact, 1.0);
    for (int node = 0; node < domain.node_count(); ++node)
        domain.u.segment<3>(3 * node) = exact.displacement(domain.mesh().nodes.col(node), 1.0);
    NewtonOptions options = newton_scales(1.0, 1.0, 0.1, 1e-10);
    options.full_newton = true;
    NewtonSolver newton(system, options);
    finish(newton.solve({{Eigen::VectorXd::Zero(domain.node_count())}, 0.0}), "manufactured solid");
    domain.p.setZero();
    return errors(domain, exact, 1.0);
}

std::array<double, 3> solve_biphasic(const ManufacturedBiphasic& m, const ManufacturedFields& exact, int level) {
    TissueInput tissue;
    tissue.modulus = m.modulus;
    tissue.poisson = m.poisson;
    tissue.permeability = m.permeability;
    DomainSpec spec = one_tissue(cube(m.cube.coarsest << level, m.cube.distortion), tissue);
    hold_boundary(spec);
    spec.drained = spec.mesh.node_set("boundary");
    System system = one_domain(std::move(spec));
    NewtonSolver newton(system, newton_scales(m.pressure, 1.0, m.amplitude, 1e-8));
    StepperOptions stepping;
    stepping.fixed_steps = true;
    stepping.first_step = m.end / (m.coarsest_steps << level);
    TimeStepper stepper(system, newton, stepping);
    const Drive drive{[&](double t, System& s) {
                          apply_sources(s.domains[0], exact, t, true);
                          apply_boundary(s.domains[0], exact, t);
                      },
                      {m.end}};
    finish(stepper.run(0.0, drive, {}));
    return errors(system.domains[0], exact, m.end);
}

}  // namespace

void describe(FieldVisitor& v, CubeSeries& c) {
    v.whole("coarsest", c.coarsest, 2, 64, "", {.help = "elements a side of the coarsest mesh"});
    v.whole("meshes", c.meshes, 2, 6, "", {.help = "each with twice the elements a side of the one before"});
    v.quantity("distortion", c.distortion, Dimension::none, {0.0, 0.3}, {.help = "of the inner nodes over the element's size"});
}

void describe(FieldVisitor& v, ManufacturedSolid& m) {
    v.section("cube", m.cube, {.help = "meshes"});
    v.quantity("c10", m.c10, Dimension::pressure, {0.0, 1e3}, {.help = "Mooney-Rivlin"});
    v.quantity("c01", m.c01, Dimension::pressure, {0.0, 1e3}, {.help = "Mooney-Rivlin"});
    v.quantity("lambda", m.lambda, Dimension::pressure, {0.0, 1e5}, {.help = "of ln J"});
    v.quantity("k1", m.k1, Dimension::pressure, {0.0, 1e3}, {.help = "of the fibres"});
    v.quantity("k2", m.k2, Dimension::none, {1e-3, 1e3}, {.help = "of the fibres"});
    v.quantity("kappa", m.kappa, Dimension::none, {0.0, 1.0 / 3.0}, {.help = "dispersion of the fibres"});
    v.quantity("fibre_angle", m.fibre_angle, Dimension::angle, {0.0, 1.6}, {.help = "of both families to the x axis"});
    v.quantity("stretch", m.stretch, Dimension::none, {0.0, 1.0}, {.help = "uniform part of the motion, along x and y"});
    v.quantity("amplitude", m.amplitude, Dimension::length, {1e-9, 0.2}, {.help = "of the waves"});
}

void describe(FieldVisitor& v, ManufacturedBiphasic& m) {
    v.section("cube", m.cube, {.help = "meshes"});
    v.quantity("modulus", m.modulus, Dimension::pressure, {1e-6, 1e6}, {.help = "Young's, drained, at rest"});
    v.quantity("poisson", m.poisson, Dimension::none, {0.0, 0.499}, {.help = "Poisson's ratio, drained, at rest"});
    v.quantity("permeability", m.permeability, Dimension::permeability, {0.0, 1e6}, {.help = "constant"});
    v.quantity("amplitude", m.amplitude, Dimension::length, {1e-9, 0.2}, {.help = "of the displacement's waves"});
    v.quantity("pressure", m.pressure, Dimension::pressure, {1e-9, 1e3}, {.help = "of the pressure's wave"});
    v.quantity("time_scale", m.time_scale, Dimension::time, {1e-3, 1e9}, {.help = "T of the fields' sin(t/T)"});
    v.quantity("end", m.end, Dimension::time, {1e-3, 1e9}, {.help = "when the errors are taken"});
    v.whole("coarsest_steps", m.coarsest_steps, 1, 10000, "",
            {.help = "time steps on the coarsest mesh, doubled with each mesh"});
}

std::vector<Trace> run(const ManufacturedSolid& m) {
    ManufacturedFields exact;
    exact.ground = {m.c10, m.c01, m.lambda};
    if (m.k1 > 0.0)
        for (const double sign : {1.0, -1.0})
            exact.fibres.push_back({m.k1, m.k2, m.kappa, {std::cos(m.fibre_angle), sign * std::sin(m.fibre_angle), 0.0}});
    exact.stretch.diagonal() << m.stretch, m.stretch, 0.0;
    exact.amplitude = m.amplitude;
    exact.time_scale = 1.0 / std::asin(1.0);  // g(1 s) = 1
    std::vector<std::array<double, 3>> error;
    for (int level = 0; level < m.cube.meshes; ++level) error.push_back(solve_solid(m, exact, m.cube.coarsest << level));
    return convergence(m.cube, error, 2);
}

std::vector<Trace> run(const ManufacturedBiphasic& m) {
    ManufacturedFields exact;
    exact.ground = neo_hookean(m.modulus, m.poisson);
    exact.permeability = m.permeability;
    exact.amplitude = m.amplitude;
    exact.pressure_amplitude = m.pressure;
    exact.time_scale = m.time_scale;
    std::vector<std::array<double, 3>> error;
    for (int level = 0; level < m.cube.meshes; ++level) error.push_back(solve_biphasic(m, exact, level));
    return convergence(m.cube, error, 3);
}

}  // namespace foramen::models
