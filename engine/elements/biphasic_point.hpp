#pragma once

#include <array>
#include <cstring>
#include <type_traits>

#include "engine/core/pack.hpp"
#include "engine/elements/biphasic_hex8.hpp"
#include "engine/elements/trilinear_lanes.hpp"

// What a point of a part of a batch knows of itself: places, unknowns, how it is deformed. For kernels only.

namespace foramen::engine {

inline constexpr Hex8Reference hex8_reference;

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
        out.p += hex8_reference.N[q][a] * x.p[a];
        for (int j = 0; j < 3; ++j) {
            const double dN = 8.0 * hex8_reference.dN[q][a][j];
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
        const auto& dN = hex8_reference.dN[q][a];
        for (int i = 0; i < 3; ++i)
            s.g[a][i] = (8.0 * dN[0]) * to_space[3 * i] + (8.0 * dN[1]) * to_space[3 * i + 1] + (8.0 * dN[2]) * to_space[3 * i + 2];
    }
    s.grad_p = product(to_space, at.grad_p);
    return s;
}

}  // namespace foramen::engine
