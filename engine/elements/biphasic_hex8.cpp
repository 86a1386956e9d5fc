#include "engine/kernels/kernels.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
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

/// Constants of one part of a batch.
struct Part {
    const BiphasicBatch& batch;
    int index;
    MooneyRivlin<Pack> ground;
    std::array<FibreFamily<Pack>, 2> fibres;

    KERNEL_PART Pack dV(int q) const { return batch.dV[q].part(index); }
    KERNEL_PART Pack mean_N(int a) const { return batch.mean_N[a].part(index); }
    KERNEL_PART Pack stabilisation() const { return batch.stabilisation.part(index); }
    KERNEL_PART CurvePack permeability(const Pack& J) const { return batch.permeability.at(J, index); }
    KERNEL_PART CurvePack osmotic_pressure(const Pack& J) const { return batch.osmotic_pressure.at(J, index); }
};

KERNEL_PART FibreFamily<Pack> part_of(const FibreFamily<LaneNumbers>& f, int part) {
    return {f.k1.part(part), f.k2.part(part), f.kappa.part(part), {f.a[0].part(part), f.a[1].part(part), f.a[2].part(part)}};
}

KERNEL_PART Part part_of(const BiphasicBatch& batch, int part) {
    Part out{batch, part, {batch.ground.c10.part(part), batch.ground.c01.part(part), batch.ground.lambda.part(part)}, {}};
    for (int f = 0; f < batch.fibre_count; ++f) out.fibres[f] = part_of(batch.fibres[f], part);
    return out;
}

/// Unknowns of one part.
struct PartUnknowns {
    std::array<std::array<Pack, 3>, 8> u;
    std::array<Pack, 8> p;
};

KERNEL_PART PartUnknowns part_of(const BatchUnknowns& x, int part) {
    PartUnknowns out;
    for (int a = 0; a < 8; ++a) {
        out.u[a] = {x.u[a][0].part(part), x.u[a][1].part(part), x.u[a][2].part(part)};
        out.p[a] = x.p[a].part(part);
    }
    return out;
}

/// Derivatives of a trilinear function along the cube's axes at the 2 x 2 x 2 points, [axis][place], see hex8_derivative_place.
using CubeGradients = std::array<std::array<Pack, 4>, 3>;

constexpr double gauss = std::numbers::inv_sqrt3;

/// a + b s + c t + d s t at s, t = -+ gauss, in the order of hex8_derivative_place.
KERNEL_PART std::array<Pack, 4> bilinear(const Pack& a, const Pack& b, const Pack& c, const Pack& d) {
    const Pack gb = gauss * b, gc = gauss * c, gd = gauss * gauss * d;
    const Pack low = a - gb, high = a + gb, low_t = gc - gd, high_t = gc + gd;
    return {low - low_t, high - high_t, low + low_t, high + high_t};
}

/// Its transpose: sums of v, s v, t v, s t v.
KERNEL_PART std::array<Pack, 4> bilinear_moments(const std::array<Pack, 4>& v) {
    const Pack low = v[0] + v[1], high = v[2] + v[3], low_s = v[1] - v[0], high_s = v[3] - v[2];
    return {low + high, gauss * (low_s + high_s), gauss * (high - low), gauss * gauss * (high_s - low_s)};
}

/// A trilinear function from its values at the corners: 8 times its coefficients of 1, x, y, z, yz, zx, xy, xyz.
KERNEL_PART std::array<Pack, 8> monomials(const std::array<Pack, 8>& v) {
    // along x on the four edges (-y -z), (+y -z), (-y +z), (+y +z)
    const std::array<Pack, 4> sum{v[0] + v[1], v[3] + v[2], v[4] + v[5], v[7] + v[6]}, rise{v[1] - v[0], v[2] - v[3], v[5] - v[4], v[6] - v[7]};
    const Pack s0 = sum[0] + sum[1], s1 = sum[2] + sum[3], s2 = sum[1] - sum[0], s3 = sum[3] - sum[2];
    const Pack r0 = rise[0] + rise[1], r1 = rise[2] + rise[3], r2 = rise[1] - rise[0], r3 = rise[3] - rise[2];
    return {s0 + s1, r0 + r1, s2 + s3, s1 - s0, s3 - s2, r1 - r0, r2 + r3, r3 - r2};
}

/// Its transpose: what the corners have of the moments of 1, x, .. xyz, 8 times.
KERNEL_PART std::array<Pack, 8> at_corners(const std::array<Pack, 8>& m) {
    const Pack s0 = m[0] - m[3], s1 = m[0] + m[3], s2 = m[2] - m[4], s3 = m[2] + m[4];
    const Pack r0 = m[1] - m[5], r1 = m[1] + m[5], r2 = m[6] - m[7], r3 = m[6] + m[7];
    const std::array<Pack, 4> sum{s0 - s2, s0 + s2, s1 - s3, s1 + s3}, rise{r0 - r2, r0 + r2, r1 - r3, r1 + r3};
    return {sum[0] - rise[0], sum[0] + rise[0], sum[1] + rise[1], sum[1] - rise[1], sum[2] - rise[2], sum[2] + rise[2], sum[3] + rise[3], sum[3] - rise[3]};
}

