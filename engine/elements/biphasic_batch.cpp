// Geometry and constants of elements into the lanes of a batch.

#include <algorithm>

#include "engine/core/contract.hpp"
#include "engine/elements/biphasic_hex8.hpp"
#include "engine/elements/hex8_reference.hpp"

namespace foramen::engine {

namespace {
constexpr Hex8Reference shape;
}

double hex8_shape(int q, int a) { return shape.N[q][a]; }

std::array<double, 3> hex8_shape_gradient(int q, int a) { return {shape.dN[q][a][0], shape.dN[q][a][1], shape.dN[q][a][2]}; }

void set_lane(BiphasicBatch& batch, int lane, int element, const std::array<int, 8>& nodes,
              const std::array<std::array<double, 3>, 8>& corners, const ElementTissue& tissue, bool stabilised) {
    double volume = 0.0;
    std::array<double, 8> mean{};
    for (int q = 0; q < 8; ++q) {
        double X[9] = {};  // dX_i/dxi_j
        for (int a = 0; a < 8; ++a)
            for (int i = 0; i < 3; ++i)
                for (int j = 0; j < 3; ++j) X[3 * i + j] += corners[a][i] * shape.dN[q][a][j];
        const double det = X[0] * (X[4] * X[8] - X[5] * X[7]) + X[1] * (X[5] * X[6] - X[3] * X[8]) + X[2] * (X[3] * X[7] - X[4] * X[6]);
        FORAMEN_EXPECTS(det > 0.0, det, element, q);
        batch.dV[q][lane] = det;  // Gauss weights are 1
        volume += det;
        for (int a = 0; a < 8; ++a) mean[a] += shape.N[q][a] * det;
    }
    for (int a = 0; a < 8; ++a) {
        for (int i = 0; i < 3; ++i) batch.corner[a][i][lane] = corners[a][i];
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
    batch.permeability.set(lane, *tissue.permeability);
    batch.osmotic_pressure.set(lane, *tissue.osmotic_pressure);
    batch.stabilisation[lane] = stabilised ? 3.0 / aggregate_modulus(tissue.ground) : 0.0;
    batch.filled = std::max(batch.filled, lane + 1);
}

void close_batch(BiphasicBatch& batch) {
    FORAMEN_EXPECTS(batch.filled > 0, batch.filled);
    const auto copy = [&](LaneNumbers& v, int lane) { v[lane] = v[0]; };
    for (int lane = batch.filled; lane < lane_count; ++lane) {
        for (LaneNumbers& dV : batch.dV) dV[lane] = 0.0;
        for (int a = 0; a < 8; ++a) {
            for (LaneNumbers& X : batch.corner[a]) copy(X, lane);
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
        for (CurveLanes* curves : {&batch.permeability, &batch.osmotic_pressure}) {
            for (LaneNumbers* v : {&curves->from, &curves->inverse_step, &curves->step, &curves->intervals, &curves->outside}) copy(*v, lane);
            curves->knots[static_cast<std::size_t>(lane)] = curves->knots[0];
        }
        batch.stabilisation[lane] = 0.0;
    }
}

}  // namespace foramen::engine
