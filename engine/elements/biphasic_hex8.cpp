#include "engine/elements/biphasic_hex8.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <type_traits>

#include "engine/core/contract.hpp"

namespace foramen::engine {

namespace {

constexpr int corner_sign[8][3] = {{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, 1}, {1, 1, 1}, {-1, 1, 1}};

struct ReferenceValues {
    double N[8][8];      // [point][node]
    double dN[8][8][3];  // with respect to the cube's axes
    ReferenceValues() {
        const double g = 1.0 / std::sqrt(3.0);
        for (int q = 0; q < 8; ++q) {
            for (int a = 0; a < 8; ++a) {
                double f[3];
                for (int i = 0; i < 3; ++i) f[i] = 0.5 * (1.0 + corner_sign[a][i] * corner_sign[q][i] * g);
                N[q][a] = f[0] * f[1] * f[2];
                for (int i = 0; i < 3; ++i) dN[q][a][i] = 0.5 * corner_sign[a][i] * f[(i + 1) % 3] * f[(i + 2) % 3];
            }
        }
    }
};
const ReferenceValues reference;

/// All packs of a result to zero.
template <class Result>
void set_zero(Result& out) {
    static_assert(std::is_trivially_copyable_v<Result>);
    std::memset(static_cast<void*>(&out), 0, sizeof out);
}

CurveValue invalid_curve_value() { return {0.0, 0.0}; }

/// Value and slope of one curve a lane.
struct CurvePack {
    Pack value;
    Pack slope;
};
inline CurvePack read_curves(const std::array<const Curve*, lane_count>& curves, const Pack& J) {
    CurvePack out;
    for (int lane = 0; lane < lane_count; ++lane) {
        const CurveValue v = std::isfinite(J[lane]) ? curves[lane]->at(J[lane]) : invalid_curve_value();
        out.value[lane] = v.value;
        out.slope[lane] = v.slope;
    }
    return out;
}

/// Everything that residual and tangent need at a point.
struct Point {
    Tensor3<Pack> F;
    Pack J;
    Pack J_minus_1;
    std::array<std::array<Pack, 3>, 8> g;  // spatial shape gradients
    Pack p;
    std::array<Pack, 3> grad_p;
};

inline Point kinematics(const BiphasicBatch& batch, const BatchUnknowns& x, int q) {
    Point s;
    Tensor3<Pack> H;
    set_zero(H);
    s.p = Pack{};
    for (int a = 0; a < 8; ++a) {
        const auto& G = batch.dN_dX[q][a];
        for (int i = 0; i < 3; ++i)
            for (int j = 0; j < 3; ++j) H[3 * i + j] += x.u[a][i] * G[j];
        s.p += reference.N[q][a] * x.p[a];
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
    const Tensor3<Pack> F_inv_T = {(F[4] * F[8] - F[5] * F[7]) * inverse_J, (F[5] * F[6] - F[3] * F[8]) * inverse_J,
                                   (F[3] * F[7] - F[4] * F[6]) * inverse_J, (F[2] * F[7] - F[1] * F[8]) * inverse_J,
                                   (F[0] * F[8] - F[2] * F[6]) * inverse_J, (F[1] * F[6] - F[0] * F[7]) * inverse_J,
                                   (F[1] * F[5] - F[2] * F[4]) * inverse_J, (F[2] * F[3] - F[0] * F[5]) * inverse_J,
                                   (F[0] * F[4] - F[1] * F[3]) * inverse_J};
    set_zero(s.grad_p);
    for (int a = 0; a < 8; ++a) {
        const auto& G = batch.dN_dX[q][a];
        for (int i = 0; i < 3; ++i) {
            s.g[a][i] = F_inv_T[3 * i] * G[0] + F_inv_T[3 * i + 1] * G[1] + F_inv_T[3 * i + 2] * G[2];
            s.grad_p[i] += s.g[a][i] * x.p[a];
        }
    }
    return s;
}

struct Stress {
    SpatialStress<Pack> total;
    Pack osmotic;
};

/// Total Kirchhoff stress: ground + fibres - (p + dpi) J I.
inline Stress total_stress(const BiphasicBatch& batch, const Point& s, bool tangent, bool floor) {
    Stress out;
    set_zero(out);
    const Sym3<Pack> b = left_cauchy_green(s.F);
    batch.ground.add_to(out.total, b, log1p_lanes(s.J_minus_1), tangent);
    for (int f = 0; f < batch.fibre_count; ++f) static_cast<void>(batch.fibres[f].add_to(out.total, s.F, b, tangent, floor));
    const CurvePack osmotic = read_curves(batch.osmotic_pressure, s.J);
    const Pack pressure = (s.p + osmotic.value) * s.J;
    add_volumetric<Pack>(out.total, -pressure, -(pressure + osmotic.slope * s.J * s.J), pressure, tangent);
    out.osmotic = osmotic.value;
    return out;
}

inline Pack dot(const std::array<Pack, 3>& a, const std::array<Pack, 3>& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/// Mean of p over the element's reference volume.
inline Pack mean_pressure(const BiphasicBatch& batch, const BatchUnknowns& x) {
    Pack mean{};
    for (int a = 0; a < 8; ++a) mean += batch.mean_N[a] * x.p[a];
    return mean;
}

/// c B_b: the tangent times the strain of a unit displacement of a node along each axis.
inline void strain_of_node(const std::array<std::array<Pack, 6>, 6>& c, const std::array<Pack, 3>& g, std::array<std::array<Pack, 3>, 6>& out) {
    for (int n = 0; n < 6; ++n) {
        out[n][0] = c[n][0] * g[0] + c[n][3] * g[1] + c[n][5] * g[2];
        out[n][1] = c[n][3] * g[0] + c[n][1] * g[1] + c[n][4] * g[2];
        out[n][2] = c[n][5] * g[0] + c[n][4] * g[1] + c[n][2] * g[2];
    }
}

/// uu += dV (B_a^T c B_b + (g_a . tau g_b) I) for all a <= b.
inline void add_stiffness(const Point& s, SpatialStress<Pack>& stress, const Pack& dV, BatchTangent& out) {
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

double hex8_shape(int q, int a) { return reference.N[q][a]; }

std::array<double, 3> hex8_shape_gradient(int q, int a) { return {reference.dN[q][a][0], reference.dN[q][a][1], reference.dN[q][a][2]}; }

void set_lane(BiphasicBatch& batch, int lane, int element, const std::array<int, 8>& nodes,
              const std::array<std::array<double, 3>, 8>& corners, const ElementTissue& tissue, bool stabilised) {
    double volume = 0.0;
    std::array<double, 8> mean{};
    for (int q = 0; q < 8; ++q) {
        double X[9] = {};  // dX_i/dxi_j
        for (int a = 0; a < 8; ++a)
            for (int i = 0; i < 3; ++i)
                for (int j = 0; j < 3; ++j) X[3 * i + j] += corners[a][i] * reference.dN[q][a][j];
        const double cofactor[9] = {X[4] * X[8] - X[5] * X[7], X[5] * X[6] - X[3] * X[8], X[3] * X[7] - X[4] * X[6],
                                    X[2] * X[7] - X[1] * X[8], X[0] * X[8] - X[2] * X[6], X[1] * X[6] - X[0] * X[7],
                                    X[1] * X[5] - X[2] * X[4], X[2] * X[3] - X[0] * X[5], X[0] * X[4] - X[1] * X[3]};
        const double det = X[0] * cofactor[0] + X[1] * cofactor[1] + X[2] * cofactor[2];
        FORAMEN_EXPECTS(det > 0.0, det, element, q);
        batch.dV[q][lane] = det;  // Gauss weights are 1
        volume += det;
        for (int a = 0; a < 8; ++a) {
            mean[a] += reference.N[q][a] * det;
            for (int i = 0; i < 3; ++i) {
                double d = 0.0;
                for (int j = 0; j < 3; ++j) d += cofactor[3 * i + j] * reference.dN[q][a][j];
                batch.dN_dX[q][a][i][lane] = d / det;
            }
        }
    }
    for (int a = 0; a < 8; ++a) {
        batch.mean_N[a][lane] = mean[a] / volume;
        batch.node[a][lane] = nodes[a];
    }
    batch.element[lane] = element;
    batch.ground.c10[lane] = tissue.ground.c10;
    batch.ground.c01[lane] = tissue.ground.c01;
    batch.ground.lambda[lane] = tissue.ground.lambda;
    FORAMEN_EXPECTS(lane == 0 || batch.fibre_count == tissue.fibre_count, lane, element);
    batch.fibre_count = tissue.fibre_count;
    for (int f = 0; f < tissue.fibre_count; ++f) {
        batch.fibres[f].k1[lane] = tissue.fibres[f].k1;
        batch.fibres[f].k2[lane] = tissue.fibres[f].k2;
        batch.fibres[f].kappa[lane] = tissue.fibres[f].kappa;
        for (int i = 0; i < 3; ++i) batch.fibres[f].a[i][lane] = tissue.fibres[f].a[i];
    }
    batch.permeability[lane] = tissue.permeability;
    batch.osmotic_pressure[lane] = tissue.osmotic_pressure;
    batch.stabilisation[lane] = stabilised ? 3.0 / aggregate_modulus(tissue.ground) : 0.0;
    batch.filled = std::max(batch.filled, lane + 1);
}

void close_batch(BiphasicBatch& batch) {
    FORAMEN_EXPECTS(batch.filled > 0, batch.filled);
    const auto copy = [&](Pack& v, int lane) { v[lane] = v[0]; };
    for (int lane = batch.filled; lane < lane_count; ++lane) {
        for (int q = 0; q < 8; ++q) {
            batch.dV[q][lane] = 0.0;
            for (int a = 0; a < 8; ++a)
                for (int i = 0; i < 3; ++i) copy(batch.dN_dX[q][a][i], lane);
        }
        for (int a = 0; a < 8; ++a) {
            copy(batch.mean_N[a], lane);
            batch.node[a][lane] = batch.node[a][0];
        }
        batch.element[lane] = batch.element[0];
        copy(batch.ground.c10, lane);
        copy(batch.ground.c01, lane);
        copy(batch.ground.lambda, lane);
        for (auto& fibre : batch.fibres) {
            copy(fibre.k1, lane);
            copy(fibre.k2, lane);
            copy(fibre.kappa, lane);
            for (auto& a : fibre.a) copy(a, lane);
        }
        batch.permeability[lane] = batch.permeability[0];
        batch.osmotic_pressure[lane] = batch.osmotic_pressure[0];
        batch.stabilisation[lane] = 0.0;
    }
}

void evaluate_residual(const BiphasicBatch& batch, const BatchUnknowns& x, BatchResidual& out) {
    set_zero(out);
    out.smallest_J = broadcast<Pack>(1e300);
    const Pack mean_p = mean_pressure(batch, x);
    for (int q = 0; q < 8; ++q) {
        const Point s = kinematics(batch, x, q);
        out.smallest_J = s.J < out.smallest_J ? s.J : out.smallest_J;
        Stress stress = total_stress(batch, s, false, false);
        const Pack dV = batch.dV[q];
        for (auto& t : stress.total.tau) t *= dV;
        const auto& t = stress.total.tau;
        const Pack mobility = read_curves(batch.permeability, s.J).value * s.J * dV;
        const Pack swelling = s.J_minus_1 * dV;
        const Pack projected = batch.stabilisation * (s.p - mean_p) * dV;
        for (int a = 0; a < 8; ++a) {
            const auto& g = s.g[a];
            out.force[a][0] += t[0] * g[0] + t[3] * g[1] + t[5] * g[2];
            out.force[a][1] += t[3] * g[0] + t[1] * g[1] + t[4] * g[2];
            out.force[a][2] += t[5] * g[0] + t[4] * g[1] + t[2] * g[2];
            out.volume[a] += reference.N[q][a] * swelling + (reference.N[q][a] - batch.mean_N[a]) * projected;
            out.outflow[a] += mobility * dot(g, s.grad_p);
        }
    }
}

void evaluate_tangent(const BiphasicBatch& batch, const BatchUnknowns& x, double tau, bool stiff_floor, BatchTangent& out) {
    set_zero(out);
    for (int q = 0; q < 8; ++q) {
        const Point s = kinematics(batch, x, q);
        Stress stress = total_stress(batch, s, true, stiff_floor);
        const Pack dV = batch.dV[q];
        add_stiffness(s, stress.total, dV, out);
        const Pack coupling = s.J * dV;
        const Pack conduction = tau * read_curves(batch.permeability, s.J).value * coupling;
        const Pack projection = batch.stabilisation * dV;
        for (int a = 0; a < 8; ++a) {
            for (int b = 0; b < 8; ++b) {
                const Pack weight = reference.N[q][b] * coupling;
                for (int i = 0; i < 3; ++i) out.up[a][b][i] -= weight * s.g[a][i];
            }
            for (int b = a; b < 8; ++b) {
                out.pp[pair_index(a, b)] -= conduction * dot(s.g[a], s.g[b]) +
                                            projection * ((reference.N[q][a] - batch.mean_N[a]) * (reference.N[q][b] - batch.mean_N[b]));
            }
        }
    }
}

void evaluate_flux_strain_tangent(const BiphasicBatch& batch, const BatchUnknowns& x, BatchFluxStrainTangent& out) {
    set_zero(out);
    for (int q = 0; q < 8; ++q) {
        const Point s = kinematics(batch, x, q);
        const CurvePack k = read_curves(batch.permeability, s.J);
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

BatchPoint evaluate_point(const BiphasicBatch& batch, const BatchUnknowns& x, int q) {
    const Point s = kinematics(batch, x, q);
    const Stress stress = total_stress(batch, s, false, false);
    BatchPoint out;
    out.volume = s.J * batch.dV[q];
    out.J = s.J;
    out.fluid_pressure = s.p;
    out.osmotic_pressure = stress.osmotic;
    for (int n = 0; n < 6; ++n) out.stress[n] = stress.total.tau[n] / s.J;
    const Pack k = read_curves(batch.permeability, s.J).value;
    for (int i = 0; i < 3; ++i) out.flux[i] = -k * s.grad_p[i];
    Pack squared = broadcast<Pack>(1.0);
    for (int f = 0; f < batch.fibre_count; ++f) {
        const Pack I4 = batch.fibres[f].squared_stretch(s.F);
        squared = I4 > squared ? I4 : squared;
    }
    out.fibre_strain = map_lanes(squared, [](double I4) { return std::sqrt(I4) - 1.0; });
    return out;
}

}  // namespace foramen::engine