/// @param m  monomials of the function
KERNEL_PART CubeGradients cube_gradients(const std::array<Pack, 8>& m) {
    return {bilinear(m[1], m[6], m[5], m[7]), bilinear(m[2], m[6], m[4], m[7]), bilinear(m[3], m[5], m[4], m[7])};
}

/// Moments of x, y, .. xyz (of 1: zero) from what each point asks of the derivatives along the axes: the transpose.
KERNEL_PART std::array<Pack, 8> gradient_moments(const CubeGradients& v) {
    const std::array<Pack, 4> x = bilinear_moments(v[0]), y = bilinear_moments(v[1]), z = bilinear_moments(v[2]);
    return {Pack{}, x[0], y[0], z[0], y[2] + z[2], x[2] + z[1], x[1] + y[1], x[3] + y[3] + z[3]};
}

/// Moments of 1, x, .. xyz from what each point asks of the value.
KERNEL_PART std::array<Pack, 8> value_moments(const std::array<Pack, 8>& v) {
    std::array<Pack, 4> even, odd;  // over the two points along x
    for (int q = 0; q < 8; ++q) {
        if (hex8_corner[q][0] > 0) continue;
        const int place = hex8_derivative_place.at[q][0], other = q ^ 1;  // corners 0 1, 3 2, 4 5, 7 6
        even[place] = v[q] + v[other];
        odd[place] = gauss * (v[other] - v[q]);
    }
    const std::array<Pack, 4> e = bilinear_moments(even), o = bilinear_moments(odd);
    return {e[0], o[0], e[1], e[2], e[3], o[2], o[1], o[3]};
}

/// Unknowns and places of a part at its points, along the cube's axes.
struct CubeFields {
    std::array<CubeGradients, 3> X, u;
    CubeGradients p;
    std::array<Pack, 8> p_at;
};

KERNEL_PART CubeFields cube_fields(const Part& part, const PartUnknowns& x) {
    CubeFields out;
    for (int i = 0; i < 3; ++i) {
        std::array<Pack, 8> X, u;
        for (int a = 0; a < 8; ++a) {
            X[a] = part.batch.corner[a][i].part(part.index);
            u[a] = x.u[a][i];
        }
        out.X[i] = cube_gradients(monomials(X));
        out.u[i] = cube_gradients(monomials(u));
    }
    const std::array<Pack, 8> m = monomials(x.p);
    out.p = cube_gradients(m);
    const std::array<Pack, 4> even = bilinear(m[0], m[2], m[3], m[4]), odd = bilinear(m[1], m[6], m[5], m[7]);
    for (int q = 0; q < 8; ++q) {
        const int place = hex8_derivative_place.at[q][0];
        out.p_at[q] = 0.125 * (even[place] + (hex8_corner[q][0] * gauss) * odd[place]);
    }
    return out;
}

/// 8 dX_i/dxi_j, 8 du_i/dxi_j, 8 dp/dxi_j and p of one point.
struct CubePoint {
    Tensor3<Pack> X, u;
    std::array<Pack, 3> grad_p;
    Pack p;
};

KERNEL_PART CubePoint cube_point(const CubeFields& fields, int q) {
    CubePoint out;
    for (int j = 0; j < 3; ++j) {
        const int place = hex8_derivative_place.at[q][j];
        for (int i = 0; i < 3; ++i) {
            out.X[3 * i + j] = fields.X[i][j][place];
            out.u[3 * i + j] = fields.u[i][j][place];
        }
        out.grad_p[j] = fields.p[j][place];
    }
    out.p = fields.p_at[q];
    return out;
}

/// The same for one point alone.
KERNEL_PART CubePoint cube_point(const Part& part, const PartUnknowns& x, int q) {
    CubePoint out;
    set_zero(out);
    for (int a = 0; a < 8; ++a) {
        out.p += shape.N[q][a] * x.p[a];
        for (int j = 0; j < 3; ++j) {
            const double dN = 8.0 * shape.dN[q][a][j];
            out.grad_p[j] += dN * x.p[a];
            for (int i = 0; i < 3; ++i) {
                out.X[3 * i + j] += dN * part.batch.corner[a][i].part(part.index);
                out.u[3 * i + j] += dN * x.u[a][i];
            }
        }
    }
    return out;
}

/// Cofactors of a matrix: cof A / det A = A^-T.
KERNEL_PART Tensor3<Pack> cofactors(const Tensor3<Pack>& A) {
    return {A[4] * A[8] - A[5] * A[7], A[5] * A[6] - A[3] * A[8], A[3] * A[7] - A[4] * A[6],
            A[2] * A[7] - A[1] * A[8], A[0] * A[8] - A[2] * A[6], A[1] * A[6] - A[0] * A[7],
            A[1] * A[5] - A[2] * A[4], A[2] * A[3] - A[0] * A[5], A[0] * A[4] - A[1] * A[3]};
}

