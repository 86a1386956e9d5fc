#include "models/benchmarks/cook_membrane.hpp"

#include "engine/core/contract.hpp"
#include "models/benchmarks/recording.hpp"
#include "models/benchmarks/tissue_input.hpp"
#include "models/benchmarks/undrained.hpp"

namespace foramen::models {

using namespace engine;

namespace {

constexpr double width = 48.0, left_height = 44.0, right_height = 16.0;  // [mm]

HexMesh panel(int n, double thickness) {
    const std::vector<double> planes = uniform_planes(1.0, n);
    HexMesh mesh = box_mesh({planes, planes, {0.0, thickness}});
    for (int node = 0; node < mesh.node_count(); ++node) {
        const double s = mesh.nodes(0, node), t = mesh.nodes(1, node);
        mesh.nodes(0, node) = width * s;
        mesh.nodes(1, node) = left_height * s + t * (left_height + s * (right_height - left_height));
    }
    return mesh;
}

DomainSpec clamped_panel(const CookMembrane& c, int n, double thickness) {
    DomainSpec spec = one_tissue(panel(n, thickness), {});
    for (ElementTissue& t : spec.tissues) t.ground = neo_hookean(c.modulus, c.poisson);
    fix(spec, "x0", 0);
    fix(spec, "x0", 1);
    fix(spec, "z0", 2);
    if (c.plane == CookPlane::strain) fix(spec, "z1", 2);
    if (c.state == CookState::drained) drain_everywhere(spec);
    return spec;
}

/// Deflection of the right edge's middle x E t/F.
double deflection(const CookMembrane& c, int n) {
    // plane stress is the limit of a thin panel
    const double thickness = c.plane == CookPlane::stress ? 0.1 : 1.0;
    System system = one_domain(clamped_panel(c, n, thickness));
    BiphasicDomain& domain = system.domains[0];
    const double E = c.state == CookState::undrained ? 1.5 * c.modulus / (1.0 + c.poisson) : c.modulus;
    const double force = 1e-5 * E * thickness;
    const std::vector<int>& edge = domain.mesh().node_set("x1");
    for (const int node : edge) {
        const double y = domain.mesh().nodes(1, node);
        const bool corner = y < left_height + 1e-9 || y > left_height + right_height - 1e-9;
        domain.traction[3 * node + 1] = 0.5 * force / n * (corner ? 0.5 : 1.0);
    }
    NewtonSolver newton(system,
                        newton_scales(force / (right_height * right_height), right_height, 20.0 * force / (E * thickness), 1e-7));
    finish(newton.solve(undrained(system)), "Cook's membrane");
    return domain.u[3 * edge[n / 2] + 1] * E * thickness / force;
}

}  // namespace

void describe(FieldVisitor& v, CookMembrane& c) {
    v.quantity("modulus", c.modulus, Dimension::pressure, {1e-6, 1e6}, {.help = "Young's, drained"});
    v.quantity("poisson", c.poisson, Dimension::none, {0.0, 0.499999}, {.help = "Poisson's ratio, drained"});
    v.word("state", c.state, cook_state_words, {.help = "drained: the solid alone; undrained: no fluid moves"});
    v.word("plane", c.plane, cook_plane_words, {.help = "plane strain, or plane stress by a thin panel"});
    v.whole("coarsest", c.coarsest, 2, 128, "", {.help = "elements along each side of the coarsest mesh"});
    v.whole("meshes", c.meshes, 1, 7, "", {.help = "each with twice as many along each side as the one before"});
}

std::vector<Trace> run(const CookMembrane& c) {
    FORAMEN_EXPECTS(c.coarsest % 2 == 0, c.coarsest);
    Trace all{"deflections", "", {}, "", {}};
    for (int level = 0; level < c.meshes; ++level) {
        all.x.push_back(c.coarsest << level);
        all.y.push_back(deflection(c, c.coarsest << level));
    }
    return {all, number("deflection", all.y.back())};
}

}  // namespace foramen::models
