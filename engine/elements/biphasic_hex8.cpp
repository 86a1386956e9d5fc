#include "engine/kernels/kernels.hpp"

#include <cmath>
#include <cstring>
#include <type_traits>

#include "engine/core/lane_functions.hpp"
#include "engine/elements/hex8_reference.hpp"

namespace foramen::engine {

// Whatever a kernel is made of stands inside it: calls would pass some hundred vectors through memory.
#define KERNEL_PART inline __attribute__((always_inline))

namespace {

constexpr Hex8Reference shape;

/// All packs of a result to zero.
template <class Result>
void set_zero(Result& out) {
    static_assert(std::is_trivially_copyable_v<Result>);
    std::memset(static_cast<void*>(&out), 0, sizeof out);
}

/// How a point is deformed.
struct Deformation {
    Tensor3<Pack> F, F_inv_T;
    Pack J;
    Pack J_minus_1;
    Pack p;
};

KERNEL_PART Deformation deformation(const BiphasicBatch& batch, const BatchUnknowns& x, int q) {
    Deformation s;
    Tensor3<Pack> H;
    set_zero(H);
    s.p = Pack{};
    for (int a = 0; a < 8; ++a) {
        const auto& G = batch.dN_dX[q][a];
        for (int i = 0; i < 3; ++i)
            for (int j = 0; j < 3; ++j) H[3 * i + j] += x.u[a][i] * G[j];
        s.p += shape.N[q][a] * x.p[a];
    }
    // det(I + H) - 1 without cancellation
    const Pack trace = H[0] + H[4] + H[8];
    const Pack minors = H[0] * H[4] - H[1] * H[3] + H[0] * H[8] - H[2] * H[6] + H[4] * H[8] - H[5] * H[7];
    const Pack det_H = H[0] * (H[4] * H[8] - H[5] * H[7]) - H[1] * (H[3] * H[8] - H[5] * H[6]) + H[2] * (H[3] * H[7] - H[4] * H[6]);
    s.J_minus_1 = trace + minors + det_H;
    s.J = 1.0 + s.J_minus_1;
    s.F = H;
    for (int i = 0; i < 3; ++i) s.F[4 * i] += 1.0;
    const auto& F = s.F;
    const Pack inverse_J = 1.0 / s.J;
    // cof F / J = F^-T
    s.F_inv_T = {(F[4] * F[8] - F[5] * F[7]) * inverse_J, (F[5] * F[6] - F[3] * F[8]) * inverse_J,
                 (F[3] * F[7] - F[4] * F[6]) * inverse_J, (F[2] * F[7] - F[1] * F[8]) * inverse_J,
                 (F[0] * F[8] - F[2] * F[6]) * inverse_J, (F[1] * F[6] - F[0] * F[7]) * inverse_J,
                 (F[1] * F[5] - F[2] * F[4]) * inverse_J, (F[2] * F[3] - F[0] * F[5]) * inverse_J,
                 (F[0] * F[4] - F[1] * F[3]) * inverse_J};
    return s;
}

/// F^-T v: a gradient of the reference configuration in space.
KERNEL_PART std::array<Pack, 3> to_space(const Tensor3<Pack>& F_inv_T, const std::array<Pack, 3>& v) {
    std::array<Pack, 3> out;
    for (int i = 0; i < 3; ++i) out[i] = F_inv_T[3 * i] * v[0] + F_inv_T[3 * i + 1] * v[1] + F_inv_T[3 * i + 2] * v[2];
    return out;
}

/// A point with the spatial gradients of the shape functions and of the pressure.
struct Point : Deformation {
    std::array<std::array<Pack, 3>, 8> g;
    std::array<Pack, 3> grad_p;
};

KERNEL_PART Point spatial_point(const BiphasicBatch& batch, const BatchUnknowns& x, int q) {
    Point s{deformation(batch, x, q), {}, {}};
    for (int a = 0; a < 8; ++a) {
        s.g[a] = to_space(s.F_inv_T, batch.dN_dX[q][a]);
        for (int i = 0; i < 3; ++i) s.grad_p[i] += s.g[a][i] * x.p[a];
    }
    return s;
}

struct Stress {
    SpatialStress<Pack> total;
    Pack osmotic;
};

/// Total Kirchhoff stress: ground + fibres - (p + dpi) J I.
KERNEL_PART Stress total_stress(const BiphasicBatch& batch, const Deformation& s, bool tangent, bool floor) {
    Stress out;
    set_zero(out.total.tau);
    if (tangent) set_zero(out.total.c);
    const Sym3<Pack> b = left_cauchy_green(s.F);
    batch.ground.add_to(out.total, b, log1p_lanes(s.J_minus_1), tangent);
    for (int f = 0; f < batch.fibre_count; ++f) static_cast<void>(batch.fibres[f].add_to(out.total, s.F, b, tangent, floor));
    const CurvePack osmotic = batch.osmotic_pressure.at(s.J);
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
KERNEL_PART Pack mean_pressure(const BiphasicBatch& batch, const BatchUnknowns& x) {
    Pack mean{};
    for (int a = 0; a < 8; ++a) mean += batch.mean_N[a] * x.p[a];
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
KERNEL_PART void add_stiffness(const Point& s, SpatialStress<Pack>& stress, const Pack& dV, BatchTangent& out) {
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
                K[j] += g[0] * cB[0][j] + g[1] * cB[3][j] + g[2] * cB[5][j];
                K[3 + j] += g[0] * cB[3][j] + g[1] * cB[1][j] + g[2] * cB[4][j];
                K[6 + j] += g[0] * cB[5][j] + g[1] * cB[4][j] + g[2] * cB[2][j];
            }
            K[0] += geometric;
            K[4] += geometric;
            K[8] += geometric;
        }
    }
}

}  // namespace