/// A B^T
KERNEL_PART Tensor3<Pack> times_transposed(const Tensor3<Pack>& A, const Tensor3<Pack>& B) {
    Tensor3<Pack> out;
    for (int i = 0; i < 3; ++i)
        for (int k = 0; k < 3; ++k) out[3 * i + k] = A[3 * i] * B[3 * k] + A[3 * i + 1] * B[3 * k + 1] + A[3 * i + 2] * B[3 * k + 2];
    return out;
}

/// A B
KERNEL_PART Tensor3<Pack> times(const Tensor3<Pack>& A, const Tensor3<Pack>& B) {
    Tensor3<Pack> out;
    for (int i = 0; i < 3; ++i)
        for (int k = 0; k < 3; ++k) out[3 * i + k] = A[3 * i] * B[k] + A[3 * i + 1] * B[3 + k] + A[3 * i + 2] * B[6 + k];
    return out;
}

/// How a point is deformed.
struct Deformation {
    Tensor3<Pack> cube;  ///< (dX/dxi)^-T / 8: derivatives along the cube's axes, 8 times, to gradients of the reference configuration
    Tensor3<Pack> F, F_inv_T;
    Pack J;
    Pack J_minus_1;
    Pack p;
};

KERNEL_PART Deformation deformation(const CubePoint& at) {
    Deformation s;
    const Tensor3<Pack> cofactor = cofactors(at.X);
    const Pack inverse = 1.0 / (at.X[0] * cofactor[0] + at.X[1] * cofactor[1] + at.X[2] * cofactor[2]);
    for (int k = 0; k < 9; ++k) s.cube[k] = cofactor[k] * inverse;
    s.p = at.p;
    const Tensor3<Pack> H = times_transposed(at.u, s.cube);
    // det(I + H) - 1 without cancellation
    const Pack trace = H[0] + H[4] + H[8];
    const Pack minors = H[0] * H[4] - H[1] * H[3] + H[0] * H[8] - H[2] * H[6] + H[4] * H[8] - H[5] * H[7];
    const Pack det_H = H[0] * (H[4] * H[8] - H[5] * H[7]) - H[1] * (H[3] * H[8] - H[5] * H[6]) + H[2] * (H[3] * H[7] - H[4] * H[6]);
    s.J_minus_1 = trace + minors + det_H;
    s.J = 1.0 + s.J_minus_1;
    s.F = H;
    for (int i = 0; i < 3; ++i) s.F[4 * i] += 1.0;
    const Pack inverse_J = 1.0 / s.J;
    s.F_inv_T = cofactors(s.F);
    for (Pack& c : s.F_inv_T) c *= inverse_J;
    return s;
}

/// M v: with `cube` a gradient from the cube to the reference configuration, with F^-T from there to space.
KERNEL_PART std::array<Pack, 3> product(const Tensor3<Pack>& M, const std::array<Pack, 3>& v) {
    std::array<Pack, 3> out;
    for (int i = 0; i < 3; ++i) out[i] = M[3 * i] * v[0] + M[3 * i + 1] * v[1] + M[3 * i + 2] * v[2];
    return out;
}

/// A point with the spatial gradients of the shape functions and of the pressure.
struct Point : Deformation {
    std::array<std::array<Pack, 3>, 8> g;
    std::array<Pack, 3> grad_p;
};

KERNEL_PART Point spatial_point(const CubePoint& at, int q) {
    Point s{deformation(at), {}, {}};
    const Tensor3<Pack> to_space = times(s.F_inv_T, s.cube);
    for (int a = 0; a < 8; ++a) {
        const auto& dN = shape.dN[q][a];
        for (int i = 0; i < 3; ++i)
            s.g[a][i] = (8.0 * dN[0]) * to_space[3 * i] + (8.0 * dN[1]) * to_space[3 * i + 1] + (8.0 * dN[2]) * to_space[3 * i + 2];
    }
    s.grad_p = product(to_space, at.grad_p);
    return s;
}

struct Stress {
    SpatialStress<Pack> total;
    Pack osmotic;
};

/// Total Kirchhoff stress: ground + fibres - (p + dpi) J I.
KERNEL_PART Stress total_stress(const Part& part, const Deformation& s, bool tangent, bool floor) {
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
        const Stress stress = total_stress(part, s, false, false);
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
        Stress stress = total_stress(part, s, true, stiff_floor);
        const Pack dV = part.dV(q);
        add_stiffness(s, stress.total, dV, part.index, out);
        const Pack coupling = s.J * dV;
        const Pack conduction = tau * part.permeability(s.J).value * coupling;
        const Pack projection = part.stabilisation() * dV;
        for (int a = 0; a < 8; ++a) {
            for (int b = 0; b < 8; ++b) {
                const Pack weight = shape.N[q][b] * coupling;
                for (int i = 0; i < 3; ++i) out.up[a][b][i].part(part.index) -= weight * s.g[a][i];
            }
            for (int b = a; b < 8; ++b) {
                out.pp[pair_index(a, b)].part(part.index) -=
                    conduction * dot(s.g[a], s.g[b]) + projection * ((shape.N[q][a] - part.mean_N(a)) * (shape.N[q][b] - part.mean_N(b)));
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
    const Stress stress = total_stress(part, s, false, false);
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
