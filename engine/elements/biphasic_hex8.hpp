#pragma once

#include <array>

#include "engine/core/pack.hpp"
#include "engine/materials/curve_lanes.hpp"
#include "engine/materials/fibre_family.hpp"
#include "engine/materials/mooney_rivlin.hpp"

namespace foramen::engine {

/// Constants of one element. The curves are borrowed: whoever holds the tissue keeps them alive and in place.
struct ElementTissue {
    MooneyRivlin<double> ground;
    int fibre_count = 0;                            ///< 0..2
    std::array<FibreFamily<double>, 2> fibres{};
    const Curve* permeability = nullptr;            ///< k(J) [mm^4/(N s)]
    const Curve* osmotic_pressure = nullptr;        ///< dpi(J) [MPa]
};

/// `lane_count` biphasic eight-node elements side by side: displacement u and effective fluid pressure p, both trilinear,
/// 2 x 2 x 2 points, total Lagrangian, finite strain, pressure stabilised by polynomial projection.
///
///     R_a   = int g_a . tau dV,               tau = tau_s - (p + dpi(J)) J I,    g_a = F^-T grad_X N_a
///     M_a   = int N_a (J - 1) dV + c int (N_a - <N_a>)(p - <p>) dV
///     Q_a   = int g_a . k(J) g_b p_b J dV     (outflow per second)
///
/// and the fluid balance is d M_a/dt + Q_a = 0. <.> is the element's mean and c = 3/(lambda + 2 mu) of the ground substance:
/// with it the pressure is free of overshoot for any time step in one dimension.
/// Sources: Mow et al. (1980) J Biomech Eng 102:73 (theory); Dohrmann & Bochev (2004) Int J Numer Meth Fluids 46:183 and White &
/// Borja (2008) Comput Methods Appl Mech Eng 197:4353 (projection); Aguilar et al. (2008) (size of c).
struct alignas(pack_alignment) BiphasicBatch {
    std::array<std::array<LaneNumbers, 3>, 8> corner;      ///< nodes in the reference configuration [mm]
    std::array<LaneNumbers, 8> dV;                         ///< reference volume of the points [mm3]; 0 in unused lanes
    std::array<LaneNumbers, 8> mean_N;                     ///< <N_a>
    MooneyRivlin<LaneNumbers> ground;
    std::array<FibreFamily<LaneNumbers>, 2> fibres;
    CurveLanes permeability;
    CurveLanes osmotic_pressure;
    LaneNumbers stabilisation;                             ///< c [1/MPa]
    std::array<std::array<int, lane_count>, 8> node;
    std::array<int, lane_count> element;
    int filled = 0;                                        ///< lanes in use
    int fibre_count = 0;                                   ///< of every element of the batch
    double fibre_margin = 0.0;                             ///< FibreFloor of tangents that are reused
};

/// Nodal unknowns of a batch.
struct alignas(pack_alignment) BatchUnknowns {
    std::array<std::array<LaneNumbers, 3>, 8> u;  ///< [mm]
    std::array<LaneNumbers, 8> p;                 ///< effective fluid pressure [MPa]
};

struct alignas(pack_alignment) BatchResidual {
    std::array<std::array<LaneNumbers, 3>, 8> force;  ///< R [N]
    std::array<LaneNumbers, 8> volume;                ///< M [mm3]
    std::array<LaneNumbers, 8> outflow;               ///< Q [mm3/s]
    LaneNumbers smallest_J;                           ///< over the points; <= 0: inverted, and the rest is unspecified
};

/// Symmetric tangent of [R; -(M + tau Q)], pairs (a, b) with a <= b in the order of `pair_index`.
/// The strain derivative of Q, the only unsymmetric part, is left out (it stays in the residual).
struct alignas(pack_alignment) BatchTangent {
    std::array<std::array<LaneNumbers, 9>, 36> uu;                  ///< dR_a/du_b [N/mm], row-major 3x3
    std::array<std::array<std::array<LaneNumbers, 3>, 8>, 8> up;    ///< [a][b]: dR_a/dp_b = -(dM_b/du_a) [mm2]
    std::array<LaneNumbers, 36> pp;                                 ///< -(dM_a/dp_b + tau dQ_a/dp_b) [mm3/MPa]
};

/// dQ_a/du_b [mm2/s], at [a][b][axis]: what BatchTangent leaves out.
struct alignas(pack_alignment) BatchFluxStrainTangent : std::array<std::array<std::array<LaneNumbers, 3>, 8>, 8> {};

struct alignas(pack_alignment) BatchPoint {
    LaneNumbers volume;                   ///< current volume of the point [mm3]
    LaneNumbers J;
    LaneNumbers fluid_pressure;           ///< p tilde [MPa]
    LaneNumbers osmotic_pressure;         ///< dpi [MPa]
    std::array<LaneNumbers, 6> stress;    ///< total Cauchy stress, xx yy zz xy yz xz [MPa]
    std::array<LaneNumbers, 3> flux;      ///< w = -k grad p [mm/s]
    LaneNumbers fibre_strain;             ///< largest stretch of a family along its mean direction, less 1 [-]; 0 without fibres
};

/// Index of the pair (a, b), a <= b, in the packed arrays.
[[nodiscard]] constexpr int pair_index(int a, int b) { return a * 8 - a * (a - 1) / 2 + (b - a); }

/// Trilinear shape functions at the 2x2x2 Gauss points: value of node a at point q.
[[nodiscard]] double hex8_shape(int q, int a);
/// Their derivatives with respect to the reference cube's axes.
[[nodiscard]] std::array<double, 3> hex8_shape_gradient(int q, int a);

/// Puts an element into a lane. @param corners  node positions [mm]
/// @param stabilised  false: c = 0, the plain equal-order element (for comparison with other programs only)
/// @throws ContractViolation if the element is inverted in the reference configuration
void set_lane(BiphasicBatch& batch, int lane, int element, const std::array<int, 8>& nodes,
              const std::array<std::array<double, 3>, 8>& corners, const ElementTissue& tissue, bool stabilised);
/// Fills the unused lanes with weightless copies of lane 0.
void close_batch(BiphasicBatch& batch);

/// These run in the instruction set that engine/kernels/kernels.hpp chose.
void evaluate_residual(const BiphasicBatch& batch, const BatchUnknowns& x, BatchResidual& out);
/// @param tau          factor of the outflow [s]
/// @param stiff_floor  for a tangent that is reused: FibreFloor with the batch's margin
void evaluate_tangent(const BiphasicBatch& batch, const BatchUnknowns& x, double tau, bool stiff_floor, BatchTangent& out);
void evaluate_flux_strain_tangent(const BiphasicBatch& batch, const BatchUnknowns& x, BatchFluxStrainTangent& out);
[[nodiscard]] BatchPoint evaluate_point(const BiphasicBatch& batch, const BatchUnknowns& x, int q);

}  // namespace foramen::engine