namespace kernel {

void evaluate_residual(const BiphasicBatch& batch, const BatchUnknowns& x, BatchResidual& out) {
    set_zero(out);
    out.smallest_J = broadcast<Pack>(1e300);
    const Pack mean_p = mean_pressure(batch, x);
    for (int q = 0; q < 8; ++q) {
        const Deformation s = deformation(batch, x, q);
        out.smallest_J = s.J < out.smallest_J ? s.J : out.smallest_J;
        const Stress stress = total_stress(batch, s, false, false);
        const Pack dV = batch.dV[q];
        const Tensor3<Pack> P = first_piola(stress.total.tau, s.F_inv_T, dV);
        std::array<Pack, 3> reference_gradient{};
        for (int a = 0; a < 8; ++a)
            for (int j = 0; j < 3; ++j) reference_gradient[j] += batch.dN_dX[q][a][j] * x.p[a];
        // grad_X N . F^-1 k J F^-T grad_X p
        const std::array<Pack, 3> grad_p = to_space(s.F_inv_T, reference_gradient);
        const Pack mobility = batch.permeability.at(s.J).value * s.J * dV;
        std::array<Pack, 3> flow;
        for (int j = 0; j < 3; ++j) flow[j] = mobility * (s.F_inv_T[j] * grad_p[0] + s.F_inv_T[3 + j] * grad_p[1] + s.F_inv_T[6 + j] * grad_p[2]);
        const Pack swelling = s.J_minus_1 * dV;
        const Pack projected = batch.stabilisation * (s.p - mean_p) * dV;
        for (int a = 0; a < 8; ++a) {
            const auto& G = batch.dN_dX[q][a];
            for (int i = 0; i < 3; ++i) out.force[a][i] += P[3 * i] * G[0] + P[3 * i + 1] * G[1] + P[3 * i + 2] * G[2];
            out.volume[a] += shape.N[q][a] * swelling + (shape.N[q][a] - batch.mean_N[a]) * projected;
            out.outflow[a] += dot(G, flow);
        }
    }
}

void evaluate_tangent(const BiphasicBatch& batch, const BatchUnknowns& x, double tau, bool stiff_floor, BatchTangent& out) {
    set_zero(out);
    for (int q = 0; q < 8; ++q) {
        const Point s = spatial_point(batch, x, q);
        Stress stress = total_stress(batch, s, true, stiff_floor);
        const Pack dV = batch.dV[q];
        add_stiffness(s, stress.total, dV, out);
        const Pack coupling = s.J * dV;
        const Pack conduction = tau * batch.permeability.at(s.J).value * coupling;
        const Pack projection = batch.stabilisation * dV;
        for (int a = 0; a < 8; ++a) {
            for (int b = 0; b < 8; ++b) {
                const Pack weight = shape.N[q][b] * coupling;
                for (int i = 0; i < 3; ++i) out.up[a][b][i] -= weight * s.g[a][i];
            }
            for (int b = a; b < 8; ++b) {
                out.pp[pair_index(a, b)] -= conduction * dot(s.g[a], s.g[b]) +
                                            projection * ((shape.N[q][a] - batch.mean_N[a]) * (shape.N[q][b] - batch.mean_N[b]));
            }
        }
    }
}

void evaluate_flux_strain_tangent(const BiphasicBatch& batch, const BatchUnknowns& x, BatchFluxStrainTangent& out) {
    set_zero(out);
    for (int q = 0; q < 8; ++q) {
        const Point s = spatial_point(batch, x, q);
        const CurvePack k = batch.permeability.at(s.J);
        const Pack weight = s.J * batch.dV[q];
        for (int a = 0; a < 8; ++a) {
            const Pack slope_a = dot(s.g[a], s.grad_p);
            for (int b = 0; b < 8; ++b) {
                const Pack slope_b = dot(s.g[b], s.grad_p), a_b = dot(s.g[a], s.g[b]);
                for (int j = 0; j < 3; ++j)
                    out[a][b][j] += weight * ((k.value + s.J * k.slope) * s.g[b][j] * slope_a - k.value * (slope_b * s.g[a][j] + a_b * s.grad_p[j]));
            }
        }
    }
}

void evaluate_point(const BiphasicBatch& batch, const BatchUnknowns& x, int q, BatchPoint& out) {
    const Point s = spatial_point(batch, x, q);
    const Stress stress = total_stress(batch, s, false, false);
    out.volume = s.J * batch.dV[q];
    out.J = s.J;
    out.fluid_pressure = s.p;
    out.osmotic_pressure = stress.osmotic;
    for (int n = 0; n < 6; ++n) out.stress[n] = stress.total.tau[n] / s.J;
    const Pack k = batch.permeability.at(s.J).value;
    for (int i = 0; i < 3; ++i) out.flux[i] = -k * s.grad_p[i];
    Pack squared = broadcast<Pack>(1.0);
    for (int f = 0; f < batch.fibre_count; ++f) {
        const Pack I4 = batch.fibres[f].squared_stretch(s.F);
        squared = I4 > squared ? I4 : squared;
    }
    out.fibre_strain = map_lanes(squared, [](double I4) { return std::sqrt(I4) - 1.0; });
}

void gather(const BiphasicBatch& batch, const NodalPack* state, BatchUnknowns& x) {
    for (int a = 0; a < 8; ++a) {
        std::array<Pack, 4> rows;
        for (int lane = 0; lane < lane_count; ++lane) rows[lane] = state[batch.node[a][lane]].values;
        transpose_lanes(rows);
        x.u[a] = {rows[0], rows[1], rows[2]};
        x.p[a] = rows[3];
    }
}

void scatter(const BiphasicBatch& batch, const BatchResidual& local, NodalPack* balance, double* outflow) {
    for (int a = 0; a < 8; ++a) {
        std::array<Pack, 4> rows{local.force[a][0], local.force[a][1], local.force[a][2], local.volume[a]};
        transpose_lanes(rows);
        for (int lane = 0; lane < batch.filled; ++lane) {
            balance[batch.node[a][lane]].values += rows[lane];
            outflow[batch.node[a][lane]] += local.outflow[a][lane];
        }
    }
}

}  // namespace kernel

}  // namespace foramen::engine
