#include "engine/kernels/kernels.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/lane_functions.hpp"
#include "engine/elements/biphasic_point.hpp"

namespace foramen::engine {

namespace {

struct Stress {
    SpatialStress<Pack> total;
    Pack osmotic;
};

/// Total Kirchhoff stress: ground + fibres - (p + dpi) J I.
KERNEL_PART Stress total_stress(const Part& part, const Deformation& s, bool tangent, FibreFloor floor) {
    Stress out;
    set_zero(out.total.tau);
    if (tangent) set_zero(out.total.c);
    const Sym3<Pack> b = left_cauchy_green(s.F);
    part.ground.add_to(out.total, b, log1p_lanes(s.J_minus_1), tangent);
    for (int f = 0; f < part.batch.fibre_count; ++f) static_cast<void>(part.fibres[f].add_to(out.total, s.F, b, tangent, floor));
    const CurvePack osmotic = part.osmotic_pressure(s.J);
    const Pack pressure = (s.p + osmotic.value) * s.J;
    add_volumetric<Pack>(out.total, -pressure, -(pressure + osmotic.slope * s.J * s.J), pressure, tangent);
    out.osmotic = osmotic.value;
    return out;
}

KERNEL_PART Pack dot(const std::array<Pack, 3>& a, const std::array<Pack, 3>& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/// tau F^-T dV: with it g_a . tau dV = grad_X N_a . P, and no spatial gradient is needed.
KERNEL_PART Tensor3<Pack> first_piola(const Sym3<Pack>& tau, const Tensor3<Pack>& F_inv_T, const Pack& dV) {
    Tensor3<Pack> P;
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j)
            P[3 * i + j] = dV * (tau[sym_index[i][0]] * F_inv_T[j] + tau[sym_index[i][1]] * F_inv_T[3 + j] + tau[sym_index[i][2]] * F_inv_T[6 + j]);
    return P;
}

/// Mean of p over the element's reference volume.
KERNEL_PART Pack mean_pressure(const Part& part, const PartUnknowns& x) {
    Pack mean{};
    for (int a = 0; a < 8; ++a) mean += part.mean_N(a) * x.p[a];
    return mean;
}

/// c B_b: the tangent times the strain of a unit displacement of a node along each axis.
KERNEL_PART void strain_of_node(const std::array<std::array<Pack, 6>, 6>& c, const std::array<Pack, 3>& g, std::array<std::array<Pack, 3>, 6>& out) {
    for (int n = 0; n < 6; ++n) {
        out[n][0] = c[n][0] * g[0] + c[n][3] * g[1] + c[n][5] * g[2];
        out[n][1] = c[n][3] * g[0] + c[n][1] * g[1] + c[n][4] * g[2];
        out[n][2] = c[n][5] * g[0] + c[n][4] * g[1] + c[n][2] * g[2];
    }
}

/// uu += dV (B_a^T c B_b + (g_a . tau g_b) I) for all a <= b.
KERNEL_PART void add_stiffness(const Point& s, SpatialStress<Pack>& stress, const Pack& dV, int part, BatchTangent& out) {
    for (int m = 0; m < 6; ++m)
        for (int n = m; n < 6; ++n) {
            stress.c[m][n] *= dV;
            stress.c[n][m] = stress.c[m][n];
        }
    for (auto& t : stress.tau) t *= dV;
    for (int b = 0; b < 8; ++b) {
        std::array<std::array<Pack, 3>, 6> cB;
        strain_of_node(stress.c, s.g[b], cB);
        std::array<Pack, 3> tau_g;
        for (int i = 0; i < 3; ++i)
            tau_g[i] = stress.tau[sym_index[i][0]] * s.g[b][0] + stress.tau[sym_index[i][1]] * s.g[b][1] + stress.tau[sym_index[i][2]] * s.g[b][2];
        for (int a = 0; a <= b; ++a) {
            auto& K = out.uu[pair_index(a, b)];
            const auto& g = s.g[a];
            const Pack geometric = dot(g, tau_g);
            for (int j = 0; j < 3; ++j) {
                K[j].part(part) += g[0] * cB[0][j] + g[1] * cB[3][j] + g[2] * cB[5][j];
                K[3 + j].part(part) += g[0] * cB[3][j] + g[1] * cB[1][j] + g[2] * cB[4][j];
                K[6 + j].part(part) += g[0] * cB[5][j] + g[1] * cB[4][j] + g[2] * cB[2][j];
            }
            K[0].part(part) += geometric;
            K[4].part(part) += geometric;
            K[8].part(part) += geometric;
        }
    }
}

/// Sets a part's residual; its smallest J.
KERNEL_PART Pack set_residual(const Part& part, const PartUnknowns& x, BatchResidual& out) {
    const CubeFields fields = cube_fields(part, x);
    const Pack mean_p = mean_pressure(part, x);
    Pack smallest = broadcast<Pack>(1e300);
    std::array<CubeGradients, 3> force;  // what the points ask of 8 dN/dxi
    CubeGradients outflow;
    std::array<Pack, 8> volume;
    set_zero(force);
    set_zero(outflow);
    for (int q = 0; q < 8; ++q) {
        const CubePoint at = cube_point(fields, q);
        const Deformation s = deformation(at);
        smallest = s.J < smallest ? s.J : smallest;
        const Stress stress = total_stress(part, s, false, {});
        const Pack dV = part.dV(q);
        const Tensor3<Pack> P = times(first_piola(stress.total.tau, s.F_inv_T, dV), s.cube);
        // grad_X N . F^-1 k J F^-T grad_X p
        const std::array<Pack, 3> grad_p = product(s.F_inv_T, product(s.cube, at.grad_p));
        const Pack mobility = part.permeability(s.J).value * s.J * dV;
        std::array<Pack, 3> flow;
        for (int j = 0; j < 3; ++j) flow[j] = mobility * (s.F_inv_T[j] * grad_p[0] + s.F_inv_T[3 + j] * grad_p[1] + s.F_inv_T[6 + j] * grad_p[2]);
        for (int j = 0; j < 3; ++j) {
            const int place = hex8_derivative_place.at[q][j];
            for (int i = 0; i < 3; ++i) force[i][j][place] += P[3 * i + j];
            outflow[j][place] += flow[0] * s.cube[j] + flow[1] * s.cube[3 + j] + flow[2] * s.cube[6 + j];
        }
        volume[q] = (s.J_minus_1 + part.stabilisation() * (s.p - mean_p)) * dV;  // c int (N_a - <N_a>)(p - <p>) = c int N_a (p - <p>)
    }
    for (int i = 0; i < 3; ++i) {
        const std::array<Pack, 8> nodal = at_corners(gradient_moments(force[i]));
        for (int a = 0; a < 8; ++a) out.force[a][i].part(part.index) = nodal[a];
    }
    const std::array<Pack, 8> leaving = at_corners(gradient_moments(outflow));
    const std::array<Pack, 8> held = at_corners(value_moments(volume));
    for (int a = 0; a < 8; ++a) {
        out.outflow[a].part(part.index) = leaving[a];
        out.volume[a].part(part.index) = 0.125 * held[a];
    }
    return smallest;
}

KERNEL_PART void add_tangent(const Part& part, const PartUnknowns& x, double tau, bool stiff_floor, BatchTangent& out) {
    const CubeFields fields = cube_fields(part, x);
    for (int q = 0; q < 8; ++q) {
        const Point s = spatial_point(cube_point(fields, q), q);
        Stress stress = total_stress(part, s, true, {stiff_floor, part.batch.fibre_margin});
        const Pack dV = part.dV(q);
        add_stiffness(s, stress.total, dV, part.index, out);
        const Pack coupling = s.J * dV;
        const Pack conduction = tau * part.permeability(s.J).value * coupling;
        const Pack projection = part.stabilisation() * dV;
        for (int a = 0; a < 8; ++a) {
            for (int b = 0; b < 8; ++b) {
                const Pack weight = hex8_reference.N[q][b] * coupling;
                for (int i = 0; i < 3; ++i) out.up[a][b][i].part(part.index) -= weight * s.g[a][i];
            }
            for (int b = a; b < 8; ++b) {
                out.pp[pair_index(a, b)].part(part.index) -=
                    conduction * dot(s.g[a], s.g[b]) + projection * ((hex8_reference.N[q][a] - part.mean_N(a)) * (hex8_reference.N[q][b] - part.mean_N(b)));
            }
        }
    }
}

KERNEL_PART void add_flux_strain_tangent(const Part& part, const PartUnknowns& x, BatchFluxStrainTangent& out) {
    const CubeFields fields = cube_fields(part, x);
    for (int q = 0; q < 8; ++q) {
        const Point s = spatial_point(cube_point(fields, q), q);
        const CurvePack k = part.permeability(s.J);
        const Pack weight = s.J * part.dV(q);
        for (int a = 0; a < 8; ++a) {
            const Pack slope_a = dot(s.g[a], s.grad_p);
            for (int b = 0; b < 8; ++b) {
                const Pack slope_b = dot(s.g[b], s.grad_p), a_b = dot(s.g[a], s.g[b]);
                for (int j = 0; j < 3; ++j)
                    out[a][b][j].part(part.index) +=
                        weight * ((k.value + s.J * k.slope) * s.g[b][j] * slope_a - k.value * (slope_b * s.g[a][j] + a_b * s.grad_p[j]));
            }
        }
    }
}

KERNEL_PART void set_point(const Part& part, const PartUnknowns& x, int q, BatchPoint& out) {
    const int index = part.index;
    const CubePoint at = cube_point(part, x, q);
    const Deformation s = deformation(at);
    const std::array<Pack, 3> grad_p = product(s.F_inv_T, product(s.cube, at.grad_p));
    const Stress stress = total_stress(part, s, false, {});
    out.volume.part(index) = s.J * part.dV(q);
    out.J.part(index) = s.J;
    out.fluid_pressure.part(index) = s.p;
    out.osmotic_pressure.part(index) = stress.osmotic;
    for (int n = 0; n < 6; ++n) out.stress[n].part(index) = stress.total.tau[n] / s.J;
    const Pack k = part.permeability(s.J).value;
    for (int i = 0; i < 3; ++i) out.flux[i].part(index) = -k * grad_p[i];
    Pack squared = broadcast<Pack>(1.0);
    for (int f = 0; f < part.batch.fibre_count; ++f) {
        const Pack I4 = part.fibres[f].squared_stretch(s.F);
        squared = I4 > squared ? I4 : squared;
    }
    out.fibre_strain.part(index) = map_lanes(squared, [](double I4) { return std::sqrt(I4) - 1.0; });
}

}  // namespace

namespace kernel {

void evaluate_residual(const BiphasicBatch& batch, const BatchUnknowns& x, BatchResidual& out) {
    for (int part = 0; part < part_count; ++part) out.smallest_J.part(part) = set_residual(part_of(batch, part), part_of(x, part), out);
}

void evaluate_tangent(const BiphasicBatch& batch, const BatchUnknowns& x, double tau, bool stiff_floor, BatchTangent& out) {
    set_zero(out);
    for (int part = 0; part < part_count; ++part) add_tangent(part_of(batch, part), part_of(x, part), tau, stiff_floor, out);
}

void evaluate_flux_strain_tangent(const BiphasicBatch& batch, const BatchUnknowns& x, BatchFluxStrainTangent& out) {
    set_zero(out);
    for (int part = 0; part < part_count; ++part) add_flux_strain_tangent(part_of(batch, part), part_of(x, part), out);
}

void evaluate_point(const BiphasicBatch& batch, const BatchUnknowns& x, int q, BatchPoint& out) {
    for (int part = 0; part < part_count; ++part) set_point(part_of(batch, part), part_of(x, part), q, out);
}

void gather(const BiphasicBatch& batch, const NodalQuad* state, BatchUnknowns& x) {
    for (int part = 0; part < part_count; ++part) {
        for (int a = 0; a < 8; ++a) {
            const int* const node = batch.node[a].data() + part * register_lanes;
            std::array<Quad, register_lanes> nodes;
            for (int lane = 0; lane < register_lanes; ++lane) nodes[lane] = state[node[lane]].values;
            const std::array<Pack, 4> packs = transposed(nodes);
            for (int i = 0; i < 3; ++i) x.u[a][i].part(part) = packs[i];
            x.p[a].part(part) = packs[3];
        }
    }
}

void scatter(const BiphasicBatch& batch, const BatchResidual& local, NodalQuad* balance, double* outflow) {
    for (int part = 0; part < part_count; ++part) {
        const int filled = std::min(batch.filled - part * register_lanes, register_lanes);
        for (int a = 0; a < 8; ++a) {
            const int* const node = batch.node[a].data() + part * register_lanes;
            const auto& force = local.force[a];
            const std::array<Quad, register_lanes> rows =
                untransposed(std::array<Pack, 4>{force[0].part(part), force[1].part(part), force[2].part(part), local.volume[a].part(part)});
            for (int lane = 0; lane < filled; ++lane) {
                balance[node[lane]].values += rows[lane];
                outflow[node[lane]] += local.outflow[a][part * register_lanes + lane];
            }
        }
    }
}

}  // namespace kernel

}  // namespace foramen::engine
